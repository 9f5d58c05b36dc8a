package io.nuclio.testing;

import io.nuclio.Logger;
import io.nuclio.testing.LogEntry.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A logger that keeps every line, in the order of the calls. Safe for many threads. */
public final class RecordingLogger implements Logger {

    private final List<LogEntry> entries = new CopyOnWriteArrayList<>();

    /** The lines so far; a copy. */
    public List<LogEntry> entries() {
        return List.copyOf(entries);
    }

    /** The messages so far, of that level only; a copy. */
    public List<String> messages(Level level) {
        return entries.stream()
                .filter(entry -> entry.level() == level)
                .map(LogEntry::message)
                .toList();
    }

    @Override
    public void error(String format, Object... args) {
        record(Level.ERROR, format, args);
    }

    @Override
    public void warn(String format, Object... args) {
        record(Level.WARN, format, args);
    }

    @Override
    public void info(String format, Object... args) {
        record(Level.INFO, format, args);
    }

    @Override
    public void debug(String format, Object... args) {
        record(Level.DEBUG, format, args);
    }

    @Override
    public void errorWith(String message, Object... vars) {
        recordWith(Level.ERROR, message, vars);
    }

    @Override
    public void warnWith(String message, Object... vars) {
        recordWith(Level.WARN, message, vars);
    }

    @Override
    public void infoWith(String message, Object... vars) {
        recordWith(Level.INFO, message, vars);
    }

    @Override
    public void debugWith(String message, Object... vars) {
        recordWith(Level.DEBUG, message, vars);
    }

    private void record(Level level, String format, Object[] args) {
        entries.add(new LogEntry(level, String.format(format, args), Map.of()));
    }

    private void recordWith(Level level, String message, Object[] vars) {
        entries.add(new LogEntry(level, message, fields(message, vars)));
    }

    private static Map<String, Object> fields(String message, Object[] vars) {
        if (vars.length % 2 != 0) {
            System.err.printf(
                    "log line '%s' has no fields: %d keys and values don't make pairs%n", message, vars.length);
            return Map.of();
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < vars.length; i += 2) {
            fields.put(String.valueOf(vars[i]), vars[i + 1]);
        }
        return fields;
    }
}
