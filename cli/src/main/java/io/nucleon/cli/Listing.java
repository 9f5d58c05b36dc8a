package io.nucleon.cli;

import io.nucleon.command.GlobalOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import java.util.ArrayList;
import java.util.List;

/**
 * What a list shows at one moment: the same rows for people, pipes and programs. Immutable.
 *
 * @param kind of the document: {@code functions}
 * @param head of the table
 * @param empty what is said in place of a table without rows
 */
record Listing(String kind, List<String> head, List<Row> rows, String empty) {

    Listing {
        head = List.copyOf(head);
        rows = List.copyOf(rows);
    }

    /**
     * One thing that is listed.
     *
     * @param id as {@code -o name} writes it: {@code function/orders}
     * @param cells as many as the head has
     * @param json all of it, as an object
     */
    record Row(String id, List<String> cells, String json) {
        Row {
            cells = cells.stream().map(Listing::shown).toList();
        }
    }

    /** On one line, whatever is in it. */
    static String shown(String text) {
        return Look.harmless(text).replace('\n', ' ').replace('\t', ' ');
    }

    /** In the form that was asked for. */
    void print(Terminal terminal, GlobalOptions options) {
        Output output = options.output();
        if (output.isDocument()) {
            JsonWriter json = Documents.begin(kind).name("items").array();
            rows.forEach(row -> json.json(row.json()));
            Documents.print(terminal, output, json.endArray().endObject().toString());
        } else if (output == Output.NAME) {
            rows.stream().map(Row::id).distinct().forEach(terminal.out()::println);
        } else if (rows.isEmpty()) {
            if (!options.quiet()) {
                terminal.err().println(empty);
            }
        } else {
            Columns.print(terminal, table(options.noHeader()));
        }
    }

    /** Its cells, the head first. */
    List<List<String>> table(boolean noHeader) {
        List<List<String>> table = new ArrayList<>();
        if (!noHeader) {
            table.add(head);
        }
        rows.forEach(row -> table.add(row.cells()));
        return table;
    }
}
