package io.nucleon.wrapper.handler;

import java.lang.reflect.Array;
import java.util.Map;

/** Writes values as JSON. What a user's object does while it is asked for its text costs that member only. Stateless to the outside. */
public final class JsonText {

    /** Deeper values are written as their text; a map may hold itself. */
    private static final int MAX_DEPTH = 8;

    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder(64);

    private JsonText() {}

    /** An object with the map's members. */
    public static String object(Map<?, ?> members) {
        JsonText json = new JsonText();
        json.map(members, 1);
        return json.out.toString();
    }

    /** Keys and values in turn, then {@code worker_id}, which wins over a key of that name. */
    static String object(Object[] pairs, String workerId) {
        JsonText json = new JsonText();
        json.out.append('{');
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            String key = text(pairs[i]);
            if (!key.equals("worker_id")) {
                json.member(key, pairs[i + 1], 1);
                json.out.append(',');
            }
        }
        json.member("worker_id", workerId, 1);
        return json.out.append('}').toString();
    }

    private void member(String key, Object value, int depth) {
        string(key);
        out.append(':');
        int start = out.length();
        try {
            value(value, depth);
        } catch (RuntimeException | StackOverflowError hostile) {
            out.setLength(start);
            string("(" + value.getClass().getName() + " can't be shown: "
                    + hostile.getClass().getName() + ")");
        }
    }

    private void value(Object value, int depth) {
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Double || value instanceof Float) {
            number(((Number) value).doubleValue(), value);
        } else if (value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte) {
            out.append(value);
        } else if (depth < MAX_DEPTH && value instanceof Map<?, ?> map) {
            map(map, depth + 1);
        } else if (depth < MAX_DEPTH && value instanceof Iterable<?> items) {
            items(items, depth + 1);
        } else if (depth < MAX_DEPTH && value.getClass().isArray()) {
            array(value, depth + 1);
        } else {
            string(text(value));
        }
    }

    /** JSON has no NaN and no infinities: they are text, as in nuclio's Python records. */
    private void number(double number, Object value) {
        if (Double.isFinite(number)) {
            out.append(value);
        } else {
            string(value.toString());
        }
    }

    private void map(Map<?, ?> map, int depth) {
        out.append('{');
        String comma = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(comma);
            member(text(entry.getKey()), entry.getValue(), depth);
            comma = ",";
        }
        out.append('}');
    }

    private void items(Iterable<?> items, int depth) {
        out.append('[');
        String comma = "";
        for (Object item : items) {
            out.append(comma);
            value(item, depth);
            comma = ",";
        }
        out.append(']');
    }

    private void array(Object array, int depth) {
        out.append('[');
        for (int i = 0; i < Array.getLength(array); i++) {
            out.append(i == 0 ? "" : ",");
            value(Array.get(array, i), depth);
        }
        out.append(']');
    }

    private static String text(Object value) {
        return String.valueOf(value);
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                escape(c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private void escape(char c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        }
    }
}
