package io.nucleon.wrapper;

import io.nucleon.error.ErrorMessage;
import io.nucleon.wrapper.handler.Answer;
import java.nio.ByteBuffer;

/**
 * A frame to be sent: header fields and sections. Immutable; its arrays belong to it.
 *
 * @param shard an ACK's partition; {@link Layout#NO_SHARD} for none
 * @param streamOffset an ACK's offset
 * @param path also a log record's message
 */
public record Outgoing(
        int type,
        int flags,
        int code,
        long correlation,
        long time,
        int shard,
        long streamOffset,
        Section path,
        Section contentType,
        Section extra,
        Section headers,
        Section body) {

    /** Bytes of one section, from the buffer's beginning to its limit. */
    public record Section(ByteBuffer bytes) {
        public static final Section EMPTY = of(new byte[0]);

        /** All of the array, which is not copied. */
        public static Section of(byte[] bytes) {
            return new Section(ByteBuffer.wrap(bytes));
        }

        int length() {
            return bytes.limit();
        }

        Section part(int from, int length) {
            return new Section(bytes.slice(from, length));
        }

        void put(ByteBuffer target, int at) {
            target.put(at, bytes, 0, bytes.limit());
        }
    }

    /** One that names no place in a stream. */
    public static Outgoing plain(
            int type,
            int flags,
            int code,
            long correlation,
            long time,
            Section path,
            Section contentType,
            Section extra,
            Section headers,
            Section body) {
        return new Outgoing(
                type, flags, code, correlation, time, Layout.NO_SHARD, 0, path, contentType, extra, headers, body);
    }

    /** The FAULT of a worker that can't go on. */
    public static Outgoing fault(ErrorMessage error) {
        return of(Layout.FAULT, 0, 0, Errors.fault(error));
    }

    /** A frame that has a body at most. */
    public static Outgoing of(int type, int flags, long correlation, byte[] body) {
        Section empty = Section.EMPTY;
        return plain(type, flags, 0, correlation, 0, empty, empty, empty, empty, Section.of(body));
    }

    /** The RESPONSE with a handler's answer. */
    static Outgoing response(long correlation, long nanos, Answer answer) {
        int flags = (answer.failed() ? Layout.FAILED : 0) | (answer.noAck() ? Layout.NO_ACK : 0);
        return plain(
                Layout.RESPONSE,
                flags,
                answer.status(),
                correlation,
                nanos,
                Section.EMPTY,
                Section.of(answer.contentType()),
                Section.of(answer.extra()),
                Section.of(answer.headers()),
                Section.of(answer.body()));
    }

    /** An ACK of the event at that place of its stream. */
    static Outgoing ack(byte[] topic, int partition, long offset) {
        Section empty = Section.EMPTY;
        return new Outgoing(Layout.ACK, 0, 0, 0, 0, partition, offset, Section.of(topic), empty, empty, empty, empty);
    }

    /** A LOG frame; the message is cut to what a section holds, and fields that are too long for a frame are left out. */
    static Outgoing log(int level, long correlation, byte[] message, byte[] fields) {
        Section empty = Section.EMPTY;
        byte[] with = fields.length <= Layout.MAX_SHORT_SECTION ? fields : new byte[0];
        Section cut = Section.of(message).part(0, Math.min(message.length, Layout.MAX_SHORT_SECTION));
        return plain(Layout.LOG, 0, level, correlation, 0, cut, empty, empty, empty, Section.of(with));
    }

    /** The same without its body, with MORE: chunks follow. */
    Outgoing withoutBody() {
        return plain(
                type, flags | Layout.MORE, code, correlation, time, path, contentType, extra, headers, Section.EMPTY);
    }

    /** A part of the body as a CHUNK; the last one says how the answer ended. */
    Outgoing chunk(int from, int length) {
        boolean last = from + length == body.length();
        Section empty = Section.EMPTY;
        Section part = body.part(from, length);
        int chunkFlags = last ? flags & Layout.FAILED : Layout.MORE;
        return plain(Layout.CHUNK, chunkFlags, 0, correlation, 0, empty, empty, empty, empty, part);
    }

    /** Bytes without the body. */
    public int headLength() {
        return Layout.HEADER + path.length() + contentType.length() + extra.length() + headers.length();
    }

    /** Bytes with the body inline. */
    int length() {
        return headLength() + body.length();
    }

    /**
     * Writes header and sections, and the body if it is inline ({@code arenaOffset} 0); returns the frame's length. Every header field
     * is written: the place may hold an old frame.
     */
    int write(ByteBuffer target, int at, int epoch, long arenaOffset) {
        int length = arenaOffset == 0 ? length() : headLength();
        target.putInt(at + Layout.LENGTH, length)
                .put(at + Layout.TYPE, (byte) type)
                .put(at + Layout.FLAGS, (byte) flags)
                .putShort(at + Layout.CODE, (short) code)
                .putLong(at + Layout.CORRELATION, correlation)
                .putLong(at + Layout.TIME, time)
                .putInt(at + Layout.EPOCH, epoch)
                .putInt(at + Layout.SHARD, shard)
                .putInt(at + Layout.BODY_LENGTH, body.length())
                .putInt(at + Layout.HEADERS_LENGTH, headers.length())
                .putShort(at + Layout.PATH_LENGTH, (short) path.length())
                .putShort(at + Layout.CONTENT_TYPE_LENGTH, (short) contentType.length())
                .putShort(at + Layout.ID_LENGTH, (short) 0)
                .putShort(at + Layout.EXTRA_LENGTH, (short) extra.length())
                .putLong(at + Layout.ARENA_OFFSET, arenaOffset)
                .putLong(at + Layout.STREAM_OFFSET, streamOffset);
        int next = at + Layout.HEADER;
        path.put(target, next);
        next += path.length();
        contentType.put(target, next);
        next += contentType.length();
        extra.put(target, next);
        next += extra.length();
        headers.put(target, next);
        if (arenaOffset == 0) {
            body.put(target, next + headers.length());
        }
        return length;
    }
}
