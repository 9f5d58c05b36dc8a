package io.nuclio.testing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line that a handler logged. Immutable as far as its values are.
 *
 * @param message with arguments filled in
 * @param fields in the order in which they were given; empty for the plain methods
 */
public record LogEntry(Level level, String message, Map<String, Object> fields) {

    /** Levels of {@link io.nuclio.Logger}, lowest first. */
    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /** Copies the fields; a value may be null. */
    public LogEntry {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
