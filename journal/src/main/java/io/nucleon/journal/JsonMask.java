package io.nucleon.journal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * Replaces the values of some members in JSON text (UTF-8), however deep they are, and leaves every other byte alone. It reads tokens and no
 * grammar, so text that breaks off or is no JSON is masked as far as it looks like it, in one pass and without recursion. Confined to one
 * call.
 */
final class JsonMask {
    private static final byte[] MASK = ('"' + Secrets.MASK + '"').getBytes(StandardCharsets.US_ASCII);

    private final byte[] text;
    private final Predicate<String> isSecret;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int at;
    private int copied;

    private JsonMask(byte[] text, Predicate<String> isSecret) {
        this.text = text;
        this.isSecret = isSecret;
    }

    /**
     * The text with values masked; the same array if it has none of them.
     *
     * @param isSecret whether a member of that name is one
     */
    static byte[] mask(byte[] text, Predicate<String> isSecret) {
        return new JsonMask(text, isSecret).masked();
    }

    private byte[] masked() {
        while (at < text.length) {
            if (text[at] == '"') {
                member();
            } else {
                at++;
            }
        }
        if (copied == 0) {
            return text;
        }
        out.write(text, copied, text.length - copied);
        return out.toByteArray();
    }

    /** A string, and if a colon follows what it names. */
    private void member() {
        int begin = at + 1;
        skipString();
        int end = at - 1;
        skipBlanks();
        if (at < text.length && text[at] == ':' && isSecret.test(name(begin, end))) {
            at++;
            skipBlanks();
            out.write(text, copied, at - copied);
            out.writeBytes(MASK);
            skipValue();
            copied = at;
        }
    }

    private String name(int begin, int end) {
        String raw = new String(text, begin, Math.max(0, end - begin), StandardCharsets.UTF_8);
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            boolean escape = raw.charAt(i) == '\\' && i + 1 < raw.length();
            if (escape && raw.startsWith("u", i + 1) && raw.substring(i).matches("(?s)\\\\u[0-9a-fA-F]{4}.*")) {
                name.append((char) Integer.parseInt(raw.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                name.append(raw.charAt(escape ? ++i : i));
            }
        }
        return name.toString();
    }

    private void skipBlanks() {
        while (at < text.length && text[at] >= 0 && text[at] <= ' ') {
            at++;
        }
    }

    /** To behind its end, from its first quote. */
    private void skipString() {
        at++;
        while (at < text.length && text[at] != '"') {
            at += text[at] == '\\' ? 2 : 1;
        }
        at = Math.min(at + 1, text.length);
    }

    private void skipValue() {
        int depth = 0;
        do {
            byte next = at < text.length ? text[at] : 0;
            if (next == '"') {
                skipString();
            } else if (next == '{' || next == '[') {
                depth++;
                at++;
            } else if (depth > 0) {
                depth -= next == '}' || next == ']' ? 1 : 0;
                at++;
            } else {
                skipWord();
            }
        } while (depth > 0 && at < text.length);
        at = Math.min(at, text.length);
    }

    /** A number, {@code true}, {@code false} or {@code null}. */
    private void skipWord() {
        while (at < text.length && ",}]".indexOf(text[at]) < 0 && (text[at] > ' ' || text[at] < 0)) {
            at++;
        }
    }
}
