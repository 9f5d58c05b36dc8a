package io.nucleon.error;

/**
 * Writes one JSON document, compact, without a library: for messages and for what commands print, where start-up time counts. Confined
 * to one thread. The caller sees to it that names and values alternate and that what was begun is ended.
 */
public final class JsonWriter {
    private final StringBuilder out = new StringBuilder(256);
    private boolean comma;

    /** Begins an object. */
    public JsonWriter object() {
        return open('{');
    }

    /** Ends the innermost object. */
    public JsonWriter endObject() {
        return close('}');
    }

    /** Begins an array. */
    public JsonWriter array() {
        return open('[');
    }

    /** Ends the innermost array. */
    public JsonWriter endArray() {
        return close(']');
    }

    /** The name of the next value. */
    public JsonWriter name(String name) {
        separate();
        quote(name);
        out.append(':');
        comma = false;
        return this;
    }

    /** A text, or null. */
    public JsonWriter value(String text) {
        separate();
        if (text == null) {
            out.append("null");
        } else {
            quote(text);
        }
        return this;
    }

    /** A whole number. */
    public JsonWriter value(long number) {
        separate();
        out.append(number);
        return this;
    }

    /** A number; null if it is not finite, which JSON can't say. */
    public JsonWriter value(double number) {
        separate();
        if (Double.isFinite(number)) {
            out.append(number);
        } else {
            out.append("null");
        }
        return this;
    }

    /** True or false. */
    public JsonWriter value(boolean is) {
        separate();
        out.append(is);
        return this;
    }

    /** A value that is JSON already. */
    public JsonWriter json(String checked) {
        separate();
        out.append(checked);
        return this;
    }

    /** The document so far. */
    @Override
    public String toString() {
        return out.toString();
    }

    private JsonWriter open(char bracket) {
        separate();
        out.append(bracket);
        comma = false;
        return this;
    }

    private JsonWriter close(char bracket) {
        out.append(bracket);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            out.append(',');
        }
        comma = true;
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f || loneSurrogate(text, i)) {
                        out.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** Half a pair has no UTF-8 form. */
    private static boolean loneSurrogate(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
