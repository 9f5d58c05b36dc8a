package io.nucleon.log;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.event.Level;

/**
 * One record on its way to a sink. Immutable.
 *
 * @param timeNanos ns since 1970
 * @param name of the logger as shown
 * @param with JSON object text of a handler's fields, as the worker sent it and unchecked; empty for none
 * @param thrown null for none
 */
public record LogEvent(
        long timeNanos,
        Level level,
        String name,
        String message,
        List<LogField> fields,
        String with,
        Throwable thrown) {

    /** A longer message is cut; a queue of records must stay a bounded amount of memory. */
    private static final int MAX_MESSAGE = 32_768;
    /** A longer {@code with} is not parsed, only quoted in part. */
    static final int MAX_WITH = 65_536;

    public LogEvent {
        message = cut(message, MAX_MESSAGE);
        fields = List.copyOf(fields);
        with = with == null ? "" : cut(with, MAX_WITH + 1);
    }

    /** A record of the processor's own. */
    static LogEvent of(long timeNanos, Level level, String name, String message, LogField... fields) {
        return new LogEvent(timeNanos, level, name, message, List.of(fields), "", null);
    }

    /** The same with one more field. */
    LogEvent and(String key, Object value) {
        List<LogField> more = new ArrayList<>(fields);
        more.add(new LogField(key, value));
        return new LogEvent(timeNanos, level, name, message, more, with, thrown);
    }

    /** About how many bytes it holds. */
    int cost() {
        int characters = message.length() + with.length();
        for (LogField field : fields) {
            characters += field.value() instanceof String text ? text.length() : 0;
        }
        return 200 + 2 * characters;
    }

    /** The text, or its beginning with a word on how much is missing. */
    static String cut(String text, int max) {
        if (text == null) {
            return "null";
        }
        return text.length() <= max
                ? text
                : text.substring(0, max) + "… (" + (text.length() - max) + " characters more)";
    }
}
