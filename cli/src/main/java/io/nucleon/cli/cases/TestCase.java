package io.nucleon.cli.cases;

import io.nucleon.spec.yaml.Position;
import java.util.List;

/**
 * One case: an event and what must come of it. Immutable.
 *
 * @param file its name, without folders
 * @param skip why it is left out; empty if it isn't
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record TestCase(
        String file,
        String name,
        Position position,
        String method,
        String path,
        List<NamedValue> headers,
        byte[] body,
        Expected expected,
        String skip) {

    public TestCase {
        headers = List.copyOf(headers);
    }

    /** Whether its log records are looked at, so that they must be asked for. */
    public boolean wantsLogs() {
        return !expected.logs().isEmpty();
    }
}
