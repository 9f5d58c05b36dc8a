package io.nucleon.spec.yaml;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;

/**
 * What an unquoted word means. YAML 1.2's core schema, and in two places 1.1, which nuclio's parser follows: {@code yes}, {@code
 * no}, {@code on}, {@code off} where a field wants a truth value, and {@code 0644} as an octal number.
 */
public final class Scalars {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final Set<String> YES = Set.of("yes", "Yes", "YES", "on", "On", "ON", "y", "Y");
    private static final Set<String> NO = Set.of("no", "No", "NO", "off", "Off", "OFF", "n", "N");

    /** No integer of any field has more digits; turning a million digits into a number would take seconds. */
    private static final int LONGEST_NUMBER = 40;

    private Scalars() {}

    static boolean isNull(String text) {
        return NULLS.contains(text);
    }

    /** What an unquoted word stands for: null, Boolean, Long, BigInteger, Double or the text itself. */
    static Object resolve(String text) {
        if (isNull(text)) {
            return null;
        }
        if (TRUE.contains(text)) {
            return true;
        }
        if (FALSE.contains(text)) {
            return false;
        }
        Optional<BigInteger> whole = wholeNumber(text);
        if (whole.isPresent()) {
            BigInteger number = whole.get();
            return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
        }
        Optional<Double> number = number(text);
        return number.isPresent() ? (Object) number.get() : text;
    }

    /** The truth value of a word, by YAML 1.2 or 1.1. */
    public static Optional<Boolean> bool(String text) {
        if (TRUE.contains(text) || YES.contains(text)) {
            return Optional.of(true);
        }
        return FALSE.contains(text) || NO.contains(text) ? Optional.of(false) : Optional.empty();
    }

    /** A whole number in decimal, hexadecimal (0x) or octal (0o, leading 0) form; empty for anything else or beyond 40 digits. */
    public static Optional<BigInteger> wholeNumber(String text) {
        int sign = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        String digits = text.substring(sign);
        int radix = 10;
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            radix = 16;
            digits = digits.substring(2);
        } else if (digits.startsWith("0o")) {
            radix = 8;
            digits = digits.substring(2);
        } else if (digits.length() > 1 && digits.charAt(0) == '0') {
            radix = 8;
        }
        if (digits.isEmpty() || digits.length() > LONGEST_NUMBER || !allDigits(digits, radix)) {
            return Optional.empty();
        }
        var number = new BigInteger(digits, radix);
        return Optional.of(text.charAt(0) == '-' ? number.negate() : number);
    }

    /** Any decimal number of YAML's core schema, also .inf and .nan. */
    public static Optional<Double> number(String text) {
        String word = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (word.equals(".inf") || word.equals(".Inf") || word.equals(".INF")) {
            return Optional.of(text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        if (word.equals(".nan") || word.equals(".NaN") || word.equals(".NAN")) {
            return Optional.of(Double.NaN);
        }
        return text.length() <= LONGEST_NUMBER && isDecimal(word)
                ? Optional.of(Double.valueOf(text))
                : Optional.empty();
    }

    private static boolean allDigits(String text, int radix) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 'f' || Character.digit(c, radix) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Digits with at most one point, at least one digit, and perhaps an exponent: Java's own parser takes more, such as 1d. */
    private static boolean isDecimal(String word) {
        int i = 0;
        int digits = 0;
        boolean point = false;
        for (; i < word.length() && (isDigit(word.charAt(i)) || (word.charAt(i) == '.' && !point)); i++) {
            point |= word.charAt(i) == '.';
            digits += isDigit(word.charAt(i)) ? 1 : 0;
        }
        if (digits == 0 || i == word.length()) {
            return digits > 0;
        }
        if (word.charAt(i) != 'e' && word.charAt(i) != 'E') {
            return false;
        }
        i++;
        if (i < word.length() && (word.charAt(i) == '-' || word.charAt(i) == '+')) {
            i++;
        }
        return i < word.length() && allDigits(word.substring(i), 10);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
