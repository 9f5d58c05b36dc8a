package io.nucleon.cli;

import io.nucleon.command.EventsOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.host.UserFolders;
import io.nucleon.journal.Entry;
import io.nucleon.journal.RecordedEvent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** {@code nucleon events dead list|show|discard}. Confined to one command. */
final class EventsVerb {

    /** What can be typed before a name. */
    static final List<String> WORDS = List.of("dead", "list", "show", "discard");

    private static final int SHORT_ID = 8;

    private final Terminal terminal;
    private final UserFolders folders;
    private final EventsOptions options;
    private final Clock clock = new WallClock();

    EventsVerb(Terminal terminal, UserFolders folders, EventsOptions options) {
        this.terminal = terminal;
        this.folders = folders;
        this.options = options;
    }

    int run() {
        List<String> words = options.words();
        if (words.size() < 3 || !words.getFirst().equals("dead")) {
            throw UsageError.badValue(
                    "events", String.join(" ", words), "what follows is: dead list NAME", "nucleon help events");
        }
        FunctionEvents events = FunctionEvents.of(words.get(2), folders, clock);
        List<String> ids = words.subList(3, words.size());
        return switch (words.get(1)) {
            case "list" -> list(events);
            case "show" -> show(events, ids);
            case "discard" -> discard(events, ids);
            default ->
                throw UsageError.badValue(
                        "events dead", words.get(1), "it can list, show and discard", "nucleon events dead list NAME");
        };
    }

    private int list(FunctionEvents events) {
        List<Entry> dead = events.dead();
        Output output = options.global().output();
        if (output.isDocument()) {
            JsonWriter json = Documents.begin("events").name("items").array();
            dead.forEach(entry -> describe(json.object(), entry).endObject());
            Documents.print(terminal, output, json.endArray().endObject().toString());
        } else if (output == Output.NAME) {
            dead.forEach(entry -> terminal.out().println("event/" + entry.id()));
        } else if (dead.isEmpty()) {
            terminal.err().println("no dead letters of " + events.function());
        } else {
            table(dead, output == Output.WIDE || !terminal.outIsTerminal());
        }
        return 0;
    }

    private void table(List<Entry> dead, boolean whole) {
        List<List<String>> rows = new ArrayList<>();
        if (!options.global().noHeader()) {
            rows.add(List.of("EVENT", "SOURCE", "TRIES", "FIRST FAILED", "ERROR"));
        }
        for (Entry entry : dead) {
            rows.add(List.of(
                    whole ? entry.id() : entry.id().substring(0, SHORT_ID),
                    shown(entry.event().map(RecordedEvent::origin).orElse("")),
                    String.valueOf(entry.tries().attempts()),
                    whole ? time(entry.tries().firstNanos()) : ago(entry.tries().firstNanos()),
                    shown(entry.tries().reason())));
        }
        Columns.print(terminal, rows);
    }

    private static String shown(String text) {
        return Look.harmless(text).replace('\n', ' ').replace('\t', ' ');
    }

    private String ago(long nanos) {
        long seconds = Math.max(0, (clock.millis() - nanos / 1_000_000) / 1_000);
        if (seconds < 120) {
            return seconds + " s ago";
        }
        return seconds < 7_200 ? seconds / 60 + " min ago" : seconds / 3_600 + " h ago";
    }

    private static String time(long nanos) {
        return Instant.ofEpochMilli(nanos / 1_000_000).toString();
    }

    private int show(FunctionEvents events, List<String> ids) {
        if (ids.size() != 1) {
            throw UsageError.badValue(
                    "events dead show",
                    String.join(" ", ids),
                    "one event is shown",
                    "nucleon events dead show " + events.function() + " EVENT");
        }
        Entry entry = events.dead(ids.getFirst());
        RecordedEvent event = entry.event().orElseThrow();
        JsonWriter json = describe(Documents.begin("event"), entry);
        json.name("method").value(event.method()).name("path").value(event.path());
        json.name("query").value(event.query()).name("contentType").value(event.contentType());
        json.name("sourceId").value(event.sourceId());
        json.name("time").value(time(event.timeNanos()));
        json.name("headers").object();
        for (int i = 0; i < event.headers().size(); i += 2) {
            json.name(event.headers().get(i)).value(event.headers().get(i + 1));
        }
        json.endObject();
        body(json, event.body());
        Output output = options.global().output() == Output.YAML ? Output.YAML : Output.JSON;
        Documents.print(terminal, output, json.endObject().toString());
        return 0;
    }

    private static JsonWriter describe(JsonWriter json, Entry entry) {
        return json.name("id")
                .value(entry.id())
                .name("trigger")
                .value(entry.event().map(RecordedEvent::trigger).orElse(""))
                .name("source")
                .value(entry.event().map(RecordedEvent::origin).orElse(""))
                .name("attempts")
                .value(entry.tries().attempts())
                .name("crashes")
                .value(entry.tries().crashes())
                .name("firstFailed")
                .value(time(entry.tries().firstNanos()))
                .name("lastFailed")
                .value(time(entry.tries().lastNanos()))
                .name("code")
                .value(entry.tries().code())
                .name("error")
                .value(entry.tries().reason());
    }

    private static void body(JsonWriter json, ByteBuffer body) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(body.duplicate()).toString();
            json.name("body").value(text);
        } catch (CharacterCodingException e) {
            byte[] bytes = new byte[body.remaining()];
            body.duplicate().get(bytes);
            json.name("bodyBase64").value(Base64.getEncoder().encodeToString(bytes));
        }
    }

    private int discard(FunctionEvents events, List<String> ids) {
        if (ids.isEmpty() != options.all()) {
            throw UsageError.badValue(
                    "events dead discard",
                    String.join(" ", ids),
                    "name events, or all of them by --all",
                    "nucleon events dead discard " + events.function() + " --all");
        }
        List<Entry> gone =
                options.all() ? events.dead() : ids.stream().map(events::dead).toList();
        gone.forEach(entry -> events.discard(entry.id()));
        Output output = options.global().output();
        if (output.isDocument()) {
            JsonWriter json = Documents.begin("events").name("items").array();
            gone.forEach(entry -> describe(json.object(), entry).endObject());
            Documents.print(terminal, output, json.endArray().endObject().toString());
        } else if (!options.global().quiet()) {
            terminal.err().println("discarded " + gone.size() + (gone.size() == 1 ? " event" : " events"));
        }
        return 0;
    }
}
