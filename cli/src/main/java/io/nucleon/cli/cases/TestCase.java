package io.nucleon.cli.cases;

import io.nucleon.spec.yaml.Position;

/**
 * One case: an event and what must come of it. Immutable.
 *
 * @param file its name, without folders
 * @param skip why it is left out; empty if it isn't
 */
public record TestCase(String file, String name, Position position, TestEvent event, Expected expected, String skip) {

    /** Whether its log records are looked at, so that they must be asked for. */
    public boolean wantsLogs() {
        return !expected.logs().isEmpty();
    }
}
