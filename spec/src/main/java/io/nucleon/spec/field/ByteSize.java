package io.nucleon.spec.field;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Kubernetes' notation of quantities, used for sizes too: {@code 512Mi}, {@code 1G}, {@code 25m} (thousandths), {@code 1e9}; a
 * trailing {@code B} as in {@code 20GiB} is taken as well.
 */
public final class ByteSize {
    /** More digits than any quantity has; bounds the arithmetic. */
    private static final int LONGEST = 40;

    private ByteSize() {}

    /** Whole bytes, rounded up; empty when the text is no quantity, negative or beyond 2⁶³. */
    public static Optional<Long> parse(String text) {
        String size = text.endsWith("B") ? text.substring(0, text.length() - 1) : text;
        return quantity(size.strip())
                .map(value -> value.setScale(0, RoundingMode.CEILING))
                .filter(value -> value.signum() >= 0 && value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0)
                .map(BigDecimal::longValueExact);
    }

    /** A quantity with its suffix multiplied out; empty when the text is none. */
    public static Optional<BigDecimal> quantity(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        int end = text.length();
        while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        BigDecimal factor = factor(text.substring(end));
        String number = text.substring(0, end);
        return factor == null || !isNumber(number)
                ? Optional.empty()
                : Optional.of(new BigDecimal(number).multiply(factor));
    }

    private static BigDecimal factor(String suffix) {
        return switch (suffix) {
            case "" -> BigDecimal.ONE;
            case "n" -> BigDecimal.ONE.movePointLeft(9);
            case "u" -> BigDecimal.ONE.movePointLeft(6);
            case "m" -> BigDecimal.ONE.movePointLeft(3);
            case "k", "K" -> BigDecimal.ONE.movePointRight(3);
            case "M" -> BigDecimal.ONE.movePointRight(6);
            case "G" -> BigDecimal.ONE.movePointRight(9);
            case "T" -> BigDecimal.ONE.movePointRight(12);
            case "P" -> BigDecimal.ONE.movePointRight(15);
            case "E" -> BigDecimal.ONE.movePointRight(18);
            case "Ki" -> power(10);
            case "Mi" -> power(20);
            case "Gi" -> power(30);
            case "Ti" -> power(40);
            case "Pi" -> power(50);
            case "Ei" -> power(60);
            default -> null;
        };
    }

    private static BigDecimal power(int bits) {
        return BigDecimal.valueOf(1L << bits);
    }

    /** Digits, at most one point, perhaps a sign and a short exponent; a long one would ask for gigabytes of zeros. */
    private static boolean isNumber(String text) {
        return text.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]{1,2})?");
    }
}
