package io.nucleon.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what {@link EntryEncoder} has written, and trusts none of it. Confined to one thread. */
final class EntryDecoder {

    /** Bytes of an entry that are enough for {@link #head}. */
    private static final int ID_LENGTH = 26;

    private static final int MOST_TEXTS = 1 << 20;

    private final ByteBuffer in;

    private EntryDecoder(ByteBuffer bytes) {
        in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What is told of an entry without reading the whole of it. */
    record Head(EntryKind kind, String id, long timeNanos) {}

    /** The beginning of an entry; empty if it is none, or of a later version's kind. */
    static Optional<Head> head(ByteBuffer bytes) {
        try {
            EntryDecoder decoder = new EntryDecoder(bytes);
            EntryKind kind = EntryKind.of(decoder.in.get());
            String id = decoder.ascii(ID_LENGTH);
            long timeNanos = decoder.in.getLong();
            return kind == null || !InvocationId.isOne(id)
                    ? Optional.empty()
                    : Optional.of(new Head(kind, id, timeNanos));
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    /** A whole entry; empty if the bytes make none. The buffers in it are copies. */
    static Optional<Entry> entry(ByteBuffer bytes) {
        try {
            return new EntryDecoder(bytes).entry();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Entry> entry() {
        EntryKind kind = EntryKind.of(in.get());
        String id = ascii(ID_LENGTH);
        if (kind == null || !InvocationId.isOne(id)) {
            return Optional.empty();
        }
        long timeNanos = in.getLong();
        String function = text();
        int parts = in.get();
        Optional<RecordedEvent> event = (parts & EntryEncoder.HAS_EVENT) == 0 ? Optional.empty() : Optional.of(event());
        Optional<RecordedAnswer> answer =
                (parts & EntryEncoder.HAS_ANSWER) == 0 ? Optional.empty() : Optional.of(answer());
        Tries tries = (parts & EntryEncoder.HAS_TRIES) == 0 ? Tries.NONE : tries((parts & EntryEncoder.HAS_MOST) != 0);
        return Optional.of(new Entry(kind, id, timeNanos, function, event, answer, tries));
    }

    private RecordedEvent event() {
        return new RecordedEvent(
                text(),
                text(),
                text(),
                in.getLong(),
                text(),
                text(),
                text(),
                text(),
                text(),
                (int) number(),
                number(),
                texts(),
                texts(),
                body(),
                in.get() != 0);
    }

    private RecordedAnswer answer() {
        return new RecordedAnswer(text(), (int) number(), text(), texts(), body(), number(), text(), text());
    }

    private Tries tries(boolean saysOfHowMany) {
        return new Tries(
                text(),
                text(),
                (int) number(),
                (int) number(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                saysOfHowMany ? (int) number() : 0);
    }

    private List<String> texts() {
        long count = number();
        if (count < 0 || count > MOST_TEXTS) {
            throw new IllegalArgumentException(count + " texts");
        }
        List<String> texts = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    private String text() {
        byte[] utf8 = bytes(number());
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private ByteBuffer body() {
        return ByteBuffer.wrap(bytes(number()));
    }

    private String ascii(int length) {
        return new String(bytes(length), StandardCharsets.ISO_8859_1);
    }

    private byte[] bytes(long length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] copy = new byte[(int) length];
        in.get(copy);
        return copy;
    }

    private long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte group = in.get();
            value |= (long) (group & 0x7f) << shift;
            if (group >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number without an end");
    }
}
