package io.nucleon.cli;

import io.nucleon.command.EventsOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.host.JsonTree;
import io.nucleon.journal.Entry;
import io.nucleon.journal.EventJson;
import io.nucleon.journal.Tries;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** {@code events list NAME}, {@code events show NAME EVENT}, {@code events save}: what is recorded of a function. Confined to one command. */
final class Recordings {

    private static final int SHORT_ID = 8;

    private final Terminal terminal;
    private final EventsOptions options;
    private final Clock clock;

    Recordings(Terminal terminal, EventsOptions options, Clock clock) {
        this.terminal = terminal;
        this.options = options;
        this.clock = clock;
    }

    int list(FunctionEvents events) {
        List<RecordedRows.Row> rows = chosen(events);
        Output output = options.global().output();
        if (output.isDocument()) {
            JsonWriter json = Documents.begin("events").name("items").array();
            rows.forEach(row -> {
                row.write(json.object());
                json.endObject();
            });
            Documents.print(terminal, output, json.endArray().endObject().toString());
        } else if (output == Output.NAME) {
            rows.forEach(row -> terminal.out().println("event/" + row.id));
        } else if (rows.isEmpty()) {
            terminal.err()
                    .println("no recorded events of " + events.function()
                            + "; nucleon run PATH --record journal keeps all");
        } else {
            table(rows, output == Output.WIDE || !terminal.outIsTerminal());
        }
        return 0;
    }

    private List<RecordedRows.Row> chosen(FunctionEvents events) {
        long oldest = options.since()
                .map(since -> (clock.millis() - since.toMillis()) * 1_000_000L)
                .orElse(Long.MIN_VALUE);
        List<String> kinds = options.kind().isEmpty()
                ? List.of()
                : SampleEvent.named(options.kind()).kinds();
        return RecordedRows.of(events.journal()).stream()
                .filter(row -> row.timeNanos >= oldest)
                .filter(row -> kinds.isEmpty() || kinds.contains(row.kind))
                .filter(row -> !options.failed() || row.isFailed())
                .toList();
    }

    private void table(List<RecordedRows.Row> events, boolean whole) {
        List<List<String>> rows = new ArrayList<>();
        if (!options.global().noHeader()) {
            rows.add(List.of("EVENT", "TIME", "SOURCE", "STATE", "STATUS", "HANDLER", "ERROR"));
        }
        for (RecordedRows.Row row : events) {
            rows.add(List.of(
                    whole ? row.id : row.id.substring(0, SHORT_ID),
                    whole ? EventJson.time(row.timeNanos) : Ages.ago(clock, row.timeNanos),
                    shown(row.source),
                    row.state(),
                    row.status() == 0 ? "-" : String.valueOf(row.status()),
                    row.status() == 0 ? "-" : Timing.ms(row.handlerMillis()) + " ms",
                    shown(row.error())));
        }
        Columns.print(terminal, rows);
    }

    static String shown(String text) {
        return Look.harmless(text).replace('\n', ' ').replace('\t', ' ');
    }

    /** Whatever is kept of an event, with headers and bodies. */
    int show(Entry entry) {
        Output output = options.global().output() == Output.YAML ? Output.YAML : Output.JSON;
        Documents.print(terminal, output, document(entry));
        return 0;
    }

    private static String document(Entry entry) {
        JsonWriter json = Documents.begin("event").name("id").value(entry.id());
        json.name("function").value(entry.function());
        if (!entry.tries().equals(Tries.NONE)) {
            tries(json, entry.tries());
        }
        entry.event().ifPresent(event -> EventJson.write(json, event));
        entry.answer()
                .ifPresent(answer ->
                        EventJson.write(json.name("answer").object(), answer).endObject());
        return json.endObject().toString();
    }

    static JsonWriter tries(JsonWriter json, Tries tries) {
        return json.name("attempts")
                .value(tries.attempts())
                .name("crashes")
                .value(tries.crashes())
                .name("firstFailed")
                .value(EventJson.time(tries.firstNanos()))
                .name("lastFailed")
                .value(EventJson.time(tries.lastNanos()))
                .name("code")
                .value(tries.code())
                .name("error")
                .value(tries.reason());
    }

    /** An event by a name of its own. */
    int saveAs(String name, EventInput input, String kind) {
        String file = terminal.folder()
                .relativize(new SavedEvents(terminal).fresh(name, kind))
                .toString();
        try (Writer out = open(terminal, file, options.force())) {
            out.write(sample(input) + "\n");
        } catch (IOException e) {
            throw unwritable(file, "--force", e);
        }
        return said(1, file);
    }

    /** A sample as it is shown and saved: its kind, and its members as the flags have them. */
    static String sample(EventInput input) {
        JsonWriter json = Documents.begin("event");
        json.name("triggerKind").value(input.kinds().getFirst());
        input.members().forEach((name, value) -> {
            if (!List.of("apiVersion", "kind", "triggerKind").contains(name)) {
                JsonTree.write(json.name(name), value);
            }
        });
        return json.endObject().toString();
    }

    /** Events of a function's journal, a line each. */
    int save(FunctionEvents events, List<String> ids, String file) {
        if (ids.isEmpty() != options.all()) {
            throw UsageError.badValue(
                    "events save",
                    String.join(" ", ids),
                    "name events, or all of them by --all",
                    "nucleon events save " + events.word() + " --all events.ndjson");
        }
        List<String> chosen =
                options.all() ? chosen(events).stream().map(row -> row.id).toList() : ids;
        List<Entry> single =
                options.all() ? List.of() : ids.stream().map(events::recorded).toList();
        try (Writer out = open(terminal, file, options.force())) {
            for (int i = 0; i < chosen.size(); i++) {
                // one after the other: all of them may not fit into memory
                Entry entry = options.all() ? events.recorded(chosen.get(i)) : single.get(i);
                out.write(EventJson.line(entry) + "\n");
            }
        } catch (IOException e) {
            throw unwritable(file, "--force", e);
        }
        return said(chosen.size(), file);
    }

    private int said(int count, String file) {
        if (!file.equals("-") && !options.global().quiet()) {
            terminal.err().println("saved " + count + (count == 1 ? " event" : " events") + " to " + file);
        }
        return 0;
    }

    /** A file that is new, or may be replaced; {@code -} is standard output. */
    static Writer open(Terminal terminal, String file, boolean replaces) throws IOException {
        if (file.equals("-")) {
            return new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8) {
                @Override
                public void close() throws IOException {
                    flush(); // standard output goes on
                }
            };
        }
        Path path = terminal.folder().resolve(file);
        return new BufferedWriter(Files.newBufferedWriter(
                path,
                StandardCharsets.UTF_8,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                replaces ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.CREATE_NEW));
    }

    /** @param force the flag that lets a file be replaced */
    static RuntimeException unwritable(String file, String force, IOException e) {
        boolean exists = e instanceof FileAlreadyExistsException;
        return ErrorMessage.of(
                        exists ? ErrorCode.USAGE : ErrorCode.OUTPUT_CLOSED,
                        file + " can't be written",
                        exists ? "it is there already" : e.getClass().getSimpleName() + ": " + e.getMessage(),
                        exists ? "give another name, or " + force : "see that its folder exists and is yours")
                .toException(e);
    }
}
