package io.nucleon.trigger.http;

import io.netty.util.AsciiString;
import io.nucleon.invoke.LogRecord;
import io.nucleon.trigger.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * Collects what a handler logs for the header {@code X-Nuclio-Logs}: a JSON array, left out altogether when it is larger than nuclio's
 * 4,096 bytes. Any thread; a handler may log from several.
 */
final class LogCapture {

    /** As in nuclio: an array of this many bytes or more is not sent. */
    private static final int MAX_BYTES = 4096;

    private static final AsciiString LOGS = HeaderNames.canonical("X-Nuclio-Logs");
    private static final String[] LEVELS = {"debug", "info", "warn", "error"};

    private final int level;
    private final String name;
    private final StringBuilder json = new StringBuilder("[");
    private boolean overflown;

    /**
     * A capture of the level that the request names, of everything if it names none that there is.
     *
     * @param name what the records are said to come from: the trigger
     */
    LogCapture(String level, String name) {
        this.level = switch (level) {
            case "info" -> 1;
            case "warn", "warning" -> 2;
            case "error" -> 3;
            default -> 0;
        };
        this.name = name;
    }

    synchronized void add(LogRecord logged) {
        if (logged.level() < level || overflown) {
            return;
        }
        if (json.length() > 1) {
            json.append(',');
        }
        int rank = Math.clamp(logged.level(), 0, LEVELS.length - 1);
        json.append("{\"level\":\"").append(LEVELS[rank]).append("\",\"time\":");
        time(logged.timeNanos());
        json.append(",\"name\":");
        quote(name);
        json.append(",\"message\":");
        quote(logged.message());
        fields(logged.with());
        json.append('}');
        overflown = json.length() >= MAX_BYTES;
    }

    /** The fields as the worker wrote them, on the record's own level; nothing if they are no JSON object. */
    private void fields(String with) {
        byte[] text = with.getBytes(StandardCharsets.UTF_8);
        JsonObject.parse(text)
                .ifPresent(object -> object.members().forEach((key, value) -> {
                    json.append(',');
                    quote(key);
                    json.append(':').append(new String(value.raw(), StandardCharsets.UTF_8));
                }));
    }

    /** Milliseconds with a fraction, as nuclio's logger has them. */
    private void time(long nanos) {
        long micros = nanos / 1000;
        json.append(micros / 1000).append('.');
        int rest = (int) Math.floorMod(micros, 1000L);
        json.append(rest / 100).append(rest / 10 % 10).append(rest % 10);
    }

    private void quote(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        json.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }

    /** Writes the header. */
    synchronized void write(ResponseHead head) {
        byte[] array = (json + "]").getBytes(StandardCharsets.UTF_8);
        if (!overflown && array.length < MAX_BYTES) {
            head.header(LOGS, array, 0, array.length);
        }
    }
}
