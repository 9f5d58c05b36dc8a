package io.nucleon.support.exchange;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Whether a value is like the one that the table has. A text that begins with {@code ~} is a regular expression for all of the value; two
 * numbers are compared as numbers; {@code loose}: a mapping may have more keys than the table's. Stateless.
 */
final class Likeness {

    private Likeness() {}

    static boolean isLike(Object wanted, Object seen, boolean loose) {
        return switch (wanted) {
            case null -> seen == null;
            case String text
            when text.startsWith("~") ->
                seen != null
                        && Pattern.compile(text.substring(1), Pattern.DOTALL)
                                .matcher(String.valueOf(seen))
                                .matches();
            case Number number ->
                seen instanceof Number other
                        && new BigDecimal(number.toString()).compareTo(new BigDecimal(other.toString())) == 0;
            case Map<?, ?> map -> seen instanceof Map<?, ?> other && isMapLike(map, other, loose);
            case List<?> list -> seen instanceof List<?> other && isListLike(list, other, loose);
            default -> Objects.equals(wanted, seen);
        };
    }

    /** A key that the table has as null must not be there, or be null. */
    private static boolean isMapLike(Map<?, ?> wanted, Map<?, ?> seen, boolean loose) {
        if (!loose && !seen.keySet().equals(wanted.keySet())) {
            return false;
        }
        return wanted.entrySet().stream()
                .allMatch(entry -> isLike(entry.getValue(), seen.get(String.valueOf(entry.getKey())), loose));
    }

    private static boolean isListLike(List<?> wanted, List<?> seen, boolean loose) {
        if (wanted.size() != seen.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!isLike(wanted.get(i), seen.get(i), loose)) {
                return false;
            }
        }
        return true;
    }
}
