package io.nucleon.spec.yaml;

import java.util.List;
import java.util.Map;

/**
 * Writes a tree as YAML in block style or as JSON. What is read back from either is the same tree, places and styles of writing
 * aside. Aliases come out expanded, comments are lost.
 */
public final class NodeWriter {
    private static final String STEP = "  ";

    private final StringBuilder out = new StringBuilder();

    private NodeWriter() {}

    /** YAML, ended by a line end. */
    public static String yaml(Node node) {
        var writer = new NodeWriter();
        switch (node) {
            case MapNode map when !map.isEmpty() -> writer.map(map, "");
            case ListNode list when !list.items().isEmpty() -> writer.list(list, "");
            default -> writer.value(node, "");
        }
        return writer.out.toString();
    }

    /** JSON in one line, without a line end. */
    public static String json(Node node) {
        var writer = new NodeWriter();
        writer.json(node.plain());
        return writer.out.toString();
    }

    private void map(MapNode map, String indent) {
        for (MapNode.Entry entry : map.entries()) {
            out.append(indent)
                    .append(PlainText.isSafe(entry.key()) ? entry.key() : quoted(entry.key()))
                    .append(':');
            below(entry.value(), indent);
        }
    }

    private void list(ListNode list, String indent) {
        for (Node item : list.items()) {
            out.append(indent).append('-');
            if (item instanceof MapNode map && !map.isEmpty()) {
                int start = out.length();
                map(map, indent + STEP);
                // The first key stands behind the dash, in the column of the others.
                out.delete(start, start + indent.length() + 1);
            } else {
                below(item, indent);
            }
        }
    }

    private void below(Node node, String indent) {
        switch (node) {
            case MapNode map
            when !map.isEmpty() -> {
                out.append('\n');
                map(map, indent + STEP);
            }
            case ListNode list
            when !list.items().isEmpty() -> {
                out.append('\n');
                list(list, indent + STEP);
            }
            default -> {
                out.append(' ');
                value(node, indent);
            }
        }
    }

    private void value(Node node, String indent) {
        switch (node) {
            case MapNode ignored -> out.append("{}\n");
            case ListNode ignored -> out.append("[]\n");
            case ScalarNode scalar
            when !scalar.quoted() ->
                out.append(scalar.text().isEmpty() ? "null" : plainOrQuoted(scalar.text()))
                        .append('\n');
            case ScalarNode scalar when PlainText.isBlock(scalar.text()) -> block(scalar.text(), indent + STEP);
            case ScalarNode scalar -> text(scalar.text());
        }
    }

    /** A text that would be read as something else gets quotes. */
    private void text(String text) {
        boolean plain = PlainText.isSafe(text)
                && Scalars.resolve(text) instanceof String
                && Scalars.bool(text).isEmpty();
        out.append(plain ? text : quoted(text)).append('\n');
    }

    private static String plainOrQuoted(String text) {
        boolean isText = Scalars.resolve(text) instanceof String;
        return isText && !PlainText.isSafe(text) ? quoted(text) : text;
    }

    private void block(String text, String indent) {
        boolean ended = text.endsWith("\n");
        out.append(ended ? "|\n" : "|-\n");
        for (String line : (ended ? text.substring(0, text.length() - 1) : text).split("\n", -1)) {
            out.append(line.isEmpty() ? "" : indent).append(line).append('\n');
        }
    }

    private void json(Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                String separator = "{";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.append(separator)
                            .append(quoted(String.valueOf(entry.getKey())))
                            .append(':');
                    json(entry.getValue());
                    separator = ",";
                }
                out.append(map.isEmpty() ? "{}" : "}");
            }
            case List<?> list -> {
                String separator = "[";
                for (Object item : list) {
                    out.append(separator);
                    json(item);
                    separator = ",";
                }
                out.append(list.isEmpty() ? "[]" : "]");
            }
            case String text -> out.append(quoted(text));
            case Double number when number.isNaN() || number.isInfinite() -> out.append(quoted(number.toString()));
            case null -> out.append("null");
            default -> out.append(value);
        }
    }

    /** A JSON string, which YAML's double quotes read the same way. */
    private static String quoted(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' '
                            || (c >= 0x7F && c < 0xA0)
                            || c == 0x2028
                            || c == 0x2029
                            || c == 0xFEFF
                            || c >= 0xFFFE) {
                        quoted.append("\\u")
                                .append(Integer.toHexString(0x10000 | c).substring(1));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
