package io.nucleon.triggers.aws;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.concurrent.TimeUnit;

/**
 * Times as the JSON protocols write them: seconds since 1970, with a fraction. Servers that stand in for AWS also write ISO 8601, in UTC where
 * they name no zone (moto until 5.1.1).
 */
public final class AwsNumbers {

    private static final double MILLIS = 1000;
    private static final long MOST_MILLIS = Long.MAX_VALUE / 1_000_000;

    private AwsNumbers() {}

    /** @param millis since 1970 */
    public static String seconds(long millis) {
        return "%d.%03d".formatted(TimeUnit.MILLISECONDS.toSeconds(millis), millis % 1000);
    }

    /** Milliseconds since 1970; 0 if the text is no time. */
    public static long millis(String time) {
        try {
            return Math.clamp(Math.round(Double.parseDouble(time) * MILLIS), 0, MOST_MILLIS);
        } catch (NumberFormatException e) {
            return iso(time);
        }
    }

    private static long iso(String time) {
        try {
            TemporalAccessor read = DateTimeFormatter.ISO_DATE_TIME.parseBest(time, Instant::from, LocalDateTime::from);
            Instant instant = read instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) read;
            return Math.clamp(instant.toEpochMilli(), 0, MOST_MILLIS);
        } catch (DateTimeException | ArithmeticException e) {
            return 0;
        }
    }

    /** Nanoseconds since 1970, to the millisecond. */
    public static long nanos(String time) {
        return TimeUnit.MILLISECONDS.toNanos(millis(time));
    }
}
