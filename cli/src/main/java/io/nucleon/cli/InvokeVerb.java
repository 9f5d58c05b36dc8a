package io.nucleon.cli;

import io.nucleon.command.InvokeOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Look;
import io.nucleon.error.MessageText;
import io.nucleon.error.Severity;
import io.nucleon.host.UserFolders;
import io.nucleon.platform.WallClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** {@code nucleon invoke}: finds the function, calls it, shows the answer. Confined to one command. */
final class InvokeVerb {
    private final Terminal terminal;
    private final UserFolders folders;
    private final InvokeOptions options;
    private final Clock clock = new MonotonicClock();
    private int failed;

    InvokeVerb(Terminal terminal, UserFolders folders, InvokeOptions options) {
        this.terminal = terminal;
        this.folders = folders;
        this.options = options;
    }

    int run() {
        Documents.refuse(options.global().output(), Output.NAME);
        CallBody body = CallBody.of(options, terminal, true);
        // Checks all flags before anything is started.
        CallFactory.call(options, body, URI.create("http://127.0.0.1:1"));
        Optional<SampleEvent> sample =
                options.isCall() ? Optional.empty() : Optional.of(SampleEvent.named(options.kind()));
        note();
        Target target = find();
        try {
            Call call = CallFactory.call(options, body, target.url());
            if (options.curl()) {
                terminal.out().println(CurlLine.of(call, options.timeout()));
                return 0;
            }
            return callAll(target, call, sample.map(one -> kindCall(target, one)));
        } finally {
            close(target);
        }
    }

    /** A command for curl needs an address that stays. */
    private Target find() {
        TargetFinder finder = new TargetFinder(terminal, folders, options.global(), "invoke", clock);
        if (options.curl()) {
            return finder.running(options.target()).orElseThrow(() -> TargetFinder.noAddress(options.target()));
        }
        List<String> flags = options.isCall() ? List.of() : List.of("--brokers", "off");
        return finder.find(options.target(), flags, options.global().verbosity() > 0);
    }

    private KindCall kindCall(Target target, SampleEvent sample) {
        FunctionEvents function = FunctionEvents.of(target, folders, new WallClock());
        return new KindCall(function, sample, options.path().equals("/") ? "" : options.path(), options.timeout());
    }

    /** The first exit code other than 0, after all calls were made. */
    private int callAll(Target target, Call call, Optional<KindCall> kind) {
        int exit = 0;
        try (HttpConnection connection = new HttpConnection(target.url(), clock)) {
            for (int i = 0; i < options.repeat(); i++) {
                int one = callOnce(target, call, kind, connection);
                exit = exit == 0 ? one : exit;
                failed += one == 0 ? 0 : 1;
            }
        } catch (IOException e) {
            throw broken(target, e);
        }
        if (options.repeat() > 1 && !options.global().quiet()) {
            terminal.err()
                    .println(
                            options.repeat() + " calls: " + (options.repeat() - failed) + " ok, " + failed + " failed");
        }
        return exit;
    }

    private int callOnce(Target target, Call call, Optional<KindCall> kind, HttpConnection connection)
            throws IOException {
        boolean document = options.global().output().isDocument();
        AnswerPrinter printer =
                document ? AnswerPrinter.collecting() : AnswerPrinter.writing(terminal, options.include());
        Instant start = clock.instant();
        String ack = "";
        if (kind.isPresent()) {
            ack = kind.get().send(call, printer);
        } else {
            connection.send(call, options.timeout(), printer);
        }
        Outcome outcome = new Outcome(printer.head(), Duration.between(start, clock.instant()));
        terminal.out().flush();
        if (terminal.out().checkError()) {
            throw ErrorMessage.of(
                            ErrorCode.OUTPUT_CLOSED,
                            "the answer can't be written to standard output",
                            "the disk is full, or the program that reads it is gone",
                            "")
                    .toException();
        }
        if (document) {
            Documents.print(terminal, options.global().output(), AnswerDocument.json(outcome, printer.bytes()));
        } else {
            status(target, outcome, ack, printer.endsLine());
        }
        return outcome.exit(options);
    }

    private void status(Target target, Outcome outcome, String ack, boolean endsLine) {
        Look look = terminal.errLook(options.global().colour());
        if (!endsLine && terminal.outIsTerminal() && terminal.errIsTerminal()) {
            // The body is left as it is; only the screen needs a new line.
            terminal.err().println();
        }
        if (!options.global().quiet()) {
            outcome.header(FunctionLogs.HEADER)
                    .ifPresent(logs -> terminal.err().print(FunctionLogs.text(logs, look, ZoneId.systemDefault())));
            String note = look.symbols(
                    (ack.isEmpty() ? "" : " · " + ack) + (target.note().isEmpty() ? "" : " · " + target.note()));
            terminal.err().println(outcome.line(look, terminal.errIsTerminal()) + note);
        }
        outcome.code()
                .filter(code -> code != ErrorCode.HANDLER_FAILED)
                .ifPresent(code -> terminal.err().print(MessageText.terminal(made(target, outcome, code), look)));
        terminal.err().flush();
    }

    /** An answer that the runtime made itself tells only its code; cause and fix are those of its page. */
    private static ErrorMessage made(Target target, Outcome outcome, ErrorCode code) {
        return ErrorMessage.of(
                        code,
                        target.name() + " answered " + outcome.head().status() + " by itself: " + code.title(),
                        "",
                        ErrorPages.packed().firstFix(code))
                .about(outcome.header(Outcome.EVENT).orElse(""));
    }

    private void note() {
        if (options.global().verbosity() > 0 && !options.withoutMeaningHere().isEmpty()) {
            Look look = terminal.errLook(options.global().colour());
            String flags = String.join(", ", options.withoutMeaningHere());
            terminal.err()
                    .println(look.paint(Look.Role.ACCENT, Severity.NOTE.word()) + ": " + flags
                            + ": no meaning for a function on this machine");
        }
    }

    private RuntimeException broken(Target target, IOException e) {
        String name = target.name();
        if (e instanceof ConnectException || e instanceof NoRouteToHostException || e instanceof UnknownHostException) {
            return ErrorMessage.of(
                            ErrorCode.FUNCTION_UNREACHABLE,
                            name + " does not answer at " + target.url(),
                            e instanceof ConnectException ? "nobody listens there" : String.valueOf(e.getMessage()),
                            "see what its terminal says, or start it again: nucleon run PATH")
                    .toException(e);
        }
        if (e instanceof SocketTimeoutException) {
            return ErrorMessage.of(
                            ErrorCode.CALL_TIMED_OUT,
                            "no answer from " + name + " within " + Timing.length(options.timeout()),
                            "the connection is open, the answer has not come",
                            "wait longer: --timeout 5m")
                    .toException(e);
        }
        return ErrorMessage.of(
                        ErrorCode.ANSWER_BROKEN,
                        "the answer of " + name + " can't be read",
                        String.valueOf(e.getMessage()),
                        "see what its terminal says, then call again")
                .toException(e);
    }

    private static void close(Target target) {
        try {
            target.open().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
