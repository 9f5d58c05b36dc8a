package io.nucleon.invoke;

/**
 * One record that a handler logged.
 *
 * @param level 0 debug, 1 info, 2 warning, 3 error
 * @param with JSON object text of the record's fields as the worker sent it (unchecked), empty for none
 */
public record LogRecord(int level, long timeNanos, int worker, String message, String with) {}
