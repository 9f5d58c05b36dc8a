package io.nucleon.cli;

import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.JsonWriter;
import io.nucleon.host.JsonReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes results that programs read: JSON on one line, or the same as YAML. Stateless. */
final class Documents {
    private Documents() {}

    /** A document begun, with its version and kind. */
    static JsonWriter begin(String kind) {
        JsonWriter json = new JsonWriter().object();
        json.name("apiVersion").value("v1").name("kind").value(kind);
        return json;
    }

    /** Writes a whole document in the form that was asked for. */
    static void print(Terminal terminal, Output output, String json) {
        if (output == Output.YAML) {
            Map<String, Object> document = JsonReader.object(json).orElseThrow();
            StringBuilder yaml = new StringBuilder("---\n");
            mapping(document, "", yaml);
            terminal.out().print(yaml);
        } else {
            terminal.out().println(json);
        }
    }

    /** Refuses forms that a verb has no use for. */
    static void refuse(Output output, Output refused) {
        if (output == refused) {
            throw UsageError.badValue(
                    "--output", output.toString(), "there is no such form here", "values: text, json, yaml");
        }
    }

    private static void mapping(Map<String, Object> mapping, String indent, StringBuilder yaml) {
        mapping.forEach((name, value) -> {
            yaml.append(indent)
                    .append(plain(name) ? name : new JsonWriter().value(name))
                    .append(':');
            value(value, indent, yaml);
        });
    }

    private static void value(Object value, String indent, StringBuilder yaml) {
        switch (value) {
            case Map<?, ?> map
            when !map.isEmpty() -> mapping(JsonReader.asObject(map).orElseThrow(), indent + "  ", yaml.append('\n'));
            case Map<?, ?> empty -> yaml.append(" {}\n");
            case List<?> list
            when !list.isEmpty() -> {
                yaml.append('\n');
                for (Object item : list) {
                    yaml.append(indent).append("-");
                    value(item, indent + "  ", yaml);
                }
            }
            case List<?> empty -> yaml.append(" []\n");
            // JSON's quoted form is YAML's too, and never means anything but a text.
            case String text ->
                yaml.append(' ').append(new JsonWriter().value(text)).append('\n');
            case BigDecimal number ->
                yaml.append(' ').append(number.toPlainString()).append('\n');
            case null -> yaml.append(" null\n");
            default -> yaml.append(' ').append(value).append('\n');
        }
    }

    private static boolean plain(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'))
                && Character.isLetter(name.charAt(0))
                && !List.of("true", "false", "null", "yes", "no", "on", "off", "y", "n")
                        .contains(name.toLowerCase(Locale.ROOT));
    }
}
