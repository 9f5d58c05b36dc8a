package io.nucleon.runtime.process;

import io.nucleon.invoke.Event;
import io.nucleon.invoke.Invocation;
import io.nucleon.transport.Connection;
import io.nucleon.transport.FrameLayout;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Writes events into a connection, straight from what the trigger holds: the request's one copy. Confined to the loop.
 *
 * <p>A body goes into the frame, into the arena, or behind it in chunks (PROTOCOL.md §2.1, §2.2). When there is no room in the middle of
 * the chunks, {@link #resume()} goes on later; meanwhile nothing else is written.
 */
final class EventEncoder {

    /** Methods that travel as an index. 255 in the frame means that the name is in {@code extra}. */
    static final List<String> METHODS =
            List.of("", "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT");

    private static final int METHOD_IN_EXTRA = 255;
    private static final byte[] METHOD_KEY = {'m', 'e', 't', 'h', 'o', 'd', 0};
    private static final int EXTRA_METHOD_BOUND = 80;
    private static final int NO_SHARD = -1;

    private final Connection connection;
    private final OpenInvocations open;
    private final int epoch;
    private Invocation chunked;
    private int chunkedFrom;

    EventEncoder(Connection connection, OpenInvocations open, int epoch) {
        this.connection = connection;
        this.open = open;
        this.epoch = epoch;
    }

    /** Whether an event's frame can ever be written here: its head is bounded by the longest frame. */
    boolean fits(Event event) {
        return headBound(event) <= connection.maxFrame();
    }

    /**
     * Writes an event that has its correlation.
     *
     * @return false if there is no room now and nothing was written
     */
    boolean write(Invocation invocation) {
        Event event = invocation.event();
        int bodyLength = event.bodyLength();
        int head = headBound(event);
        if (bodyLength <= connection.inlineLimit() && head + bodyLength <= connection.maxFrame()) {
            return writeFrame(invocation, event, head, bodyLength, 0);
        }
        long run = connection.claimBody(bodyLength);
        if (run == 0) {
            return false;
        }
        if (run > 0) {
            return writeByReference(invocation, event, head, run);
        }
        return writeFirstOfChunks(invocation, event, head);
    }

    private boolean writeByReference(Invocation invocation, Event event, int head, long run) {
        if (!writeFrame(invocation, event, head, 0, run)) {
            connection.releaseBody(run, event.bodyLength());
            return false;
        }
        event.putBody(connection.body(run, event.bodyLength()), 0, event.bodyLength());
        open.bodyAt(invocation, run);
        return true;
    }

    private boolean writeFirstOfChunks(Invocation invocation, Event event, int head) {
        chunked = invocation; // so that the frame says MORE
        if (!writeFrame(invocation, event, head, 0, 0)) {
            chunked = null;
            return false;
        }
        chunkedFrom = 0;
        resume();
        return true;
    }

    /** Whether a body is on its way in chunks, so that nothing else may be written. */
    boolean isChunking() {
        return chunked != null;
    }

    /** Goes on with the chunks; false if there is still no room for the rest. */
    boolean resume() {
        while (chunked != null) {
            int left = chunked.event().bodyLength() - chunkedFrom;
            int part = Math.min(left, connection.maxFrame() - FrameLayout.HEADER);
            ByteBuffer frame = connection.claim(FrameLayout.HEADER + part);
            if (frame == null) {
                return false;
            }
            int start = frame.position();
            boolean last = part == left;
            putHeader(frame, FrameLayout.CHUNK, last ? 0 : FrameLayout.FLAG_MORE, 0, chunked.correlation);
            frame.putInt(start + FrameLayout.BODY_LENGTH, part);
            frame.putInt(start + FrameLayout.LENGTH, FrameLayout.HEADER + part);
            frame.position(start + FrameLayout.HEADER);
            chunked.event().putBody(frame, chunkedFrom, part);
            chunked.endPosition = connection.commit(FrameLayout.HEADER + part);
            chunkedFrom += part;
            if (last) {
                chunked = null;
            }
        }
        return true;
    }

    /** Writes a frame without sections; false if there is no room. */
    boolean writeControl(int type, long correlation) {
        ByteBuffer frame = connection.claim(FrameLayout.HEADER);
        if (frame == null) {
            return false;
        }
        putHeader(frame, type, 0, 0, correlation);
        connection.commit(FrameLayout.HEADER);
        return true;
    }

    private static int headBound(Event event) {
        return FrameLayout.HEADER + event.headBound() + EXTRA_METHOD_BOUND;
    }

    private boolean writeFrame(Invocation invocation, Event event, int head, int inlineBody, long run) {
        ByteBuffer frame = connection.claim(head + inlineBody);
        if (frame == null) {
            return false;
        }
        int start = frame.position();
        String method = event.method();
        int methodIndex = METHODS.indexOf(method);
        int code = (methodIndex < 0 ? METHOD_IN_EXTRA : methodIndex)
                | event.source().index() << 8;
        putHeader(frame, FrameLayout.EVENT, flags(invocation, event), code, invocation.correlation);
        frame.putLong(start + FrameLayout.TIME, event.timeNanos());
        frame.putInt(start + FrameLayout.SHARD, event.shard());
        frame.putLong(start + FrameLayout.STREAM_OFFSET, event.streamOffset());
        frame.putLong(start + FrameLayout.ARENA_OFFSET, run);
        frame.position(start + FrameLayout.HEADER);
        putSections(frame, start, event, methodIndex < 0 ? method : null);
        if (inlineBody > 0) {
            event.putBody(frame, 0, inlineBody);
        }
        frame.putInt(start + FrameLayout.BODY_LENGTH, run > 0 ? event.bodyLength() : inlineBody);
        int length = frame.position() - start;
        frame.putInt(start + FrameLayout.LENGTH, length);
        invocation.endPosition = connection.commit(length);
        return true;
    }

    private static void putSections(ByteBuffer frame, int start, Event event, String unusualMethod) {
        int at = frame.position();
        event.putPath(frame);
        at = putShortLength(frame, start + FrameLayout.PATH_LENGTH, at);
        event.putContentType(frame);
        at = putShortLength(frame, start + FrameLayout.CONTENT_TYPE_LENGTH, at);
        event.putId(frame);
        at = putShortLength(frame, start + FrameLayout.ID_LENGTH, at);
        event.putExtra(frame);
        if (unusualMethod != null) {
            putMethod(frame, at, unusualMethod);
        }
        at = putShortLength(frame, start + FrameLayout.EXTRA_LENGTH, at);
        event.putHeaders(frame);
        frame.putInt(start + FrameLayout.HEADERS_LENGTH, frame.position() - at);
    }

    private static void putMethod(ByteBuffer frame, int extraStart, String method) {
        if (frame.position() > extraStart) {
            frame.put((byte) 0);
        }
        frame.put(METHOD_KEY);
        for (int i = 0; i < Math.min(method.length(), EXTRA_METHOD_BOUND - METHOD_KEY.length - 1); i++) {
            frame.put((byte) method.charAt(i));
        }
    }

    private static int putShortLength(ByteBuffer frame, int field, int from) {
        int to = frame.position();
        int length = to - from;
        if (length > FrameLayout.MAX_SHORT_SECTION) {
            throw new IllegalStateException("a section of " + length + " bytes");
        }
        frame.putShort(field, (short) length);
        return to;
    }

    private int flags(Invocation invocation, Event event) {
        int flags = 0;
        if (chunked == invocation) {
            flags |= FrameLayout.FLAG_MORE;
        }
        if (invocation.batched) {
            flags |= FrameLayout.FLAG_BATCHED;
            if (invocation.batchNext != null) {
                flags |= FrameLayout.FLAG_BATCH;
            }
        }
        if (event.lastInBatch()) {
            flags |= FrameLayout.FLAG_LAST_IN_BATCH;
        }
        if (event.hasObjectBody()) {
            flags |= FrameLayout.FLAG_OBJECT;
        }
        return flags;
    }

    /** Writes the whole header, since the memory holds an older frame: every field that {@code type} does not set is 0, the shard -1. */
    private void putHeader(ByteBuffer frame, int type, int flags, int code, long correlation) {
        int start = frame.position();
        frame.putLong(start, FrameLayout.HEADER | (long) type << 32 | (long) flags << 40 | (long) code << 48);
        frame.putLong(start + FrameLayout.CORRELATION, correlation);
        frame.putLong(start + FrameLayout.TIME, 0);
        frame.putInt(start + FrameLayout.EPOCH, epoch);
        frame.putInt(start + FrameLayout.SHARD, NO_SHARD);
        frame.putLong(start + FrameLayout.BODY_LENGTH, 0);
        frame.putLong(start + FrameLayout.PATH_LENGTH, 0);
        frame.putLong(start + FrameLayout.ARENA_OFFSET, 0);
        frame.putLong(start + FrameLayout.STREAM_OFFSET, 0);
    }
}
