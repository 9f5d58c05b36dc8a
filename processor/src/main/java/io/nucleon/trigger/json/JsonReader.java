package io.nucleon.trigger.json;

import io.nucleon.trigger.json.JsonValue.Kind;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** Walks over a JSON text (RFC 8259) once and tells the members of its outermost object. Used by one thread, once. */
final class JsonReader {

    /** Deeper texts are made to exhaust a stack. */
    private static final int MAX_DEPTH = 512;

    private final byte[] text;
    private int at;

    /** The text is no JSON object. */
    static final class NotJsonException extends Exception {
        private static final long serialVersionUID = 1L;

        NotJsonException(int at) {
            super("not JSON at byte " + at, null, false, false);
        }
    }

    JsonReader(byte[] text) {
        this.text = text;
    }

    void readWhole(BiConsumer<String, JsonValue> member) throws NotJsonException {
        blanks();
        object(member, 0);
        blanks();
        if (at < text.length) {
            throw new NotJsonException(at);
        }
    }

    private JsonValue value(int depth) throws NotJsonException {
        if (depth > MAX_DEPTH) {
            throw new NotJsonException(at);
        }
        int start = at;
        Kind kind = switch (peek()) {
            case '"' -> {
                string();
                yield Kind.STRING;
            }
            case '{' -> {
                object((name, nested) -> {}, depth);
                yield Kind.OBJECT;
            }
            case '[' -> {
                array(depth);
                yield Kind.ARRAY;
            }
            case 't' -> word("true", Kind.BOOLEAN);
            case 'f' -> word("false", Kind.BOOLEAN);
            case 'n' -> word("null", Kind.NULL);
            default -> {
                number();
                yield Kind.NUMBER;
            }
        };
        return new JsonValue(kind, text, start, at);
    }

    private void object(BiConsumer<String, JsonValue> member, int depth) throws NotJsonException {
        expect('{');
        blanks();
        if (takes('}')) {
            return;
        }
        do {
            blanks();
            int start = at;
            string();
            String name = new JsonValue(Kind.STRING, text, start, at).string();
            blanks();
            expect(':');
            blanks();
            member.accept(name, value(depth + 1));
            blanks();
        } while (takes(','));
        expect('}');
    }

    private void array(int depth) throws NotJsonException {
        expect('[');
        blanks();
        if (takes(']')) {
            return;
        }
        do {
            blanks();
            value(depth + 1);
            blanks();
        } while (takes(','));
        expect(']');
    }

    private void string() throws NotJsonException {
        expect('"');
        while (true) {
            int c = next();
            if (c == '"') {
                return;
            }
            if (c >= 0 && c < ' ') {
                throw new NotJsonException(at - 1);
            }
            if (c == '\\') {
                escape();
            }
        }
    }

    private void escape() throws NotJsonException {
        int c = next();
        if (c == 'u') {
            for (int i = 0; i < 4; i++) {
                if (Character.digit(next(), 16) < 0) {
                    throw new NotJsonException(at - 1);
                }
            }
        } else if ("\"\\/bfnrt".indexOf(c) < 0) {
            throw new NotJsonException(at - 1);
        }
    }

    private void number() throws NotJsonException {
        takes('-');
        if (!takes('0')) {
            digits();
        }
        if (takes('.')) {
            digits();
        }
        if (takes('e') || takes('E')) {
            if (!takes('+')) {
                takes('-');
            }
            digits();
        }
    }

    private void digits() throws NotJsonException {
        int start = at;
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw new NotJsonException(at);
        }
    }

    private Kind word(String word, Kind kind) throws NotJsonException {
        for (byte c : word.getBytes(StandardCharsets.US_ASCII)) {
            expect(c);
        }
        return kind;
    }

    private void blanks() {
        while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
    }

    private int peek() throws NotJsonException {
        if (at >= text.length) {
            throw new NotJsonException(at);
        }
        return text[at];
    }

    private int next() throws NotJsonException {
        int c = peek();
        at++;
        return c;
    }

    private boolean takes(int wanted) {
        if (at < text.length && text[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(int wanted) throws NotJsonException {
        if (!takes(wanted)) {
            throw new NotJsonException(at);
        }
    }
}
