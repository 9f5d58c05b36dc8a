package io.nucleon.journal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces the contents of some parts of a {@code multipart/form-data} body (RFC 7578) and leaves every other byte alone. A body that breaks
 * off is masked as far as it goes. Stateless.
 */
final class MultipartMask {

    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)^multipart/form-data\\s*;(?:.*;)?\\s*boundary=(?:\"([^\"]+)\"|([^\\s;]+))");
    private static final Pattern NAME = Pattern.compile(
            "(?im)^content-disposition:[^\\r\\n]*;\\s*name=(?:\"((?:[^\"\\\\\\r\\n]|\\\\.)*)\"|([^\\s;]+))");
    private static final String BLANK_LINE = "\r\n\r\n";

    private MultipartMask() {}

    /** What separates the parts of a body of that type; null if it is of another. */
    static String boundary(String contentType) {
        if (!contentType.regionMatches(true, 0, "multipart/", 0, "multipart/".length())) {
            return null;
        }
        Matcher matcher = BOUNDARY.matcher(contentType);
        return matcher.find() ? matcher.group(matcher.group(1) == null ? 2 : 1) : null;
    }

    /**
     * The body with contents masked; the same array if no part has such a name.
     *
     * @param isSecret whether a part of that name is one
     */
    static byte[] mask(byte[] body, String boundary, Predicate<String> isSecret) {
        // a byte is a character and comes back as it was
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String line = "--" + new String(boundary.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
        int copied = 0;
        int part = text.startsWith(line) ? 0 : next(text, line, 0);
        while (part < text.length()) {
            int end = next(text, line, part + line.length());
            int blank = text.indexOf(BLANK_LINE, part);
            int begin = blank < 0 || blank >= end ? end : blank + BLANK_LINE.length();
            if (begin < end && isSecret.test(name(text.substring(part, begin)))) {
                out.write(body, copied, begin - copied);
                out.writeBytes(Secrets.MASK.getBytes(StandardCharsets.US_ASCII));
                copied = end;
            }
            part = end + (end < text.length() ? "\r\n".length() : 0);
        }
        if (copied == 0) {
            return body;
        }
        out.write(body, copied, body.length - copied);
        return out.toByteArray();
    }

    /** Where the line end before the next boundary is; the end of the text if there is none. */
    private static int next(String text, String line, int from) {
        int at = text.indexOf("\r\n" + line, from);
        return at < 0 ? text.length() : at;
    }

    /** Of a part, by its head; empty if it has none. */
    private static String name(String head) {
        Matcher matcher = NAME.matcher(head);
        if (!matcher.find()) {
            return "";
        }
        String quoted = matcher.group(1);
        String name = quoted == null ? matcher.group(2) : quoted.replaceAll("\\\\(.)", "$1");
        return new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
