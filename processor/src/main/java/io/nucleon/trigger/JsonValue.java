package io.nucleon.trigger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A value as it stands in its text. Immutable. */
public final class JsonValue {

    /** What kinds there are. */
    public enum Kind {
        STRING,
        NUMBER,
        OBJECT,
        ARRAY,
        BOOLEAN,
        NULL
    }

    private final Kind kind;
    private final byte[] text;
    private final int start;
    private final int end;

    JsonValue(Kind kind, byte[] text, int start, int end) {
        this.kind = kind;
        this.text = text;
        this.start = start;
        this.end = end;
    }

    public Kind kind() {
        return kind;
    }

    /** The value as written. */
    public byte[] raw() {
        return Arrays.copyOfRange(text, start, end);
    }

    /** Its members, if it is an object. */
    public Optional<JsonObject> object() {
        return kind == Kind.OBJECT ? JsonObject.parse(text, start, end) : Optional.empty();
    }

    /** Its items, if it is an array; none otherwise. */
    public List<JsonValue> items() {
        List<JsonValue> items = new ArrayList<>();
        if (kind == Kind.ARRAY) {
            new JsonReader(text, start, end).readArray(items::add);
        }
        return items;
    }

    /** Text of a string; of any other kind the value as written. */
    public String string() {
        return kind == Kind.STRING
                ? unescape(new String(text, start + 1, end - start - 2, StandardCharsets.UTF_8))
                : new String(text, start, end - start, StandardCharsets.UTF_8);
    }

    /** The string has been checked: a backslash is followed by what may follow it. */
    private static String unescape(String escaped) {
        if (escaped.indexOf('\\') < 0) {
            return escaped;
        }
        StringBuilder plain = new StringBuilder(escaped.length());
        int i = 0;
        while (i < escaped.length()) {
            char c = escaped.charAt(i++);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char escape = escaped.charAt(i++);
            switch (escape) {
                case 'b' -> plain.append('\b');
                case 'f' -> plain.append('\f');
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 't' -> plain.append('\t');
                case 'u' -> {
                    plain.append((char) Integer.parseInt(escaped, i, i + 4, 16));
                    i += 4;
                }
                default -> plain.append(escape);
            }
        }
        return plain.toString();
    }
}
