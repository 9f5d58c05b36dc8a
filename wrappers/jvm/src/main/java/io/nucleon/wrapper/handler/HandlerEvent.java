package io.nucleon.wrapper.handler;

import io.nuclio.Event;
import io.nuclio.TriggerInfo;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

/**
 * An event as its handler sees it, wherever that runs: a face on what the processor has, which is decoded only where the handler looks. What
 * was read before stays readable; all else throws {@code IllegalStateException} once the event has been revoked. Confined to the
 * handler's thread.
 */
public abstract class HandlerEvent implements Event {

    private static final long NANOS = 1_000_000_000L;
    /** nuclio's class of a source that an event names itself (CloudEvents). */
    private static final String FOREIGN_CLASS = "unsupported";

    private String id;
    private byte[] body;
    private Map<String, Object> headers;
    private Map<String, Object> fields;

    /** The source's id; empty for none. */
    protected abstract String givenId();

    /** The trigger that the event came by. */
    protected abstract HandlerTrigger trigger();

    /** When it came, since 1970. */
    protected abstract long timeNanos();

    /** The query, undecoded. */
    protected abstract String query();

    /** A member that most events lack; empty for none. */
    protected abstract String extra(String name);

    /** A copy. */
    protected abstract byte[] copyBody();

    /** The body in place; null where a copy is to be given. */
    protected abstract ByteBuffer bodyInPlace();

    /** A new map, which the handler may change. */
    protected abstract Map<String, Object> readHeaders();

    @Override
    public final String getID() {
        if (id == null) {
            String given = givenId();
            id = given.isEmpty() ? UUID.randomUUID().toString() : given;
        }
        return id;
    }

    @Override
    public final TriggerInfo getTriggerInfo() {
        String kind = extra("trigger_kind");
        String name = extra("trigger_name");
        return kind.isEmpty() && name.isEmpty() ? trigger() : new HandlerTrigger(kind, name, FOREIGN_CLASS);
    }

    @Override
    public final byte[] getBody() {
        if (body == null) {
            body = copyBody();
        }
        return body;
    }

    @Override
    public final ByteBuffer getBodyBuffer() {
        ByteBuffer view = bodyInPlace();
        return view == null ? ByteBuffer.wrap(getBody()).asReadOnlyBuffer() : view;
    }

    @Override
    public final Map<String, Object> getHeaders() {
        if (headers == null) {
            headers = readHeaders();
        }
        return headers;
    }

    @Override
    public final Map<String, Object> getFields() {
        if (fields == null) {
            fields = QueryFields.of(query());
        }
        return fields;
    }

    @Override
    public final Date getTimestamp() {
        return Date.from(Instant.ofEpochSecond(Math.floorDiv(timeNanos(), NANOS)));
    }

    @Override
    public final String getURL() {
        return extra("url");
    }

    @Override
    public final long getTotalNumShards() {
        try {
            return Long.parseLong(extra("num_shards"));
        } catch (NumberFormatException noneOrNoNumber) {
            return 0;
        }
    }

    @Override
    public final String getType() {
        return extra("type");
    }

    @Override
    public final String getTypeVersion() {
        return extra("type_version");
    }

    @Override
    public final String getVersion() {
        return extra("version");
    }

    @Override
    public final String getTopic() {
        return extra("topic");
    }
}
