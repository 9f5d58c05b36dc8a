package io.nucleon.cli;

import io.nucleon.command.GlobalOptions.Colour;
import io.nucleon.command.Terminal;
import java.util.ArrayList;
import java.util.List;

/** A table: columns fitted to each other and to a terminal, tabs for a pipe. Stateless. */
final class Columns {

    private static final int GAP = 2;

    private Columns() {}

    /** Prints rows of as many cells as the first. */
    static void print(Terminal terminal, List<List<String>> rows) {
        lines(terminal, rows).forEach(terminal.out()::println);
    }

    /** The lines of rows of as many cells as the first. */
    static List<String> lines(Terminal terminal, List<List<String>> rows) {
        boolean fitted = terminal.outIsTerminal();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i));
                if (i + 1 < row.size()) {
                    line.append(
                            fitted
                                    ? " "
                                            .repeat(width(rows, i)
                                                    + GAP
                                                    - row.get(i).length())
                                    : "\t");
                }
            }
            lines.add(fitted ? cut(terminal, line.toString()) : line.toString());
        }
        return lines;
    }

    /** What a row has beyond the terminal's last column is left out: a table stays a table. */
    private static String cut(Terminal terminal, String line) {
        int columns = terminal.outColumns();
        String more = terminal.outLook(Colour.NEVER).symbols("…");
        return line.length() <= columns || columns <= more.length()
                ? line
                : line.substring(0, columns - more.length()) + more;
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
