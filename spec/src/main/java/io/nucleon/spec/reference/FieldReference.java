package io.nucleon.spec.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is to be known of one field. Names that users choose stand as {@code NAME} in paths, list items as {@code []}: {@code
 * spec.triggers.NAME.kind}, {@code spec.env[].name}. Fields below Kubernetes' own types are not listed.
 *
 * @param type in a user's words; the words of a choice are separated by {@code /}
 * @param defaultValue as it would be written, empty when there is none
 * @param kinds of trigger that have it, for attributes; empty = all
 */
public record FieldReference(
        File file, String path, String type, String defaultValue, String meaning, Origin origin, String kinds) {
    /** The file that holds a field. */
    public enum File {
        FUNCTION("function.yaml"),
        PLATFORM("platform.yaml");

        private final String fileName;

        File(String fileName) {
            this.fileName = fileName;
        }

        public String fileName() {
            return fileName;
        }
    }

    /** Who knows a field. */
    public enum Origin {
        /** nuclio has it and it means the same. */
        NUCLIO,
        /** nuclio has it; it is accepted and kept and has no effect here. */
        KEPT,
        /** Nucleon's own; nuclio ignores it. */
        NUCLEON
    }

    private static final int COLUMNS = 5;

    /** All fields, in the order of a reference page. */
    public static List<FieldReference> all() {
        return Table.ALL;
    }

    /** The field at a path as somebody writes it: any letter case, real names in place of NAME, {@code [2]} in place of []. */
    public static Optional<FieldReference> find(String path) {
        return all().stream().filter(field -> field.matches(path)).findFirst();
    }

    /** The fields directly below a path, such as all of a trigger's for {@code spec.triggers.orders}. */
    public static List<FieldReference> below(String path) {
        return all().stream()
                .filter(field -> {
                    int end = Math.max(
                            field.path.lastIndexOf('.'), field.path.endsWith("[]") ? field.path.length() - 2 : 0);
                    return end > 0 && pathMatches(field.path.substring(0, end), path);
                })
                .toList();
    }

    private boolean matches(String wanted) {
        return pathMatches(path, wanted);
    }

    private static boolean pathMatches(String pattern, String wanted) {
        String[] names = pattern.split("\\.");
        String[] given = wanted.replaceAll("\\[[0-9]*]", "[]").split("\\.");
        if (names.length != given.length) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            boolean free = names[i].equals("NAME") && !given[i].isEmpty();
            if (!free && !names[i].equalsIgnoreCase(given[i])) {
                return false;
            }
        }
        return true;
    }

    /** Made when it is first asked for: a processor never asks. */
    private static final class Table {
        static final List<FieldReference> ALL = read();

        private Table() {}

        private static List<FieldReference> read() {
            var fields = new ArrayList<FieldReference>();
            for (String rows : List.of(FunctionFields.ROWS, TriggerFields.ROWS, BuildFields.ROWS)) {
                rows.lines().map(row -> field(File.FUNCTION, row)).forEach(fields::add);
            }
            PlatformFields.ROWS.lines().map(row -> field(File.PLATFORM, row)).forEach(fields::add);
            return List.copyOf(fields);
        }

        private static FieldReference field(File file, String row) {
            String[] columns = row.split("\\|", -1);
            if (columns.length != COLUMNS) {
                throw new IllegalStateException(
                        "NUC-9001 a row of the field table has " + columns.length + " columns: " + row);
            }
            String path = columns[0].strip();
            int kind = path.indexOf('@');
            return new FieldReference(
                    file,
                    kind < 0 ? path : path.substring(0, kind),
                    columns[1].strip(),
                    columns[2].strip(),
                    columns[3].strip(),
                    Origin.valueOf(columns[4].strip().toUpperCase(Locale.ROOT)),
                    kind < 0 ? "" : path.substring(kind + 1));
        }
    }
}
