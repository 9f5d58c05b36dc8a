package io.nuclio;

import java.nio.ByteBuffer;
import java.util.Date;
import java.util.Map;

/**
 * One event, as its handler reads it.
 *
 * <p>Lent to the handler: valid until {@link EventHandler#handleEvent} returns, and read by its thread only. A handler
 * that hands work to other threads takes what it needs first.
 *
 * <p>The typed getters of headers and fields turn values into what was asked for: bytes are read as UTF-8 text, text as
 * a decimal number. They are default methods only so that their rules have one home; each may be overridden.
 */
public interface Event {

    /** The source's id of the event, else one made when it was read. */
    String getID();

    TriggerInfo getTriggerInfo();

    /** The content type as received, parameters included; empty if there was none. */
    String getContentType();

    byte[] getBody();

    /** The body as the trigger made it: the byte array of {@link #getBody()}, unless the trigger decodes bodies. */
    default Object getBodyObject() {
        return getBody();
    }

    /**
     * The body as a read-only view from position 0, made without a copy.
     *
     * <p>The view is valid until the handler returns; its bytes are undefined after that.
     *
     * <p>Nucleon addition.
     */
    default ByteBuffer getBodyBuffer() {
        byte[] body = getBody();
        return ByteBuffer.wrap(body == null ? new byte[0] : body).asReadOnlyBuffer();
    }

    /** The header's value; null if there is none. Upper and lower case are the same. */
    default Object getHeader(String key) {
        return EventValue.ignoringCase(getHeaders(), key);
    }

    /** As {@link #getHeader}, as text; null if there is none. */
    default String getHeaderString(String key) {
        return EventValue.text(getHeader(key));
    }

    /** As {@link #getHeader}, as bytes; null if there is none. */
    default byte[] getHeaderBytes(String key) {
        return EventValue.bytes(getHeader(key));
    }

    /** As {@link #getHeader}, as a whole number; 0 if there is none or it is something else. */
    default long getHeaderLong(String key) {
        return EventValue.number(getHeader(key));
    }

    /** All headers; over HTTP the names have the form {@code X-Foo-Bar} and the values are strings. */
    Map<String, Object> getHeaders();

    /** The field's value (over HTTP a query parameter); null if there is none. Upper and lower case differ. */
    default Object getField(String key) {
        Map<String, Object> fields = getFields();
        return fields == null || key == null ? null : fields.get(key);
    }

    /** As {@link #getField}, as text; null if there is none. */
    default String getFieldString(String key) {
        return EventValue.text(getField(key));
    }

    /** As {@link #getField}, as bytes; null if there is none. */
    default byte[] getFieldBytes(String key) {
        return EventValue.bytes(getField(key));
    }

    /** As {@link #getField}, as a whole number; 0 if there is none or it is something else. */
    default long getFieldLong(String key) {
        return EventValue.number(getField(key));
    }

    Map<String, Object> getFields();

    /** When the event happened or was received; whole seconds. */
    Date getTimestamp();

    /** The path without the query, percent-decoded; a stream's name for streams. */
    String getPath();

    String getURL();

    String getMethod();

    /** The shard or partition that the event came from; -1 over HTTP. */
    long getShardID();

    long getTotalNumShards();

    String getType();

    String getTypeVersion();

    String getVersion();

    /**
     * The topic that the event came from; empty where there are no topics.
     *
     * <p>Nucleon addition.
     */
    default String getTopic() {
        return "";
    }

    /**
     * The event's position in its shard; 0 where there is none.
     *
     * <p>Nucleon addition.
     */
    default long getOffset() {
        return 0;
    }
}
