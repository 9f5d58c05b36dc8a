package io.nucleon.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Ids, events and answers for tests. */
final class Samples {

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private Samples() {}

    /** The id of that number, of an event that arrived so many ms after 2024 began. */
    static String id(long millis, long number) {
        return digits(millis, 8) + digits(number >>> 40, 5) + digits(number, 13);
    }

    static String id(long number) {
        return id(0, number);
    }

    /** The number again. */
    static long number(String id) {
        long value = 0;
        for (int i = 13; i < 26; i++) {
            value = (value << 5) | DIGITS.indexOf(id.charAt(i));
        }
        return value;
    }

    private static String digits(long value, int count) {
        char[] text = new char[count];
        for (int i = count - 1, shift = 0; i >= 0; i--, shift += 5) {
            text[i] = DIGITS.charAt(shift < Long.SIZE ? (int) (value >>> shift) & 31 : 0);
        }
        return new String(text);
    }

    static RecordedEvent event(String body) {
        return event(body.getBytes(StandardCharsets.UTF_8));
    }

    static RecordedEvent event(byte[] body) {
        return new RecordedEvent(
                "orders",
                "kafka-cluster",
                "async",
                1_700_000_000_000_000_000L,
                "",
                "",
                "",
                "application/json",
                "source-7",
                2,
                88,
                List.of("topic", "orders-topic"),
                List.of("Key", "eu", "Authorization", "Bearer secret"),
                ByteBuffer.wrap(body),
                false);
    }

    static RecordedAnswer answer(int status, String body) {
        return new RecordedAnswer(
                "responded",
                status,
                "text/plain",
                List.of("X-A", "1", "Set-Cookie", "session=secret"),
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
                1_234_567,
                "",
                "");
    }

    static String text(ByteBuffer body) {
        return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
    }
}
