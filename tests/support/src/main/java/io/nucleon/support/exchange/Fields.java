package io.nucleon.support.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A mapping of the table whose keys must all be known: a misspelt expectation would expect nothing. Each key is taken once; {@link #done}
 * refuses what was not taken. Confined to one thread.
 */
public final class Fields {

    private final String place;
    private final Map<String, Object> left = new LinkedHashMap<>();

    /** {@code place}: for messages. */
    public Fields(String place, Object node) {
        this.place = place;
        if (!(node instanceof Map<?, ?> map)) {
            throw wrong("is no mapping");
        }
        map.forEach((key, value) -> left.put(String.valueOf(key), value));
    }

    public String place() {
        return place;
    }

    public boolean has(String key) {
        return left.containsKey(key);
    }

    /** Any value; null if there is none or it is null. */
    public Object take(String key) {
        return left.remove(key);
    }

    public String text(String key, String missing) {
        Object value = take(key);
        if (value != null && !(value instanceof String)) {
            throw wrong("'" + key + "' is no text");
        }
        return value == null ? missing : (String) value;
    }

    public String requiredText(String key) {
        String text = text(key, "");
        if (text.isEmpty()) {
            throw wrong("has no '" + key + "'");
        }
        return text;
    }

    public int number(String key, int missing) {
        Object value = take(key);
        if (value != null && !(value instanceof Integer)) {
            throw wrong("'" + key + "' is no whole number");
        }
        return value == null ? missing : (Integer) value;
    }

    public boolean flag(String key) {
        Object value = take(key);
        if (value != null && !(value instanceof Boolean)) {
            throw wrong("'" + key + "' is neither true nor false");
        }
        return Boolean.TRUE.equals(value);
    }

    public List<Object> list(String key) {
        Object value = take(key);
        if (value != null && !(value instanceof List<?>)) {
            throw wrong("'" + key + "' is no list");
        }
        return value == null ? List.of() : List.copyOf((List<?>) value);
    }

    /** Values may be null. */
    public Map<String, Object> map(String key) {
        Object value = take(key);
        return value == null ? Map.of() : new Fields(place + ", " + key, value).rest();
    }

    /** All that nobody took, as it is. */
    public Map<String, Object> rest() {
        return left;
    }

    /** Refuses keys that nobody took. */
    public void done() {
        if (!left.isEmpty()) {
            throw wrong("has unknown keys: " + new TreeSet<>(left.keySet()));
        }
    }

    public IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException(place + " " + why);
    }
}
