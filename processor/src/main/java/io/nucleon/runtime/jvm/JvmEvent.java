package io.nucleon.runtime.jvm;

import io.nucleon.invoke.Event;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.wrapper.handler.HandlerEvent;
import io.nucleon.wrapper.handler.HandlerTrigger;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event of a handler in the processor: a face on the trigger's own.
 *
 * <p>Read by the handler's thread; {@link #revoke()} may come from the worker's loop while that thread still runs (the event's time was
 * up). Each look at the trigger's event holds this object's monitor, so that after {@code revoke} nobody reads memory that has gone back
 * to the network.
 */
final class JvmEvent extends HandlerEvent implements Invocation.Loan {

    private final boolean bodyView;
    private final boolean stays;
    private Event event;

    /** {@code bodyView}: whether the body may be read in place. */
    JvmEvent(Event event, boolean bodyView) {
        this.event = event;
        this.bodyView = bodyView;
        this.stays = event.staysReadable();
    }

    /** Its time is up. */
    @Override
    public synchronized void revoke() {
        event = null;
    }

    /** The handler has returned; its thread. Where a late look does no harm, the monitor is spared. */
    void returned() {
        if (stays) {
            event = null;
        } else {
            revoke();
        }
    }

    private Event lent() {
        if (event == null) {
            throw new IllegalStateException("the event was read after its handler had returned or its time was up;"
                    + " take what you need before");
        }
        return event;
    }

    @Override
    protected synchronized String givenId() {
        return lent().id();
    }

    @Override
    protected synchronized HandlerTrigger trigger() {
        TriggerSource source = lent().source();
        return new HandlerTrigger(source.kind(), source.name(), source.className());
    }

    @Override
    protected synchronized long timeNanos() {
        return lent().timeNanos();
    }

    @Override
    protected synchronized String query() {
        return lent().query();
    }

    @Override
    protected synchronized String extra(String name) {
        return lent().extra(name);
    }

    @Override
    protected synchronized byte[] copyBody() {
        byte[] copy = new byte[lent().bodyLength()];
        lent().putBody(ByteBuffer.wrap(copy), 0, copy.length);
        return copy;
    }

    @Override
    protected synchronized ByteBuffer bodyInPlace() {
        return bodyView ? lent().body().slice().asReadOnlyBuffer() : null;
    }

    @Override
    protected synchronized Map<String, Object> readHeaders() {
        Map<String, Object> all = new LinkedHashMap<>();
        lent().forEachHeader(all::put);
        return all;
    }

    @Override
    public synchronized Object getHeader(String key) {
        return key == null ? null : lent().header(key);
    }

    @Override
    public synchronized String getContentType() {
        return lent().contentType();
    }

    @Override
    public synchronized String getPath() {
        return lent().path();
    }

    @Override
    public synchronized String getMethod() {
        return lent().method();
    }

    @Override
    public synchronized long getShardID() {
        return lent().shard();
    }

    @Override
    public synchronized long getOffset() {
        return lent().streamOffset();
    }
}
