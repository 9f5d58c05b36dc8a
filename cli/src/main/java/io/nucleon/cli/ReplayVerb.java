package io.nucleon.cli;

import io.nucleon.command.Output;
import io.nucleon.command.ReplayOptions;
import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.host.UserFolders;
import io.nucleon.journal.Entry;
import io.nucleon.journal.EntryKind;
import io.nucleon.journal.RecordedEvent;
import java.util.List;

/**
 * {@code nucleon replay}: dead letters go through their trigger's own delivery again, in the process that runs the function. Confined to
 * one command.
 */
final class ReplayVerb {

    private static final int SHORT_ID = 8;

    private final Terminal terminal;
    private final ReplayOptions options;
    private final FunctionEvents events;
    private int done;
    private int failed;

    ReplayVerb(Terminal terminal, UserFolders folders, ReplayOptions options) {
        this.terminal = terminal;
        this.options = options;
        this.events = FunctionEvents.of(options.function(), folders, new WallClock());
    }

    int run() {
        Documents.refuse(options.global().output(), Output.NAME);
        List<Entry> all = options.dead()
                ? events.dead()
                : options.events().stream().map(this::named).toList();
        boolean document = options.global().output().isDocument();
        if (!options.dryRun() && !all.isEmpty() && !events.isRunning()) {
            throw ErrorMessage.of(
                            ErrorCode.FUNCTION_NOT_RUNNING,
                            "function '" + events.function() + "' does not run here",
                            all.size() + (all.size() == 1 ? " event waits" : " events wait") + " to be sent again",
                            "start it: nucleon run PATH")
                    .toException();
        }
        JsonWriter json = Documents.begin("replay").name("items").array();
        for (Entry entry : all) {
            String outcome = options.dryRun() ? "would be sent" : send(entry);
            json.object().name("id").value(entry.id()).name("source").value(origin(entry));
            json.name("outcome").value(outcome).endObject();
            if (!document) {
                line(entry, outcome);
            }
        }
        if (document) {
            Documents.print(
                    terminal,
                    options.global().output(),
                    json.endArray().endObject().toString());
        } else if (!options.global().quiet()) {
            terminal.err()
                    .println(options.dryRun() ? all.size() + " would be sent" : "done " + done + " · failed " + failed);
        }
        return failed == 0 ? 0 : ErrorCode.HANDLER_FAILED.exit();
    }

    private Entry named(String id) {
        Entry entry = events.recorded(id);
        return entry.kind() == EntryKind.DEAD_LETTER ? entry : events.dead(entry.id());
    }

    private String send(Entry entry) {
        String told = events.ask("replay", entry.id()).orElse("error its process has ended");
        if (told.equals("done")) {
            done++;
        } else {
            failed++;
        }
        return told.startsWith("error ") ? told.substring("error ".length()) : told;
    }

    private void line(Entry entry, String outcome) {
        Look look = terminal.outLook(options.global().colour());
        boolean ok = outcome.equals("done") || options.dryRun();
        terminal.out()
                .println(entry.id().substring(0, SHORT_ID) + "  " + Look.harmless(origin(entry)) + "  "
                        + look.paint(ok ? Role.OK : Role.ERROR, Look.harmless(outcome)));
    }

    private static String origin(Entry entry) {
        return entry.event().map(RecordedEvent::origin).orElse("");
    }
}
