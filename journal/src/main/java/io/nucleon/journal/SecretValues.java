package io.nucleon.journal;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * Secrets that are known by their value, such as those of the function's environment: masked wherever they stand, as they are and as queries
 * and JSON write them. What a journal writes is looked through once, a table look-up a byte. Kept in memory alone. Immutable.
 */
public final class SecretValues {

    /** None are known. */
    public static final SecretValues NONE = new SecretValues(Set.of());

    /** Shorter ones are words and numbers that stand everywhere: masking those would spoil what is kept. */
    private static final int LEAST = 8;

    private static final byte[] MASK = Secrets.MASK.getBytes(StandardCharsets.US_ASCII);

    /** Longest first, so that of two that begin alike all is masked. */
    private final byte[][] patterns;
    /** By first byte: whether a pattern begins with it. */
    private final boolean[] begins = new boolean[256];

    private SecretValues(Set<String> texts) {
        patterns = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .sorted(Comparator.comparingInt((byte[] bytes) -> bytes.length).reversed())
                .toArray(byte[][]::new);
        for (byte[] pattern : patterns) {
            begins[pattern[0] & 0xff] = true;
        }
    }

    /** Those of at least 8 characters. */
    public static SecretValues of(Collection<String> values) {
        Set<String> texts = new HashSet<>();
        for (String value : values) {
            if (value.length() >= LEAST) {
                String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
                texts.add(value);
                texts.add(encoded);
                texts.add(encoded.replace("+", "%20"));
                texts.add(value.replace("\\", "\\\\").replace("\"", "\\\""));
            }
        }
        return texts.isEmpty() ? NONE : new SecretValues(texts);
    }

    boolean isNone() {
        return patterns.length == 0;
    }

    /** The text with each of them masked; the same if it has none. */
    String mask(String text) {
        if (isNone() || text.length() < LEAST) {
            return text;
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        ByteBuffer masked = mask(bytes);
        return masked.equals(bytes)
                ? text
                : StandardCharsets.UTF_8.decode(masked).toString();
    }

    /** The bytes with each of them masked; the same buffer if it has none. */
    ByteBuffer mask(ByteBuffer bytes) {
        if (isNone()) {
            return bytes;
        }
        ByteArrayOutputStream out = null;
        int copied = bytes.position();
        int at = copied;
        while (at < bytes.limit()) {
            int length = begins[bytes.get(at) & 0xff] ? lengthAt(bytes, at) : 0;
            if (length == 0) {
                at++;
                continue;
            }
            out = out == null ? new ByteArrayOutputStream(bytes.remaining()) : out;
            copy(bytes, copied, at, out);
            out.writeBytes(MASK);
            at += length;
            copied = at;
        }
        if (out == null) {
            return bytes;
        }
        copy(bytes, copied, at, out);
        return ByteBuffer.wrap(out.toByteArray());
    }

    private static void copy(ByteBuffer bytes, int from, int to, ByteArrayOutputStream out) {
        byte[] part = new byte[to - from];
        bytes.get(from, part);
        out.writeBytes(part);
    }

    /** Of the pattern that stands there; 0 for none. */
    private int lengthAt(ByteBuffer bytes, int at) {
        for (byte[] pattern : patterns) {
            int i = 0;
            while (i < pattern.length && at + i < bytes.limit() && bytes.get(at + i) == pattern[i]) {
                i++;
            }
            if (i == pattern.length) {
                return i;
            }
        }
        return 0;
    }

    /** How many, never which. */
    @Override
    public String toString() {
        return "SecretValues[" + patterns.length + "]";
    }
}
