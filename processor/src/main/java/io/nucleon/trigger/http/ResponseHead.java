package io.nucleon.trigger.http;

import io.netty.util.AsciiString;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.InvocationIds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/**
 * Writes the head of an answer, HTTP/1.1 form, into a byte array that is used again for the next one. One writer serves one thread at a
 * time. An array and one copy at the end cost less than appending two dozen pieces to a direct buffer, each with its checks.
 *
 * <p>Values that come from outside lose their control characters here (each becomes a blank), so that no answer can be split.
 */
final class ResponseHead {

    /** Larger heads are an error of the function: no client takes them. */
    static final int MAX_BYTES = 256 * 1024;

    private static final int INITIAL = 1024;
    private static final byte[] CONTENT_TYPE = ascii("Content-Type: ");
    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] QUEUE = ascii("Server-Timing: queue;dur=");
    private static final byte[] HANDLER = ascii(", handler;dur=");
    private static final byte[] TRANSPORT = ascii(", transport;dur=");
    private static final byte[] EVENT = ascii("X-Nucleon-Event: ");
    private static final byte[] WORKER = ascii("X-Nucleon-Worker: ");
    private static final byte[] ERROR = ascii("X-Nucleon-Error: ");
    private static final byte[] DEFAULT_TYPE = ascii("Content-Type: text/plain; charset=utf-8\r\n");
    private static final byte[] SERVER = ascii("Server: nuclio\r\n");
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Clock clock;
    private final AnswerHeaders answerHeaders = new AnswerHeaders();
    private byte[] bytes = new byte[INITIAL];
    private int length;
    private byte[] date = ascii("");
    private long dateValidUntil;

    ResponseHead(Clock clock) {
        this.clock = clock;
        this.dateValidUntil = clock.nanoTime();
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Begins anew. */
    ResponseHead begin(int status) {
        length = 0;
        return raw(StatusLines.of(status));
    }

    /** Appends bytes of our own. */
    ResponseHead raw(byte[] own) {
        room(own.length);
        System.arraycopy(own, 0, bytes, length, own.length);
        length += own.length;
        return this;
    }

    /** The headers that a function set; what is returned is valid until the next answer. */
    AnswerHeaders functionHeaders(ByteBuffer pairs, boolean typeIsSet) {
        answerHeaders.write(pairs, typeIsSet, this);
        return answerHeaders;
    }

    /** Those of the answer that is being written. */
    AnswerHeaders functionHeaders() {
        return answerHeaders;
    }

    /** {@code Server} and {@code Date}; the date's text is made once a second. */
    void serverAndDate(boolean ownServer, long nowNanos) {
        if (ownServer) {
            raw(SERVER);
        }
        if (nowNanos - dateValidUntil >= 0) {
            long wall = clock.wallNanosAt(nowNanos);
            date = ascii("Date: "
                    + HTTP_DATE.format(Instant.ofEpochSecond(Math.floorDiv(wall, SECOND_NANOS))
                            .atOffset(ZoneOffset.UTC))
                    + "\r\n");
            dateValidUntil = nowNanos + SECOND_NANOS - Math.floorMod(wall, SECOND_NANOS);
        }
        raw(date);
    }

    void contentType(ByteBuffer type) {
        raw(CONTENT_TYPE);
        int count = type.remaining();
        room(count + 2);
        type.get(bytes, length, count);
        clean(length, count);
        length += count;
        endLine();
    }

    void defaultContentType() {
        raw(DEFAULT_TYPE);
    }

    void contentLength(long value) {
        raw(CONTENT_LENGTH);
        digits(value);
        endLine();
    }

    /** {@code Server-Timing} with three parts, given in ns and shown in ms. */
    void timing(long queueNanos, long handlerNanos, long transportNanos) {
        raw(QUEUE);
        millis(queueNanos);
        raw(HANDLER);
        millis(handlerNanos);
        raw(TRANSPORT);
        millis(transportNanos);
        endLine();
    }

    /** What went wrong, by its NUC code. */
    void error(String code) {
        raw(ERROR);
        raw(ascii(code));
        endLine();
    }

    /** Which event it was and, if one had it, which worker. */
    void event(Invocation invocation) {
        raw(EVENT);
        room(InvocationIds.LENGTH + 2);
        invocation.putId(bytes, length);
        length += InvocationIds.LENGTH;
        endLine();
        if (invocation.worker >= 0) {
            raw(WORKER);
            digits(invocation.worker);
            endLine();
        }
    }

    /** A header whose value comes from outside, as bytes. */
    void header(AsciiString name, byte[] from, int start, int count) {
        name(name);
        room(count + 2);
        System.arraycopy(from, start, bytes, length, count);
        clean(length, count);
        length += count;
        endLine();
    }

    /** A header whose value is a text, one character a byte. */
    void header(AsciiString name, String latin) {
        byte[] value = latin.getBytes(StandardCharsets.ISO_8859_1);
        header(name, value, 0, value.length);
    }

    void end() {
        room(2);
        endLine();
    }

    private void name(AsciiString name) {
        room(name.length() + 2);
        System.arraycopy(name.array(), name.arrayOffset(), bytes, length, name.length());
        length += name.length();
        bytes[length++] = ':';
        bytes[length++] = ' ';
    }

    /** Every control character but the tab becomes a blank, as nuclio's server does with line ends. */
    private void clean(int start, int count) {
        for (int i = start; i < start + count; i++) {
            byte c = bytes[i];
            if ((c >= 0 && c < ' ' && c != '\t') || c == 0x7f) {
                bytes[i] = ' ';
            }
        }
    }

    /** Ends a line; room for it has been made. */
    private void endLine() {
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    /** Milliseconds with three digits behind the point, room for the line end after it. */
    private void millis(long nanos) {
        long micros = Math.max(0, nanos) / 1000;
        digits(micros / 1000);
        int rest = (int) (micros % 1000);
        bytes[length++] = '.';
        bytes[length++] = (byte) ('0' + rest / 100);
        bytes[length++] = (byte) ('0' + rest / 10 % 10);
        bytes[length++] = (byte) ('0' + rest % 10);
    }

    private void digits(long value) {
        room(32);
        if (value < 10) {
            bytes[length++] = (byte) ('0' + value);
            return;
        }
        int count = 0;
        for (long rest = value; rest > 0; rest /= 10) {
            count++;
        }
        long rest = value;
        for (int at = length + count - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            if (length + more > MAX_BYTES) {
                throw tooLarge();
            }
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    /** The headers are more than an answer may have. */
    static InvalidAnswerException tooLarge() {
        return new InvalidAnswerException("its headers are larger than " + MAX_BYTES + " bytes");
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
