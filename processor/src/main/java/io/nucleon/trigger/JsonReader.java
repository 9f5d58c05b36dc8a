package io.nucleon.trigger;

import io.nucleon.trigger.JsonValue.Kind;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Walks over a JSON text (RFC 8259) once and tells the members of its outermost object. Used by one thread, once. Every step says whether
 * the text is still JSON.
 */
final class JsonReader {

    /** Deeper texts are made to exhaust a stack. */
    private static final int MAX_DEPTH = 512;

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final int END = -1;

    private final byte[] text;
    private final int end;
    private int at;
    private Kind kind;

    /** Reads the bytes from {@code start} up to {@code end}. */
    JsonReader(byte[] text, int start, int end) {
        this.text = text;
        this.at = start;
        this.end = end;
    }

    /** False if the text is not one JSON object; what was told so far then means nothing. */
    boolean readObject(BiConsumer<String, JsonValue> member) {
        blanks();
        boolean read = object(member, 0);
        blanks();
        return read && at == end;
    }

    /** False if the text is not one JSON array; what was told so far then means nothing. */
    boolean readArray(Consumer<JsonValue> item) {
        blanks();
        boolean read = array(item, 0);
        blanks();
        return read && at == end;
    }

    /** Reads a value and notes its kind. */
    private boolean value(int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        Kind seen;
        boolean read;
        switch (peek()) {
            case '"' -> {
                seen = Kind.STRING;
                read = string();
            }
            case '{' -> {
                seen = Kind.OBJECT;
                read = object((name, nested) -> {}, depth);
            }
            case '[' -> {
                seen = Kind.ARRAY;
                read = array(nested -> {}, depth);
            }
            case 't' -> {
                seen = Kind.BOOLEAN;
                read = word(TRUE);
            }
            case 'f' -> {
                seen = Kind.BOOLEAN;
                read = word(FALSE);
            }
            case 'n' -> {
                seen = Kind.NULL;
                read = word(NULL);
            }
            default -> {
                seen = Kind.NUMBER;
                read = number();
            }
        }
        kind = seen;
        return read;
    }

    private boolean object(BiConsumer<String, JsonValue> member, int depth) {
        if (!takes('{')) {
            return false;
        }
        blanks();
        if (takes('}')) {
            return true;
        }
        do {
            if (!member(member, depth)) {
                return false;
            }
            blanks();
        } while (takes(','));
        return takes('}');
    }

    private boolean member(BiConsumer<String, JsonValue> member, int depth) {
        blanks();
        int nameStart = at;
        if (!string()) {
            return false;
        }
        String name = new JsonValue(Kind.STRING, text, nameStart, at).string();
        blanks();
        if (!takes(':')) {
            return false;
        }
        blanks();
        int start = at;
        if (!value(depth + 1)) {
            return false;
        }
        member.accept(name, new JsonValue(kind, text, start, at));
        return true;
    }

    private boolean array(Consumer<JsonValue> item, int depth) {
        if (!takes('[')) {
            return false;
        }
        blanks();
        if (takes(']')) {
            return true;
        }
        do {
            blanks();
            int start = at;
            if (!value(depth + 1)) {
                return false;
            }
            item.accept(new JsonValue(kind, text, start, at));
            blanks();
        } while (takes(','));
        return takes(']');
    }

    private boolean string() {
        if (!takes('"')) {
            return false;
        }
        while (at < end) {
            byte c = text[at++];
            if (c == '"') {
                return true;
            }
            if ((c >= 0 && c < ' ') || (c == '\\' && !escape())) {
                return false;
            }
        }
        return false;
    }

    private boolean escape() {
        int c = peek();
        at++;
        if (c != 'u') {
            return c != END && "\"\\/bfnrt".indexOf(c) >= 0;
        }
        for (int i = 0; i < 4; i++) {
            if (Character.digit(peek(), 16) < 0) {
                return false;
            }
            at++;
        }
        return true;
    }

    private boolean number() {
        takes('-');
        boolean read = takes('0') || digits();
        if (takes('.')) {
            read &= digits();
        }
        if (takes('e') || takes('E')) {
            if (!takes('+')) {
                takes('-');
            }
            read &= digits();
        }
        return read;
    }

    private boolean digits() {
        int start = at;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at > start;
    }

    private boolean word(byte[] word) {
        for (byte c : word) {
            if (!takes(c)) {
                return false;
            }
        }
        return true;
    }

    private void blanks() {
        while (at < end && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
    }

    private int peek() {
        return at < end ? text[at] & 0xff : END;
    }

    private boolean takes(int wanted) {
        if (peek() == wanted) {
            at++;
            return true;
        }
        return false;
    }
}
