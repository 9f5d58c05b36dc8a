package io.nuclio;

/**
 * A handler's log. Safe for many threads.
 *
 * <p>The plain methods take a format as {@link String#format(String, Object...)} does. The {@code …With} methods take a
 * message as it is, followed by keys and values in turn ({@code "path", path, "bytes", 12}), which become fields of the
 * record. With an odd number of them the record is written without fields and the mistake is reported on standard error.
 */
public interface Logger {

    void error(String format, Object... args);

    void warn(String format, Object... args);

    void info(String format, Object... args);

    void debug(String format, Object... args);

    void errorWith(String message, Object... vars);

    void warnWith(String message, Object... vars);

    void infoWith(String message, Object... vars);

    void debugWith(String message, Object... vars);
}
