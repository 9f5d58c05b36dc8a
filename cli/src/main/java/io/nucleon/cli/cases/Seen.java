package io.nucleon.cli.cases;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What came back. Immutable.
 *
 * @param logs the event's log records as nuclio's header carries them, a JSON array; empty if none were sent
 * @param millis in queue, handler and transport together
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record Seen(int status, List<NamedValue> headers, byte[] body, String logs, double millis) {

    /** All values of a header, in their order. */
    List<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(NamedValue::value)
                .toList();
    }

    /** The body as text; what is no UTF-8 shows as replacement characters. */
    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
