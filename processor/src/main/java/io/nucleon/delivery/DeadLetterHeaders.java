package io.nucleon.delivery;

import java.time.Instant;
import java.util.List;

/** What a dead letter says beside the event's own headers where it is kept as a message or a request. */
public final class DeadLetterHeaders {

    /** Every name begins so. */
    public static final String PREFIX = "X-Nucleon-Dead-Letter-";

    private static final long NANOS_A_SECOND = 1_000_000_000;

    private DeadLetterHeaders() {}

    /** Name, value, name, value. */
    public static List<String> of(DeadLetter letter) {
        return List.of(
                PREFIX + "Code",
                letter.code(),
                PREFIX + "Reason",
                oneLine(letter.reason()),
                PREFIX + "Attempts",
                Integer.toString(letter.attempts()),
                PREFIX + "Crashes",
                Integer.toString(letter.crashes()),
                PREFIX + "Trigger",
                letter.trigger(),
                PREFIX + "First",
                instant(letter.firstNanos()),
                PREFIX + "Last",
                instant(letter.lastNanos()));
    }

    private static String instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_A_SECOND), Math.floorMod(nanos, NANOS_A_SECOND))
                .toString();
    }

    /** A handler's text may hold anything; a header must not. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.chars().forEach(c -> line.append(c < ' ' || c == 0x7F ? ' ' : (char) c));
        return line.toString().strip();
    }
}
