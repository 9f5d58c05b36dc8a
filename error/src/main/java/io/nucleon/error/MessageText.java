package io.nucleon.error;

import io.nucleon.error.Look.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The three forms of a message: several lines for a terminal, one for a log, JSON for a program. Stateless. */
public final class MessageText {
    /** Two actions share a line up to here; longer ones get a line each. */
    private static final int WIDE = 100;

    /** Where the number of a source line ends, so that carets of several messages line up. */
    private static final int NUMBER_WIDTH = 12;

    /** How many of one code are shown in full. */
    private static final int SHOWN = 3;

    private static final String INDENT = "        ";

    private MessageText() {}

    /** For a terminal; every line ends with a line end. */
    public static String terminal(ErrorMessage message, Look look) {
        StringBuilder text = new StringBuilder();
        body(message, look, text);
        explain(message, look, text);
        return text.toString();
    }

    /** Several messages for a terminal: of each code at most three in full and the number of those left out. */
    public static String terminal(List<ErrorMessage> messages, Look look) {
        Map<ErrorCode, List<ErrorMessage>> byCode = new LinkedHashMap<>();
        for (ErrorMessage message : messages) {
            byCode.computeIfAbsent(message.code(), code -> new ArrayList<>()).add(message);
        }
        StringBuilder text = new StringBuilder();
        for (List<ErrorMessage> kind : byCode.values()) {
            kind.stream().limit(SHOWN).forEach(message -> body(message, look, text));
            if (kind.size() > SHOWN) {
                text.append(INDENT).append(kind.size() - SHOWN).append(" more like this\n");
            }
            explain(kind.getFirst(), look, text);
        }
        return text.toString();
    }

    /** For a log: {@code NUC-2001 what: why; fix: what to do}, on one line whatever the parts hold. */
    public static String line(ErrorMessage message) {
        StringBuilder line =
                new StringBuilder(message.code().code()).append(' ').append(message.what());
        if (!message.why().isEmpty()) {
            line.append(": ").append(message.why());
        }
        if (!message.fix().isEmpty()) {
            line.append("; fix: ").append(String.join("; or: ", message.fix()));
        }
        return Look.harmless(line.toString()).replace("\n", " | ");
    }

    /**
     * For a program: {@code {"error":{"code":…,"title":…,"why":…,"fix":[…],"file":…,"line":…,"column":…,"event":…,"exit":…,"detail":…}}}.
     * The title is the sentence that a terminal shows first; what is not known is null. A warning or note is called so instead of error.
     */
    public static String json(ErrorMessage message) {
        Place place = message.place();
        JsonWriter json =
                new JsonWriter().object().name(message.severity().word()).object();
        json.name("code").value(message.code().code());
        json.name("title").value(message.what());
        json.name("why").value(orNull(message.why()));
        json.name("fix").array();
        message.fix().forEach(json::value);
        json.endArray();
        json.name("file").value(orNull(place.file()));
        number(json.name("line"), place.line());
        number(json.name("column"), place.column());
        json.name("event").value(orNull(message.event()));
        json.name("exit").value(message.code().exit());
        json.name("detail").value(orNull(message.detail()));
        return json.endObject().endObject().toString();
    }

    private static void body(ErrorMessage message, Look look, StringBuilder text) {
        text.append(look.paint(role(message.severity()), message.severity().word()))
                .append('[')
                .append(message.code().code())
                .append("]: ")
                .append(indented(message.what(), look))
                .append('\n');
        excerpt(message, look, text);
        if (!message.why().isEmpty()) {
            label("why", look, text).append(indented(message.why(), look)).append('\n');
        }
        if (!message.fix().isEmpty()) {
            label("do", look, text)
                    .append(indented(actions(message.fix()), look))
                    .append('\n');
        }
    }

    private static void explain(ErrorMessage message, Look look, StringBuilder text) {
        text.append(INDENT)
                .append(look.paint(
                        Role.MUTED, "nucleon explain " + message.code().code()))
                .append('\n');
    }

    private static StringBuilder label(String word, Look look, StringBuilder text) {
        return text.append("  ")
                .append(look.paint(Role.MUTED, word))
                .append(INDENT, 2 + word.length(), INDENT.length());
    }

    private static String actions(List<String> fix) {
        String together = String.join("   ", fix);
        return together.length() <= WIDE ? together : String.join("\n", fix);
    }

    private static String indented(String part, Look look) {
        return look.symbols(Look.harmless(part.stripTrailing())).replace("\n", "\n" + INDENT);
    }

    private static void excerpt(ErrorMessage message, Look look, StringBuilder text) {
        Place place = message.place();
        if (place.source().isBlank() || place.line() < 1) {
            return;
        }
        String source = Look.harmless(place.source()).replace('\t', ' ').replace('\n', ' ');
        String number = String.valueOf(place.line());
        text.append(" ".repeat(Math.max(0, NUMBER_WIDTH - number.length())))
                .append(look.paint(Role.MUTED, number + " |"))
                .append(' ')
                .append(source)
                .append('\n');
        if (place.column() < 1 || place.column() > place.source().length() + 1) {
            return;
        }
        String note = place.note().isEmpty() ? "" : " " + Look.harmless(place.note());
        text.append(" ".repeat(Math.max(NUMBER_WIDTH, number.length())))
                .append(look.paint(Role.MUTED, " |"))
                .append(' ')
                .append(" ".repeat(place.column() - 1))
                .append(look.paint(role(message.severity()), look.symbols("^" + note)))
                .append('\n');
    }

    private static Role role(Severity severity) {
        return switch (severity) {
            case ERROR -> Role.ERROR;
            case WARNING -> Role.WARN;
            case NOTE -> Role.ACCENT;
        };
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static void number(JsonWriter json, int number) {
        if (number > 0) {
            json.value(number);
        } else {
            json.value((String) null);
        }
    }
}
