package io.nucleon.support;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One HTTP answer as it came. Immutable but for the array, which belongs to whoever holds the answer.
 *
 * @param headerLines as received, in order
 * @param body without its framing
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record RawAnswer(int status, String statusLine, List<String> headerLines, byte[] body) {

    public RawAnswer {
        headerLines = List.copyOf(headerLines);
    }

    /** The last value of that name in any case; null if there is none. */
    public String header(String name) {
        List<String> all = headers(name);
        return all.isEmpty() ? null : all.getLast();
    }

    /** All values of that name in any case. */
    public List<String> headers(String name) {
        List<String> found = new ArrayList<>();
        for (String line : headerLines) {
            int colon = line.indexOf(':');
            if (line.substring(0, colon).equalsIgnoreCase(name)) {
                found.add(line.substring(colon + 1).trim());
            }
        }
        return found;
    }

    /** The names as they were spelled. */
    public List<String> headerNames() {
        return headerLines.stream()
                .map(line -> line.substring(0, line.indexOf(':')))
                .toList();
    }

    /** The body read as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
