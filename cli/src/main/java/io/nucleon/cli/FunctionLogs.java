package io.nucleon.cli;

import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.host.JsonReader;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The log lines of one event, as nuclio's header {@code X-Nuclio-Logs} carries them. Stateless. */
final class FunctionLogs {
    static final String HEADER = "X-Nuclio-Logs";
    private static final Set<String> OWN_PLACE = Set.of("time", "level", "message", "name");

    private FunctionLogs() {}

    /** A line a record: time, level, message, then the fields as {@code k=v}. Empty for what is no such header. */
    static String text(String header, Look look, ZoneId zone) {
        StringBuilder text = new StringBuilder();
        for (Object item : JsonReader.array(header).orElse(List.of())) {
            JsonReader.asObject(item).ifPresent(record -> line(record, look, zone, text));
        }
        return text.toString();
    }

    private static void line(Map<String, Object> record, Look look, ZoneId zone, StringBuilder text) {
        String level = JsonReader.text(record, "level").toLowerCase(Locale.ROOT);
        text.append("  | ")
                .append(look.paint(Role.MUTED, time(record, zone)))
                .append("  ")
                .append(look.paint(role(level), String.format(Locale.ROOT, "%-5s", Look.harmless(level))))
                .append("  ")
                .append(oneLine(JsonReader.text(record, "message")));
        record.forEach((name, value) -> {
            if (!OWN_PLACE.contains(name)) {
                text.append("  ")
                        .append(look.paint(Role.MUTED, oneLine(name) + "="))
                        .append(oneLine(String.valueOf(value)));
            }
        });
        text.append('\n');
    }

    private static String time(Map<String, Object> record, ZoneId zone) {
        return DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT)
                .format(Instant.ofEpochMilli(JsonReader.number(record, "time")).atZone(zone));
    }

    private static Role role(String level) {
        return switch (level) {
            case "error" -> Role.ERROR;
            case "warn", "warning" -> Role.WARN;
            default -> Role.MUTED;
        };
    }

    private static String oneLine(String text) {
        return Look.harmless(text).replace("\n", "\\n");
    }
}
