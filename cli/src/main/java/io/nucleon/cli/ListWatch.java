package io.nucleon.cli;

import io.nucleon.command.GlobalOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.error.JsonWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Shows a list until Ctrl-C: on a terminal the table, drawn again where it was when it has changed; in a pipe a line for what is new,
 * changed or gone, so that a script can wait for one. Confined to one command; ends too when its thread is interrupted or nobody reads.
 */
final class ListWatch {
    /** Hosts count their rates by the second. */
    private static final Duration EACH_LOOK = Duration.ofSeconds(1);

    private final Terminal terminal;
    private final GlobalOptions options;
    private List<String> drawn = List.of();
    private Map<String, Listing.Row> before = Map.of();
    private boolean first = true;

    ListWatch(Terminal terminal, GlobalOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    /** @param look asked once a second */
    int run(Supplier<Listing> look) {
        boolean redraws = terminal.outIsTerminal() && !options.output().isDocument() && options.output() != Output.NAME;
        // The terminal shows ^C where the next line would begin.
        Thread newline = Threads.atEnd(() -> {
            terminal.out().println();
            terminal.out().flush();
        });
        if (redraws) {
            Runtime.getRuntime().addShutdownHook(newline);
        }
        Pace pace = new Pace(0);
        while (!Thread.currentThread().isInterrupted() && !terminal.out().checkError()) {
            Listing listing = look.get();
            if (redraws) {
                draw(listing);
            } else {
                tell(listing);
            }
            terminal.out().flush();
            pace.await(EACH_LOOK);
        }
        if (redraws) {
            Runtime.getRuntime().removeShutdownHook(newline);
        }
        return 0;
    }

    private void draw(Listing listing) {
        List<String> lines = listing.rows().isEmpty()
                ? List.of(listing.empty())
                : Columns.lines(terminal, listing.table(options.noHeader()));
        if (!lines.equals(drawn)) {
            if (!drawn.isEmpty()) {
                terminal.out().print("\u001b[" + drawn.size() + "A\u001b[J");
            }
            lines.forEach(terminal.out()::println);
            drawn = lines;
        }
    }

    private void tell(Listing listing) {
        if (first && !options.noHeader() && !options.output().isDocument() && options.output() != Output.NAME) {
            Columns.print(terminal, List.of(listing.head()));
        }
        first = false;
        Map<String, Listing.Row> now = byKey(listing.rows());
        now.forEach((key, row) -> {
            if (!row.equals(before.get(key))) {
                tell(row, row.json(), row.cells());
            }
        });
        before.forEach((key, row) -> {
            if (!now.containsKey(key)) {
                JsonWriter json = Documents.begin("gone").name("id").value(row.id());
                List<String> cells = new ArrayList<>(List.of(row.cells().getFirst(), "gone"));
                while (cells.size() < listing.head().size()) {
                    cells.add("");
                }
                tell(row, json.endObject().toString(), cells);
            }
        });
        before = now;
    }

    private void tell(Listing.Row row, String json, List<String> cells) {
        if (options.output().isDocument()) {
            Documents.print(terminal, options.output(), json);
        } else if (options.output() == Output.NAME) {
            terminal.out().println(row.id());
        } else {
            Columns.print(terminal, List.of(cells));
        }
    }

    /** What has the same name as another is told from it by its place. */
    private static Map<String, Listing.Row> byKey(List<Listing.Row> rows) {
        Map<String, Listing.Row> byKey = new LinkedHashMap<>();
        Map<String, Integer> count = new HashMap<>();
        rows.forEach(row -> byKey.put(row.id() + "#" + count.merge(row.id(), 1, Integer::sum), row));
        return byKey;
    }
}
