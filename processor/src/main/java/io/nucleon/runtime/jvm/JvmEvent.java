package io.nucleon.runtime.jvm;

import io.nucleon.invoke.Event;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.wrapper.handler.HandlerTrigger;
import io.nucleon.wrapper.handler.QueryFields;
import io.nuclio.TriggerInfo;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * An event as its handler sees it: a face on the trigger's own, which is decoded only where the handler looks.
 *
 * <p>Read by the handler's thread; {@link #revoke()} may come from the worker's loop while that thread still runs (the event's time was
 * up). Each look at the trigger's event holds this object's monitor, so that after {@code revoke} nobody reads memory that has gone back
 * to the network. What was read before stays readable.
 */
final class JvmEvent implements io.nuclio.Event {

    private final boolean bodyView;
    private Event event;
    private String id;
    private byte[] body;
    private Map<String, Object> headers;
    private Map<String, Object> fields;

    /** {@code bodyView}: whether the body may be read in place. */
    JvmEvent(Event event, boolean bodyView) {
        this.event = event;
        this.bodyView = bodyView;
    }

    /** The handler has returned, or its time is up. */
    synchronized void revoke() {
        event = null;
    }

    private Event lent() {
        if (event == null) {
            throw new IllegalStateException("the event was read after its handler had returned or its time was up;"
                    + " take what you need before");
        }
        return event;
    }

    @Override
    public synchronized String getID() {
        if (id == null) {
            String given = lent().id();
            id = given.isEmpty() ? UUID.randomUUID().toString() : given;
        }
        return id;
    }

    @Override
    public synchronized TriggerInfo getTriggerInfo() {
        String kind = lent().extra("trigger_kind");
        String name = lent().extra("trigger_name");
        TriggerSource source = lent().source();
        // Set only for events that carry another source's name (CloudEvents), whose class nuclio gives as
        // "unsupported".
        return kind.isEmpty() && name.isEmpty()
                ? new HandlerTrigger(source.kind(), source.name(), source.className())
                : new HandlerTrigger(kind, name, "unsupported");
    }

    @Override
    public synchronized String getContentType() {
        return lent().contentType();
    }

    @Override
    public synchronized byte[] getBody() {
        if (body == null) {
            byte[] copy = new byte[lent().bodyLength()];
            lent().putBody(ByteBuffer.wrap(copy), 0, copy.length);
            body = copy;
        }
        return body;
    }

    @Override
    public synchronized ByteBuffer getBodyBuffer() {
        return bodyView
                ? lent().body().slice().asReadOnlyBuffer()
                : ByteBuffer.wrap(getBody()).asReadOnlyBuffer();
    }

    @Override
    public synchronized Object getHeader(String key) {
        return key == null ? null : lent().header(key);
    }

    @Override
    public synchronized Map<String, Object> getHeaders() {
        if (headers == null) {
            Map<String, Object> all = new LinkedHashMap<>();
            lent().forEachHeader(all::put);
            headers = all;
        }
        return headers;
    }

    @Override
    public synchronized Map<String, Object> getFields() {
        if (fields == null) {
            fields = QueryFields.of(lent().query());
        }
        return fields;
    }

    @Override
    public synchronized Date getTimestamp() {
        return Date.from(Instant.ofEpochSecond(Math.floorDiv(lent().timeNanos(), 1_000_000_000L)));
    }

    @Override
    public synchronized String getPath() {
        return lent().path();
    }

    @Override
    public String getURL() {
        return extra("url");
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
    public long getTotalNumShards() {
        String number = extra("num_shards");
        try {
            return number.isEmpty() ? 0 : Long.parseLong(number);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    @Override
    public String getType() {
        return extra("type");
    }

    @Override
    public String getTypeVersion() {
        return extra("type_version");
    }

    @Override
    public String getVersion() {
        return extra("version");
    }

    @Override
    public String getTopic() {
        return extra("topic");
    }

    @Override
    public synchronized long getOffset() {
        return lent().streamOffset();
    }

    private synchronized String extra(String name) {
        return lent().extra(name);
    }
}
