package io.nucleon.cli;

import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.host.JsonReader;
import io.nucleon.host.JsonTree;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A line of a function's log for a reader: time, level, function, event, text, fields. Safe for many threads once it is set up. */
final class LogLine {
    private static final int SHORT_ID = 8;
    private static final List<String> LEVELS = List.of("debug", "info", "warn", "error");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final Look look;
    private final ZoneId zone;
    private final boolean isTerminal;
    private boolean named;

    LogLine(Look look, ZoneId zone, boolean isTerminal) {
        this.look = look;
        this.zone = zone;
        this.isTerminal = isTerminal;
    }

    /** Whether lines say whose they are. */
    void named(boolean is) {
        named = is;
    }

    /** How important a level is; what a handler prints is info. */
    static int rank(String level) {
        return level.equals("out") || level.equals("err") ? 1 : LEVELS.indexOf(level);
    }

    String of(Map<String, Object> line) {
        String level = JsonReader.text(line, "level");
        Instant time = Instant.ofEpochMilli(JsonReader.number(line, "time"));
        String event = JsonReader.text(line, "event");
        StringBuilder fields = new StringBuilder();
        JsonReader.object(JsonReader.text(line, "with"))
                .ifPresent(members -> members.forEach((name, value) -> fields.append("  ")
                        .append(look.paint(Role.MUTED, oneLine(name) + "="))
                        .append(oneLine(value instanceof String text ? text : JsonTree.text(value)))));
        String gap = isTerminal ? "  " : "\t";
        StringBuilder text = new StringBuilder()
                .append(isTerminal ? look.paint(Role.MUTED, TIME.format(time.atZone(zone))) : time.toString())
                .append(gap)
                .append(look.paint(role(level), isTerminal ? String.format(Locale.ROOT, "%-5s", level) : level));
        if (named || !isTerminal) {
            text.append(gap).append(look.paint(Role.STRONG, oneLine(JsonReader.text(line, "function"))));
        }
        String id = isTerminal && event.length() > SHORT_ID ? event.substring(0, SHORT_ID) : event;
        if (!isTerminal || !id.isEmpty()) {
            text.append(gap).append(look.paint(Role.MUTED, oneLine(id)));
        }
        return look.symbols(text.append(gap)
                .append(oneLine(JsonReader.text(line, "message")))
                .append(fields)
                .toString());
    }

    private static Role role(String level) {
        return switch (level) {
            case "error" -> Role.ERROR;
            case "warn", "err" -> Role.WARN;
            case "out" -> Role.ACCENT;
            default -> Role.MUTED;
        };
    }

    private static String oneLine(String text) {
        return Look.harmless(text).replace("\n", "\\n").replace("\t", "  ");
    }
}
