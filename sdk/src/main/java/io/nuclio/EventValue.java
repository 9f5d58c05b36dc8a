package io.nuclio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;

/**
 * Reads a header's or field's value as the type that the handler asks for. Stateless.
 *
 * <p>Over HTTP every value is text; other triggers carry bytes, numbers and (NATS) lists too, of which the first element
 * counts, as in that client's own getter. Text travels as UTF-8.
 */
final class EventValue {

    private EventValue() {}

    /** The value under that name whatever its case, an exact match first; null if there is none. */
    static Object ignoringCase(Map<String, Object> values, String key) {
        if (values == null || key == null) {
            return null;
        }
        Object exact = values.get(key);
        return exact != null ? exact : scan(values, key);
    }

    private static Object scan(Map<String, Object> values, String key) {
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            if (key.equalsIgnoreCase(entry.getKey())) {
                return entry.getValue();
            }
        }
        return null;
    }

    static String text(Object value) {
        Object single = first(value);
        if (single instanceof byte[] bytes) {
            return new String(bytes, UTF_8);
        }
        return single == null ? null : single.toString();
    }

    static byte[] bytes(Object value) {
        Object single = first(value);
        if (single == null || single instanceof byte[]) {
            return (byte[]) single;
        }
        return single.toString().getBytes(UTF_8);
    }

    /** The value as a number, decimal text included; 0, nuclio's answer to what isn't a number, otherwise. */
    static long number(Object value) {
        if (first(value) instanceof Number number) {
            return number.longValue();
        }
        String text = text(value);
        try {
            return text == null ? 0 : Long.parseLong(text.strip());
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    private static Object first(Object value) {
        if (value instanceof List<?> list) {
            return list.isEmpty() ? null : list.get(0);
        }
        return value;
    }
}
