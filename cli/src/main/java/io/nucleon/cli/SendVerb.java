package io.nucleon.cli;

import io.nucleon.command.EventsOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.error.NearestName;
import io.nucleon.host.JsonReader;
import io.nucleon.host.RunState;
import io.nucleon.journal.EventJson;
import io.nucleon.journal.RecordedAnswer;
import io.nucleon.journal.RecordedEvent;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code nucleon events send}: an event of any kind goes to a running function, into its trigger's own code below the client, or into the
 * trigger's broker. Confined to one command.
 */
final class SendVerb implements Sending.Listener {

    private static final String INDENT = "      ";

    private final Terminal terminal;
    private final EventsOptions options;
    private final FunctionEvents function;
    private final Optional<RunState> state;
    private final Look look;
    private boolean failed;

    /** @param state where the function runs, for those of its events that are calls */
    SendVerb(Terminal terminal, EventsOptions options, FunctionEvents function, Optional<RunState> state) {
        this.terminal = terminal;
        this.options = options;
        this.function = function;
        this.state = state;
        this.look = terminal.outLook(options.global().colour());
    }

    int run(EventInput event) {
        Documents.refuse(options.global().output(), Output.NAME);
        boolean toBroker = options.via() == EventsOptions.Via.BROKER;
        checkTrigger(event);
        if (event.isHttp() && !toBroker) {
            if (options.dryRun()) {
                return wouldCall(event);
            }
            return new HttpSender(terminal, options).send(function.function(), state, event);
        }
        Sending sending = new Sending(function, options.timeout(), toBroker, options.dryRun());
        if (options.dryRun()) {
            sending.send(event, 1, this);
            return 0;
        }
        Pace pace = new Pace(options.rate().orElse(0.0));
        for (int left = options.count(); left > 0; left -= options.batch()) {
            pace.await();
            sending.send(event, Math.min(left, options.batch()), this);
        }
        return failed ? ErrorCode.HANDLER_FAILED.exit() : 0;
    }

    /** A trigger that is named is there, and takes such events; of a host that does not tell its triggers nothing is known. */
    private void checkTrigger(EventInput event) {
        List<Map<String, Object>> triggers = options.trigger().isEmpty()
                ? List.of()
                : state.flatMap(one -> HostPage.function(one.host().admin(), one.name(), new MonotonicClock()))
                        .map(said -> HostPage.objects(said, "triggers"))
                        .orElse(List.of());
        List<String> kinds = triggers.stream()
                .filter(one -> options.trigger().equals(JsonReader.text(one, "name")))
                .map(one -> JsonReader.text(one, "kind"))
                .toList();
        if (triggers.isEmpty() || kinds.stream().anyMatch(event.kinds()::contains)) {
            return;
        }
        String named = "trigger '" + options.trigger() + "'";
        List<String> names =
                triggers.stream().map(one -> JsonReader.text(one, "name")).toList();
        throw ErrorMessage.of(
                        ErrorCode.TRIGGER_NOT_THERE,
                        kinds.isEmpty()
                                ? "function '" + function.function() + "' has no " + named
                                : named + " of function '" + function.function() + "' takes no event of kind "
                                        + event.kinds().getFirst(),
                        "its triggers: "
                                + triggers.stream()
                                        .map(one -> JsonReader.text(one, "name") + " (" + JsonReader.text(one, "kind")
                                                + ")")
                                        .collect(Collectors.joining(", ")),
                        NearestName.to(options.trigger(), kinds.isEmpty() ? names : List.of())
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("name one of these, or leave --trigger out"))
                .toException();
    }

    private int wouldCall(EventInput event) {
        RecordedEvent call = EventJson.event(event.sendable());
        String url = state.flatMap(RunState::url).map(URI::toString).orElseThrow(() -> function.notRunning("", null));
        dry(call.method() + " " + call.path(), "would go to " + url);
        return 0;
    }

    private void dry(String source, String where) {
        String count = options.count() > 1 ? " × " + options.count() : "";
        print(look.paint(Role.MUTED, "dry ") + "  " + source + count + " · " + where + ", nothing was sent");
    }

    private boolean isDocument() {
        return options.global().output().isDocument();
    }

    @Override
    public void sent(SentEvent one) {
        if (!isDocument() && !options.dryRun()) {
            print(look.paint(Role.ACCENT, "sent") + "  " + one.source() + "  "
                    + look.paint(Role.MUTED, "event " + (terminal.outIsTerminal() ? one.shortId() : one.id())));
        }
    }

    @Override
    public void tried(SentEvent one) {
        if (!isDocument() && !one.why().isEmpty()) {
            String tries = one.most() > 1 ? " · try " + one.tries() + " of " + one.most() : "";
            print(look.paint(Role.ERROR, "FAIL") + "  " + one.timing().text() + tries + which(one) + " · "
                    + look.paint(Role.ERROR, one.why()));
        }
    }

    @Override
    public void held(SentEvent one) {
        if (!isDocument()) {
            print(look.paint(Role.WARN, "held") + "  " + one.timing().text() + which(one)
                    + " · its handler acks it later");
        }
    }

    @Override
    public void ended(SentEvent one) {
        failed |=
                !one.isOk() && !one.state().equals("published") && !one.state().equals("checked");
        if (isDocument()) {
            Documents.print(terminal, options.global().output(), document(one));
            return;
        }
        switch (one.state()) {
            case "ok" -> ok(one);
            case "checked" -> dry(one.source(), one.ack());
            case "published" -> print(look.paint(Role.OK, "ok  ") + "  " + one.ack());
            case "dead-lettered" ->
                print(look.paint(Role.ERROR, "dead") + "  " + one.ack() + which(one) + " · see "
                        + "nucleon events dead list " + function.word());
            default -> print(look.paint(Role.ERROR, "back") + "  " + one.ack() + which(one));
        }
    }

    private void ok(SentEvent one) {
        StringBuilder line = new StringBuilder(look.paint(Role.OK, "ok")).append("    ");
        one.answer()
                .map(RecordedAnswer::status)
                .filter(status -> status != 200)
                .ifPresent(status -> line.append(status).append(" · "));
        line.append(one.timing().text()).append(which(one));
        if (!one.ack().isEmpty()) {
            line.append(" · ").append(one.ack());
        }
        print(line.toString());
        one.answer().map(RecordedAnswer::body).filter(ByteBuffer::hasRemaining).ifPresent(body -> print(shown(body)));
    }

    private String which(SentEvent one) {
        return options.count() > 1 ? " · event " + one.shortId() : "";
    }

    static String shown(ByteBuffer body) {
        return INDENT
                + Utf8.text(body)
                        .map(text -> Look.harmless(text.stripTrailing()).replace("\n", "\n" + INDENT))
                        .orElseGet(() -> body.remaining() + " bytes that are no text");
    }

    private void print(String line) {
        if (!options.global().quiet()) {
            terminal.out().println(look.symbols(line));
            terminal.out().flush();
        }
    }

    private static String document(SentEvent one) {
        JsonWriter json = Documents.begin("sent").name("event").value(one.id());
        json.name("source").value(one.source()).name("state").value(one.state());
        json.name("ack").value(one.ack().isEmpty() ? null : one.ack());
        json.name("tries").value(one.tries());
        json.name("ms").object().name("total").value(one.timing().total());
        json.name("queue").value(one.timing().queue());
        json.name("handler").value(one.timing().handler());
        json.name("transport").value(one.timing().transport()).endObject();
        json.name("worker").value(one.worker());
        one.answer().ifPresent(answer -> EventJson.write(json, answer));
        return json.endObject().toString();
    }
}
