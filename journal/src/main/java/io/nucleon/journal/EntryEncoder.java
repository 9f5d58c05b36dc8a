package io.nucleon.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes entries as bytes. Confined to one thread; what it hands out is valid until the next entry.
 *
 * <pre>
 * kind 1 | id 26 | timeNanos 8 | function text | parts 1 | [event] | [answer] | [tries]
 * text: length in 7-bit groups, low first, then UTF-8. Numbers are little-endian; -1 is written as 10 groups.
 * parts: bit 0 event, bit 1 answer, bit 2 tries, bit 3 of how many tries that is
 * </pre>
 */
final class EntryEncoder {

    static final int HAS_EVENT = 1;
    static final int HAS_ANSWER = 2;
    static final int HAS_TRIES = 4;
    static final int HAS_MOST = 8;

    private static final int FIRST_ROOM = 4096;
    /** A buffer that one large body made is not kept. */
    private static final int MOST_KEPT = 4 << 20;

    private byte[] bytes = new byte[FIRST_ROOM];
    private ByteBuffer view = viewOf(bytes);
    private int length;

    /** Encodes it; {@link #bytes()} and {@link #length()} are the result. */
    void encode(Entry entry) {
        if (bytes.length > MOST_KEPT) {
            bytes = new byte[FIRST_ROOM];
            view = viewOf(bytes);
        }
        length = 0;
        putByte(entry.kind().code());
        putAscii(entry.id());
        putLong(entry.timeNanos());
        putText(entry.function());
        boolean tried = !entry.tries().equals(Tries.NONE);
        putByte((entry.event().isPresent() ? HAS_EVENT : 0)
                | (entry.answer().isPresent() ? HAS_ANSWER : 0)
                | (tried ? HAS_TRIES : 0)
                | (entry.tries().mostAttempts() != 0 ? HAS_MOST : 0));
        entry.event().ifPresent(this::putEvent);
        entry.answer().ifPresent(this::putAnswer);
        if (tried) {
            putTries(entry.tries());
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    private void putEvent(RecordedEvent event) {
        putText(event.trigger());
        putText(event.kind());
        putText(event.className());
        putLong(event.timeNanos());
        putText(event.method());
        putText(event.path());
        putText(event.query());
        putText(event.contentType());
        putText(event.sourceId());
        putNumber(event.shard());
        putNumber(event.streamOffset());
        putTexts(event.extra());
        putTexts(event.headers());
        putBody(event.body());
        putByte(event.objectBody() ? 1 : 0);
    }

    private void putAnswer(RecordedAnswer answer) {
        putText(answer.outcome());
        putNumber(answer.status());
        putText(answer.contentType());
        putTexts(answer.headers());
        putBody(answer.body());
        putNumber(answer.handlerNanos());
        putText(answer.code());
        putText(answer.reason());
    }

    private void putTries(Tries tries) {
        putText(tries.code());
        putText(tries.reason());
        putNumber(tries.attempts());
        putNumber(tries.crashes());
        putLong(tries.firstNanos());
        putLong(tries.lastNanos());
        putLong(tries.dueNanos());
        if (tries.mostAttempts() != 0) {
            putNumber(tries.mostAttempts());
        }
    }

    private void putTexts(List<String> texts) {
        putNumber(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            putText(texts.get(i));
        }
    }

    private void putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putNumber(utf8.length);
        reserve(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
    }

    private void putBody(ByteBuffer body) {
        int size = body.remaining();
        putNumber(size);
        reserve(size);
        body.get(body.position(), bytes, length, size);
        length += size;
    }

    private void putAscii(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        reserve(ascii.length);
        System.arraycopy(ascii, 0, bytes, length, ascii.length);
        length += ascii.length;
    }

    private void putNumber(long number) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            putByte((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        putByte((int) rest);
    }

    private void putByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    private void putLong(long value) {
        reserve(Long.BYTES);
        view.putLong(length, value);
        length += Long.BYTES;
    }

    private void reserve(int more) {
        long needed = (long) length + more;
        if (needed > bytes.length) {
            if (needed > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("an entry of " + needed + " bytes");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * bytes.length)));
            view = viewOf(bytes);
        }
    }

    private static ByteBuffer viewOf(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
