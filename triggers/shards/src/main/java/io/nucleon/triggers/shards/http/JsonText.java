package io.nucleon.triggers.shards.http;

/** Writes a JSON object. Used by one thread. */
public final class JsonText {

    private static final char FIRST_PLAIN = ' ';

    private final StringBuilder text = new StringBuilder("{");

    public JsonText put(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    public JsonText put(String name, long value) {
        name(name).append(value);
        return this;
    }

    public JsonText put(String name, boolean value) {
        name(name).append(value);
        return this;
    }

    public JsonText put(String name, JsonText object) {
        return putJson(name, object.toString());
    }

    /** @param json taken as it is */
    public JsonText putJson(String name, String json) {
        name(name).append(json);
        return this;
    }

    private StringBuilder name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(name);
        return text.append(':');
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < FIRST_PLAIN) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    /** The whole object. */
    @Override
    public String toString() {
        return text + "}";
    }
}
