package io.nucleon.load;

import io.netty.buffer.ByteBuf;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/**
 * Finds where one answer of HTTP/1.1 ends, and what of its head is measured: status, {@code Server-Timing}, whether the runtime answered
 * by itself. Nothing is copied and no object is made, so that what a generator costs stays small and even. What comes is not trusted.
 * Confined to one connection's loop.
 */
final class AnswerScanner {
    /** Status line, headers, chunk heads and trailers of an answer: as many as the command line's other client takes. */
    private static final int MOST_HEAD_BYTES = 1024 * 1024;

    private static final byte[] VERSION = ascii("HTTP/1.");
    private static final byte[] CONTENT_LENGTH = ascii("content-length");
    private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
    private static final byte[] CONNECTION = ascii("connection");
    private static final byte[] SERVER_TIMING = ascii("server-timing");
    private static final byte[] ERROR = ascii("x-nucleon-error");
    private static final byte[] CHUNKED = ascii("chunked");
    private static final byte[] CLOSE = ascii("close");
    private static final byte[] KEEP_ALIVE = ascii("keep-alive");
    private static final byte[] QUEUE = ascii("queue");
    private static final byte[] HANDLER = ascii("handler");
    private static final byte[] DURATION = ascii("dur=");
    private static final int LONGEST_LENGTH = 18;
    private static final int LONGEST_CHUNK = 15;
    private static final long LONGEST_NANOS = 86_400_000_000_000L;

    private enum State {
        STATUS,
        HEADERS,
        BODY,
        CHUNK_SIZE,
        CHUNK_END,
        TRAILERS,
        UNTIL_CLOSE
    }

    private State state = State.STATUS;
    private boolean head;
    private boolean chunked;
    private boolean closes;
    private boolean failed;
    private int status;
    private int headBytes;
    private long left;
    private long queueNanos;
    private long handlerNanos;

    /** Before each request. */
    void begin(boolean isHead) {
        head = isHead;
        reset();
        headBytes = 0;
    }

    private void reset() {
        state = State.STATUS;
        chunked = false;
        closes = false;
        failed = false;
        left = -1;
        queueNanos = -1;
        handlerNanos = -1;
    }

    int status() {
        return status;
    }

    /** Whether the runtime, not the handler, made the answer. */
    boolean failed() {
        return failed;
    }

    /** Whether the server closes the connection behind the answer. */
    boolean closes() {
        return closes;
    }

    /** Whether the answer ends where the connection does. */
    boolean endsWithConnection() {
        return state == State.UNTIL_CLOSE;
    }

    /** Time in the server's own queue; -1 if it did not say. */
    long queueNanos() {
        return queueNanos;
    }

    /** Time in the handler; -1 if the server did not say. */
    long handlerNanos() {
        return handlerNanos;
    }

    /**
     * Reads on. Consumes whole lines and whatever there is of a body.
     *
     * @return whether the answer is complete
     * @throws ProtocolException if it is no HTTP/1.1 answer
     */
    boolean scan(ByteBuf in) throws ProtocolException {
        while (true) {
            switch (state) {
                case BODY -> {
                    int piece = (int) Math.min(left, in.readableBytes());
                    in.skipBytes(piece);
                    left -= piece;
                    if (left > 0) {
                        return false;
                    }
                    if (!chunked) {
                        return true;
                    }
                    state = State.CHUNK_END;
                }
                case UNTIL_CLOSE -> {
                    in.skipBytes(in.readableBytes());
                    return false;
                }
                default -> {
                    int start = in.readerIndex();
                    int end = in.indexOf(start, in.writerIndex(), (byte) '\n');
                    check(headBytes + in.readableBytes() <= MOST_HEAD_BYTES || end >= 0, "its head has no end");
                    if (end < 0) {
                        return false;
                    }
                    headBytes += end - start + 1;
                    check(headBytes <= MOST_HEAD_BYTES, "its head is longer than 1 MiB");
                    in.readerIndex(end + 1);
                    if (line(in, start, end > start && in.getByte(end - 1) == '\r' ? end - 1 : end)) {
                        return true;
                    }
                }
            }
        }
    }

    /** Returns whether the answer ends with this line. */
    private boolean line(ByteBuf in, int start, int end) throws ProtocolException {
        switch (state) {
            case STATUS -> status(in, start, end);
            case HEADERS -> {
                if (end > start) {
                    header(in, start, end);
                } else {
                    return endOfHead();
                }
            }
            case CHUNK_SIZE -> chunk(in, start, end);
            case CHUNK_END -> {
                check(end == start, "a chunk is longer than it says");
                // Only heads count, and those of a long stream are many.
                headBytes = 0;
                state = State.CHUNK_SIZE;
            }
            default -> {
                return end == start;
            }
        }
        return false;
    }

    private void status(ByteBuf in, int start, int end) throws ProtocolException {
        check(
                end - start >= 12 && startsWith(in, start, end, VERSION) && in.getByte(start + 8) == ' ',
                "it is no HTTP");
        closes = in.getByte(start + 7) == '0';
        status = (int) decimal(in, start + 9, start + 12);
        check(status >= 100, "its status is no number");
        state = State.HEADERS;
    }

    private void header(ByteBuf in, int start, int end) throws ProtocolException {
        int colon = in.indexOf(start, end, (byte) ':');
        check(colon > start, "a header has no name");
        int from = colon + 1;
        while (from < end && in.getByte(from) == ' ') {
            from++;
        }
        int length = colon - start;
        if (length == CONTENT_LENGTH.length && startsWith(in, start, colon, CONTENT_LENGTH)) {
            left = decimal(in, from, end);
            check(left >= 0 && end - from <= LONGEST_LENGTH, "its length is no number");
        } else if (length == TRANSFER_ENCODING.length && startsWith(in, start, colon, TRANSFER_ENCODING)) {
            check(
                    end - from == CHUNKED.length && startsWith(in, from, end, CHUNKED),
                    "its body is coded in a strange way");
            chunked = true;
        } else if (length == CONNECTION.length && startsWith(in, start, colon, CONNECTION)) {
            closes = startsWith(in, from, end, CLOSE) || (closes && !startsWith(in, from, end, KEEP_ALIVE));
        } else if (length == SERVER_TIMING.length && startsWith(in, start, colon, SERVER_TIMING)) {
            queueNanos = part(in, from, end, QUEUE);
            handlerNanos = part(in, from, end, HANDLER);
        } else if (length == ERROR.length && startsWith(in, start, colon, ERROR)) {
            failed = true;
        }
    }

    private boolean endOfHead() {
        if (status < 200) {
            // The real one follows.
            reset();
            return false;
        }
        if (head || status == 204 || status == 304) {
            return true;
        }
        if (chunked) {
            state = State.CHUNK_SIZE;
            return false;
        }
        if (left < 0) {
            closes = true;
            state = State.UNTIL_CLOSE;
            return false;
        }
        state = State.BODY;
        return left == 0;
    }

    private void chunk(ByteBuf in, int start, int end) throws ProtocolException {
        long size = 0;
        int at = start;
        for (; at < end; at++) {
            int digit = Character.digit(in.getByte(at), 16);
            if (digit < 0) {
                break;
            }
            size = size << 4 | digit;
        }
        boolean ends = at == end || in.getByte(at) == ';' || in.getByte(at) == ' ';
        check(at > start && at - start <= LONGEST_CHUNK && ends, "a chunk has no size");
        left = size;
        state = size == 0 ? State.TRAILERS : State.BODY;
    }

    /** The ns of {@code name;dur=0.35} in a list with commas; -1 if it is not there or no number. */
    private static long part(ByteBuf in, int start, int end, byte[] name) {
        int at = start;
        while (at < end) {
            while (at < end && in.getByte(at) == ' ') {
                at++;
            }
            int stop = in.indexOf(at, end, (byte) ',');
            stop = stop < 0 ? end : stop;
            int behind = at + name.length;
            if (behind < stop && startsWith(in, at, stop, name) && in.getByte(behind) == ';') {
                for (int field = behind + 1; field < stop; field++) {
                    if (startsWith(in, field, stop, DURATION)) {
                        return millis(in, field + DURATION.length, stop);
                    }
                }
            }
            at = stop + 1;
        }
        return -1;
    }

    /** Milliseconds with a fraction as ns; -1 for what is none or longer than a day. */
    private static long millis(ByteBuf in, int start, int end) {
        long nanos = 0;
        long unit = 1_000_000;
        boolean fraction = false;
        int at = start;
        for (; at < end && in.getByte(at) != ';' && in.getByte(at) != ' '; at++) {
            byte c = in.getByte(at);
            if (c == '.' && !fraction) {
                fraction = true;
            } else if (c < '0' || c > '9' || nanos > LONGEST_NANOS) {
                return -1;
            } else if (fraction) {
                unit /= 10;
                nanos += (c - '0') * unit;
            } else {
                nanos = nanos * 10 + (c - '0') * unit;
            }
        }
        return at == start ? -1 : nanos;
    }

    /** -1 for what is no number. */
    private static long decimal(ByteBuf in, int start, int end) {
        long number = start < end && end - start <= LONGEST_LENGTH ? 0 : -1;
        for (int at = start; at < end && number >= 0; at++) {
            byte c = in.getByte(at);
            number = c < '0' || c > '9' ? -1 : number * 10 + c - '0';
        }
        return number;
    }

    /** Whether it begins so; letters of the wanted are small and match both cases. */
    private static boolean startsWith(ByteBuf in, int start, int end, byte[] wanted) {
        if (end - start < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            byte c = in.getByte(start + i);
            if (c != wanted[i] && (c < 'A' || c > 'Z' || c + 32 != wanted[i])) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void check(boolean holds, String otherwise) throws ProtocolException {
        if (!holds) {
            throw new ProtocolException("the answer can't be read: " + otherwise);
        }
    }
}
