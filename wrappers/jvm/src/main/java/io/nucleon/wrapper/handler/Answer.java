package io.nucleon.wrapper.handler;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.util.Map;

/**
 * Calls a handler and keeps its answer as bytes. Reused for one event after the other; confined to the thread that runs the handler
 * until that thread hands it on.
 *
 * <p>Everything of the user's code is called in {@link #run}: the response's class may be the user's too.
 */
public final class Answer {

    private static final byte[] NOTHING = {};
    private static final byte[] PLAIN = "text/plain".getBytes(UTF_8);
    /** What is left to say when even describing a failure fails, as after an OutOfMemoryError. */
    private static final byte[] UNDESCRIBED = "Error in handler".getBytes(UTF_8);

    private static final String NO_ACK = "X-Nuclio-Stream-No-Ack";
    /** HTTP's statuses have three digits. */
    private static final long MAX_STATUS = 999;
    /** Far beyond any type; a frame's section holds three bytes for each character. */
    private static final int MAX_CONTENT_TYPE = 8 * 1024;
    /** A frame's section holds 64 KiB of failure's parts in UTF-8; the whole text is in the body anyway. */
    private static final int MAX_PART = 4 * 1024;

    private int status;
    private boolean failed;
    private boolean noAck;
    private byte[] contentType = NOTHING;
    private byte[] extra = NOTHING;
    private byte[] headers = NOTHING;
    private byte[] body = NOTHING;

    /** Calls the handler. Whatever it throws becomes an answer with status 500; so does a missing response. */
    public void run(EventHandler handler, Context context, Event event) {
        try {
            Response response = handler.handleEvent(context, event);
            if (response == null) {
                fail("Error in handler: " + handler.getClass().getName() + " returned null", NOTHING);
            } else {
                take(response);
            }
        } catch (Throwable thrown) {
            fail(thrown);
        }
    }

    /** HTTP status, 200 if the handler set none. */
    public int status() {
        return status;
    }

    /** Whether the handler threw or returned nothing. */
    public boolean failed() {
        return failed;
    }

    /** Whether the handler asked not to ack the event. */
    public boolean noAck() {
        return noAck;
    }

    public byte[] contentType() {
        return contentType;
    }

    /** Pairs block with {@code error}, {@code at} and {@code message} of a failure. */
    public byte[] extra() {
        return extra;
    }

    /** Pairs block. */
    public byte[] headers() {
        return headers;
    }

    /** The array that the handler gave; not a copy. */
    public byte[] body() {
        return body;
    }

    /** Lets go of the last answer. */
    public void clear() {
        keep(NOTHING, NOTHING, NOTHING, NOTHING);
    }

    /** Writes what changes only: a reference written into an object as old as this one costs a fence of the collector's, even to the same. */
    @SuppressWarnings("ReferenceEquality") // what is written, not what it says
    private void keep(byte[] type, byte[] pairs, byte[] head, byte[] bytes) {
        if (contentType != type) {
            contentType = type;
        }
        if (extra != pairs) {
            extra = pairs;
        }
        if (headers != head) {
            headers = head;
        }
        if (body != bytes) {
            body = bytes;
        }
    }

    private void take(Response response) {
        long code = response.getStatusCode();
        if (code < 0 || code > MAX_STATUS) {
            refuse("status code " + code + " is not in 0..999");
            return;
        }
        failed = false;
        noAck = false;
        status = code == 0 ? 200 : (int) code;
        String type = response.getContentType();
        if (type != null && type.length() > MAX_CONTENT_TYPE) {
            refuse("content type of " + type.length() + " characters is too long");
            return;
        }
        byte[] bytes = response.getBody();
        Map<String, Object> map = response.getHeaders();
        keep(
                type == null ? NOTHING : type.equals("text/plain") ? PLAIN : type.getBytes(UTF_8),
                NOTHING,
                map == null || map.isEmpty() ? NOTHING : encode(map),
                bytes == null ? NOTHING : bytes);
    }

    private byte[] encode(Map<?, ?> map) {
        Pairs pairs = new Pairs();
        for (Map.Entry<?, ?> header : map.entrySet()) {
            if (NO_ACK.equalsIgnoreCase(String.valueOf(header.getKey()))) {
                noAck = Boolean.parseBoolean(String.valueOf(header.getValue()));
            } else {
                pairs.addHeader(header);
            }
        }
        return pairs.toBytes();
    }

    private void fail(Throwable thrown) {
        try {
            HandlerFailure failure = HandlerFailure.of(thrown);
            byte[] described = new Pairs()
                    .add("error", cut(failure.type()))
                    .add("at", cut(failure.at()))
                    .add("message", cut(failure.message()))
                    .toBytes();
            fail(failure.answer(), described);
        } catch (Throwable again) {
            fail(UNDESCRIBED, NOTHING);
        }
    }

    private static String cut(String part) {
        return part.length() <= MAX_PART ? part : part.substring(0, MAX_PART);
    }

    /** Puts a failure with that reason into the place of an answer that can't be sent. */
    public void refuse(String why) {
        fail("Error in handler: " + why, NOTHING);
    }

    private void fail(String text, byte[] described) {
        fail(text.getBytes(UTF_8), described);
    }

    private void fail(byte[] text, byte[] described) {
        failed = true;
        noAck = false;
        status = 500;
        keep(PLAIN, described, NOTHING, text);
    }
}
