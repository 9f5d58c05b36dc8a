package io.nucleon.cli;

import io.nucleon.command.EventsOptions;
import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.host.RunState;
import io.nucleon.journal.EventJson;
import io.nucleon.journal.RecordedEvent;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code events send http}: the client of an HTTP trigger is whoever calls it, so this is a call. Confined to one command. */
final class HttpSender {

    private static final Set<String> OURS =
            Set.of("content-length", "transfer-encoding", "connection", "host", "content-type");

    private final Terminal terminal;
    private final EventsOptions options;
    private final Clock clock = new MonotonicClock();
    private final Look look;

    HttpSender(Terminal terminal, EventsOptions options) {
        this.terminal = terminal;
        this.options = options;
        this.look = terminal.outLook(options.global().colour());
    }

    /**
     * Sends it as often as the flags say; the exit code.
     *
     * @param state where the function runs
     */
    int send(String function, Optional<RunState> state, EventInput event) {
        URI url = state.map(one -> Target.running(one, "").url())
                .orElseThrow(() -> ErrorMessage.of(
                                ErrorCode.FUNCTION_NOT_RUNNING,
                                "function '" + function + "' does not run here",
                                "an event needs its process",
                                "start it: nucleon run PATH")
                        .toException());
        RecordedEvent request;
        try {
            request = EventJson.event(event.sendable());
        } catch (IllegalArgumentException e) {
            throw ErrorMessage.of(
                            ErrorCode.USAGE,
                            "the event can't be sent",
                            e.getMessage(),
                            "see one: nucleon events show http")
                    .toException(e);
        }
        Call call = call(request, url);
        Pace pace = new Pace(options.rate().orElse(0.0));
        int exit = 0;
        try (HttpConnection connection = new HttpConnection(url, clock)) {
            for (int i = 0; i < options.count(); i++) {
                pace.await();
                exit = Math.max(exit, once(call, connection));
            }
        } catch (SocketTimeoutException e) {
            throw ErrorMessage.of(
                            ErrorCode.CALL_TIMED_OUT,
                            "no answer from " + function + " within " + Timing.length(options.timeout()),
                            "the connection is open, the answer has not come",
                            "wait longer: --timeout 5m")
                    .toException(e);
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.FUNCTION_UNREACHABLE,
                            function + " does not answer at " + url,
                            String.valueOf(e.getMessage()),
                            "see what its terminal says, or start it again: nucleon run PATH")
                    .toException(e);
        }
        return exit;
    }

    /** Names that HTTP has no place for, or that say where the body ends, are left out. */
    static Call call(RecordedEvent event, URI url) {
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < event.headers().size(); i += 2) {
            String name = event.headers().get(i);
            if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
                headers.add(CallFactory.given(name + ":" + event.headers().get(i + 1)));
            }
        }
        if (!event.contentType().isEmpty()) {
            headers.add(CallFactory.given("Content-Type:" + event.contentType()));
        }
        ByteBuffer body = event.body().duplicate();
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        String method = event.method().isEmpty() ? (bytes.length == 0 ? "GET" : "POST") : event.method();
        String path = event.query().isEmpty() ? event.path() : event.path() + "?" + event.query();
        return new Call(method.toUpperCase(Locale.ROOT), Call.address(url, path), headers, new CallBody(bytes, ""));
    }

    private int once(Call call, HttpConnection connection) throws IOException {
        AnswerPrinter printer = AnswerPrinter.collecting();
        Instant start = clock.instant();
        connection.send(call, options.timeout(), printer);
        Outcome outcome = new Outcome(printer.head(), Duration.between(start, clock.instant()));
        if (options.global().output().isDocument()) {
            Documents.print(terminal, options.global().output(), AnswerDocument.json(outcome, printer.bytes()));
        } else if (!options.global().quiet()) {
            String target = Look.harmless(call.method() + " " + call.url().getRawPath());
            terminal.out().println(look.symbols(look.paint(Role.ACCENT, "sent") + "  " + target));
            String word = outcome.isFailure() ? look.paint(Role.ERROR, "FAIL") : look.paint(Role.OK, "ok  ");
            terminal.out().println(word + "  " + outcome.line(look, terminal.outIsTerminal()));
            ByteBuffer body = ByteBuffer.wrap(printer.bytes());
            if (body.hasRemaining()) {
                terminal.out().println(SendVerb.shown(body));
            }
            terminal.out().flush();
        }
        return outcome.isFailure()
                ? Math.max(1, outcome.code().map(ErrorCode::exit).orElse(1))
                : 0;
    }
}
