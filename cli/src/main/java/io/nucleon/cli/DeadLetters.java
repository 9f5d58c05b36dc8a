package io.nucleon.cli;

import io.nucleon.command.EventsOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.JsonWriter;
import io.nucleon.journal.Entry;
import io.nucleon.journal.EventJson;
import io.nucleon.journal.RecordedEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** {@code events dead list|show|discard}. Confined to one command. */
final class DeadLetters {

    private static final int SHORT_ID = 8;

    private final Terminal terminal;
    private final EventsOptions options;
    private final Clock clock;

    DeadLetters(Terminal terminal, EventsOptions options, Clock clock) {
        this.terminal = terminal;
        this.options = options;
        this.clock = clock;
    }

    int run(String what, FunctionEvents events, List<String> ids) {
        return switch (what) {
            case "list" -> list(events);
            case "show" -> show(events, ids);
            case "discard" -> discard(events, ids);
            default ->
                throw UsageError.badValue(
                        "events dead", what, "it can list, show and discard", "nucleon events dead list NAME");
        };
    }

    private int list(FunctionEvents events) {
        List<Entry> dead = events.dead();
        Output output = options.global().output();
        if (output.isDocument()) {
            document(dead, output);
        } else if (output == Output.NAME) {
            dead.forEach(entry -> terminal.out().println("event/" + entry.id()));
        } else if (dead.isEmpty()) {
            terminal.err().println("no dead letters of " + events.function());
        } else {
            table(dead, output == Output.WIDE || !terminal.outIsTerminal());
        }
        return 0;
    }

    private void document(List<Entry> dead, Output output) {
        JsonWriter json = Documents.begin("events").name("items").array();
        for (Entry entry : dead) {
            json.object().name("id").value(entry.id());
            json.name("trigger").value(entry.event().map(RecordedEvent::trigger).orElse(""));
            json.name("source").value(origin(entry));
            Recordings.tries(json, entry.tries()).endObject();
        }
        Documents.print(terminal, output, json.endArray().endObject().toString());
    }

    private static String origin(Entry entry) {
        return entry.event().map(RecordedEvent::origin).orElse("");
    }

    private void table(List<Entry> dead, boolean whole) {
        List<List<String>> rows = new ArrayList<>();
        if (!options.global().noHeader()) {
            rows.add(List.of("EVENT", "SOURCE", "TRIES", "FIRST FAILED", "ERROR"));
        }
        for (Entry entry : dead) {
            long first = entry.tries().firstNanos();
            rows.add(List.of(
                    whole ? entry.id() : entry.id().substring(0, SHORT_ID),
                    Recordings.shown(origin(entry)),
                    entry.tries().shown(),
                    whole ? EventJson.time(first) : Ages.ago(clock, first),
                    Recordings.shown(entry.tries().reason())));
        }
        Columns.print(terminal, rows);
    }

    private int show(FunctionEvents events, List<String> ids) {
        if (ids.size() != 1) {
            throw UsageError.badValue(
                    "events dead show",
                    String.join(" ", ids),
                    "one event is shown",
                    "nucleon events dead show " + events.word() + " EVENT");
        }
        return new Recordings(terminal, options, clock).show(events.dead(ids.getFirst()));
    }

    private int discard(FunctionEvents events, List<String> ids) {
        if (ids.isEmpty() != options.all()) {
            throw UsageError.badValue(
                    "events dead discard",
                    String.join(" ", ids),
                    "name events, or all of them by --all",
                    "nucleon events dead discard " + events.word() + " --all");
        }
        List<Entry> gone =
                options.all() ? events.dead() : ids.stream().map(events::dead).toList();
        gone.forEach(entry -> events.discard(entry.id()));
        Output output = options.global().output();
        if (output.isDocument()) {
            document(gone, output);
        } else if (!options.global().quiet()) {
            terminal.err().println("discarded " + gone.size() + (gone.size() == 1 ? " event" : " events"));
        }
        return 0;
    }
}
