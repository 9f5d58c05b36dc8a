package io.nucleon.spec.field;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/**
 * Go's notation of lengths of time: {@code 300ms}, {@code -1.5h}, {@code 1m30s}; units ns, us, µs, ms, s, m, h; {@code 0} needs
 * none. As in Go a duration has at most about 292 years.
 */
public final class GoDuration {
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    /** More digits than any duration has; bounds the arithmetic. */
    private static final int LONGEST = 100;

    private GoDuration() {}

    /** The duration, empty when the text is none. */
    public static Optional<Duration> parse(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        if (rest.isEmpty() || rest.length() > LONGEST) {
            return Optional.empty();
        }
        BigInteger nanos = BigInteger.ZERO;
        int at = 0;
        while (at < rest.length()) {
            int unit = skip(rest, at, true);
            int next = skip(rest, unit, false);
            BigInteger part = part(rest.substring(at, unit), rest.substring(unit, next));
            if (part == null) {
                return Optional.empty();
            }
            nanos = nanos.add(part);
            at = next;
        }
        return nanos.compareTo(LARGEST) > 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(negative ? -nanos.longValueExact() : nanos.longValueExact()));
    }

    /** The text that Go writes: {@code 1h0m0s}, {@code 1.5s}, {@code 300ms}, {@code 0s}. */
    public static String format(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        if (duration.isNegative()) {
            return "-" + format(duration.negated());
        }
        long nanos = duration.toNanosPart();
        if (duration.toSeconds() == 0) {
            return nanos < 1_000
                    ? nanos + "ns"
                    : nanos < 1_000_000 ? decimal(nanos, 3) + "µs" : decimal(nanos, 6) + "ms";
        }
        long seconds = duration.toSeconds();
        String text = decimal(seconds % 60 * 1_000_000_000L + nanos, 9) + "s";
        if (seconds >= 60) {
            text = seconds / 60 % 60 + "m" + text;
        }
        return seconds >= 3600 ? seconds / 3600 + "h" + text : text;
    }

    private static String decimal(long value, int scale) {
        return BigDecimal.valueOf(value, scale).stripTrailingZeros().toPlainString();
    }

    private static int skip(String text, int from, boolean number) {
        int i = from;
        while (i < text.length() && number == (text.charAt(i) == '.' || isDigit(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static BigInteger part(String number, String unit) {
        long nanos = switch (unit) {
            case "ns" -> 1L;
            case "us", "µs", "μs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 0L;
        };
        boolean digits = number.chars().anyMatch(c -> c != '.');
        if (nanos == 0 || !digits || number.indexOf('.') != number.lastIndexOf('.')) {
            return null;
        }
        return new BigDecimal(number.endsWith(".") ? number + "0" : number)
                .multiply(BigDecimal.valueOf(nanos))
                .toBigInteger();
    }
}
