package io.nucleon.triggers.aws;

import java.util.concurrent.TimeUnit;

/** Times as the JSON protocols write them: seconds since 1970, with a fraction. */
public final class AwsNumbers {

    private static final double MILLIS = 1000;
    private static final long MOST_MILLIS = Long.MAX_VALUE / 1_000_000;

    private AwsNumbers() {}

    /** @param millis since 1970 */
    public static String seconds(long millis) {
        return "%d.%03d".formatted(TimeUnit.MILLISECONDS.toSeconds(millis), millis % 1000);
    }

    /** Milliseconds since 1970; 0 if the text is no number. */
    public static long millis(String seconds) {
        try {
            return Math.clamp(Math.round(Double.parseDouble(seconds) * MILLIS), 0, MOST_MILLIS);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Nanoseconds since 1970, to the millisecond. */
    public static long nanos(String seconds) {
        return TimeUnit.MILLISECONDS.toNanos(millis(seconds));
    }
}
