package io.nucleon.command;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads lengths of time as nuctl takes them, {@code 1m30s}, {@code 250ms}; a bare number is seconds. */
final class Durations implements ITypeConverter<Duration> {
    static final String FORM = "a time is written like 30s, 1m30s or 250ms";
    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|us|µs|h|m|s)");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    @Override
    public Duration convert(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        Matcher part = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (end < text.length() && part.find(end) && part.start() == end) {
            sum = sum.plusNanos(
                    new BigDecimal(part.group(1)).multiply(nanos(part.group(2))).longValue());
            end = part.end();
        }
        if (text.isEmpty() || end != text.length()) {
            throw new TypeConversionException(FORM);
        }
        return sum;
    }

    private static BigDecimal nanos(String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "h" -> 3_600_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "ms" -> 1_000_000L;
                    default -> 1_000L;
                });
    }
}
