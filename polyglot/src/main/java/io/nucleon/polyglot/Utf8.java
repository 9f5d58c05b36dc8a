package io.nucleon.polyglot;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The text of a language as bytes: what no Unicode is (half of a pair) becomes U+FFFD, where Java's own encoder would write '?'. Stateless. */
final class Utf8 {

    private Utf8() {}

    static byte[] bytes(String text) {
        return isWhole(text) ? text.getBytes(UTF_8) : whole(text).getBytes(UTF_8);
    }

    private static boolean isWhole(String text) {
        // One byte a character, nearly always: then the loop is left at once by the JIT's vectors.
        return text.chars().noneMatch(one -> Character.isSurrogate((char) one));
    }

    private static String whole(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints()
                .forEach(one -> whole.appendCodePoint(
                        one >= Character.MIN_SURROGATE && one <= Character.MAX_SURROGATE ? 0xFFFD : one));
        return whole.toString();
    }
}
