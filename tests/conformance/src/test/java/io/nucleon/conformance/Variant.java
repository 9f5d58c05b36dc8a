package io.nucleon.conformance;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A language and how its handlers are reached.
 *
 * @param way {@code shm} and {@code unix} are transports; any other word is a way of the runtime's own
 */
record Variant(Language language, String way) {

    private static final Set<String> TRANSPORTS = Set.of("shm", "unix");

    /** {@code python-shm}, as the table and file names spell it. */
    String word() {
        return language.name() + "-" + way;
    }

    /** What {@code nucleon run} is told. */
    List<String> options() {
        return TRANSPORTS.contains(way) ? List.of("--transport", way) : List.of();
    }

    /** What it adds to a function's {@code spec}. */
    Map<String, Object> spec() {
        return language.ways().get(way);
    }

    @Override
    public String toString() {
        return word();
    }
}
