package io.nucleon.log;

/**
 * One field of a record.
 *
 * @param value a String, Boolean, Long, Double, {@link Json} or null; whatever else is given becomes text at once, so that nothing that
 *     may change later goes to another thread
 */
public record LogField(String key, Object value) {

    /** As much as a handler may send of all its fields; see {@link LogEvent#MAX_WITH}. */
    private static final int MAX_TEXT = 65_536;

    /** Text that was checked to be one JSON value, without line ends. */
    record Json(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    public LogField {
        value = switch (value) {
            case String text -> LogEvent.cut(text, MAX_TEXT);
            case Boolean is -> is;
            case Long number -> number;
            case Double number -> number;
            case Json json -> json;
            case null -> null;
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Byte number -> number.longValue();
            case Float number -> number.doubleValue();
            default -> text(value);
        };
    }

    private static String text(Object value) {
        try {
            return LogEvent.cut(String.valueOf(value), MAX_TEXT);
        } catch (RuntimeException e) {
            return "(" + value.getClass().getName() + ".toString() failed)";
        }
    }
}
