package io.nucleon.runtime.shell;

import io.nucleon.invoke.Event;
import java.nio.charset.StandardCharsets;

/**
 * Each event and each answer is a line that says how long its body is, and the body.
 *
 * <pre>
 *   event:   LENGTH ID METHOD PATH CONTENT-TYPE \n BODY
 *   answer:  LENGTH [STATUS [CONTENT-TYPE]] \n BODY
 * </pre>
 *
 * <p>In an event's line, what is empty is a dash, and blanks in id, method and path are percent-encoded; the content type comes last, since
 * it may have blanks.
 */
final class LengthFrames implements Frames {

    private static final int OK = 200;
    private static final byte[] NOTHING = {};
    private static final int MOST_OF_A_LINE = 8 * 1024;
    private static final int MOST_BODY = 1 << 30;

    private static final int DECIMAL = 10;
    private static final int PARTS = 3;

    @Override
    public Refusal refusal(Event event) {
        return null;
    }

    @Override
    public byte[] before(Event event) {
        String type = event.contentType().replaceAll("[\\r\\n]", " ");
        return (event.bodyLength() + " " + word(event.id()) + " " + word(event.method()) + " " + word(event.path())
                        + " " + (type.isEmpty() ? "-" : type) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String word(String text) {
        if (text.isEmpty()) {
            return "-";
        }
        StringBuilder word = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7f) {
                if (word == null) {
                    word = new StringBuilder().append(text, 0, i);
                }
                word.append('%')
                        .append(Character.forDigit(c >> 4, 16))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            } else if (word != null) {
                word.append(c);
            }
        }
        return word == null ? text : word.toString();
    }

    @Override
    public int bodyLength(Event event) {
        return event.bodyLength();
    }

    @Override
    public byte[] behind() {
        return NOTHING;
    }

    @Override
    public Found find(byte[] bytes, int from, int to) throws BrokenFrameException {
        int lineEnd = from;
        while (lineEnd < to && bytes[lineEnd] != '\n') {
            lineEnd++;
        }
        if (lineEnd - from > MOST_OF_A_LINE) {
            throw new BrokenFrameException("an answer's first line is longer than " + MOST_OF_A_LINE + " bytes");
        }
        if (lineEnd == to) {
            return null;
        }
        int length = number(bytes, from, lineEnd);
        if ((long) lineEnd + 1 + length > to) {
            return null;
        }
        if (lengthEnd(bytes, from, lineEnd) == lineEnd) {
            return new Found(lineEnd + 1, length, lineEnd + 1 + length, OK, "");
        }
        String[] parts = new String(bytes, from, lineEnd - from, StandardCharsets.UTF_8)
                .strip()
                .split(" +", PARTS);
        int status = parts.length > 1 ? status(parts[1]) : OK;
        String type = parts.length > 2 ? parts[2] : "";
        return new Found(lineEnd + 1, length, lineEnd + 1 + length, status, type);
    }

    private static int lengthEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != ' ') {
            at++;
        }
        return at;
    }

    private static int number(byte[] bytes, int from, int to) throws BrokenFrameException {
        int end = lengthEnd(bytes, from, to);
        long number = 0;
        for (int i = from; i < end && number <= MOST_BODY; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                throw noLength(bytes, from, to);
            }
            number = number * DECIMAL + digit;
        }
        if (end == from || number > MOST_BODY) {
            throw noLength(bytes, from, to);
        }
        return (int) number;
    }

    private static int status(String word) throws BrokenFrameException {
        if (!word.matches("[1-9]\\d\\d")) {
            throw new BrokenFrameException("an answer's status is no number from 100 to 999");
        }
        return Integer.parseInt(word);
    }

    private static BrokenFrameException noLength(byte[] bytes, int from, int to) {
        String seen = new String(bytes, from, Math.min(to - from, 40), StandardCharsets.UTF_8);
        return new BrokenFrameException(
                "an answer begins with '" + seen.replaceAll("\\p{Cntrl}", "?") + "' instead of its length");
    }
}
