package io.nucleon.cli;

import io.nucleon.cli.cases.NamedValue;
import io.nucleon.cli.cases.Result;
import io.nucleon.cli.cases.Seen;
import io.nucleon.cli.cases.TestCase;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.UserFolders;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sends the events of cases to one function, one after the other. Confined to one thread. */
final class TestCalls implements Closeable {
    private final Target target;
    private final Duration timeout;
    private final Clock clock;
    private final HttpConnection connection;
    private final TestEvents events;

    /** @param folders of the host: where its function says that it runs */
    TestCalls(Target target, UserFolders folders, Duration timeout, Clock clock) {
        this.target = target;
        this.timeout = timeout;
        this.clock = clock;
        this.events = new TestEvents(target, folders, timeout, clock);
        this.connection = new HttpConnection(target.url(), clock);
    }

    /** Runs a case, unless it is to be skipped. */
    Result run(TestCase one) throws IOException {
        if (!one.skip().isEmpty()) {
            return Result.skipped(one);
        }
        if (!one.event().isCall()) {
            return events.run(one);
        }
        try {
            return Result.of(one, send(call(one)));
        } catch (SocketTimeoutException e) {
            connection.close();
            return Result.failed(one, "no answer within " + Timing.length(timeout));
        }
    }

    /** One call and its answer. */
    Seen send(Call call) throws IOException {
        AnswerPrinter answer = AnswerPrinter.collecting();
        Instant start = clock.instant();
        connection.send(call, timeout, answer);
        Outcome outcome = new Outcome(answer.head(), Duration.between(start, clock.instant()));
        return new Seen(
                answer.head().status(),
                answer.head().headers().stream()
                        .map(header -> new NamedValue(header.name(), header.value()))
                        .toList(),
                answer.bytes(),
                outcome.header(FunctionLogs.HEADER).orElse(""),
                outcome.timing().map(Timing::total).orElse(outcome.elapsedMillis()));
    }

    private Call call(TestCase one) {
        CallBody body = new CallBody(one.event().body(), "");
        List<Header> headers = new ArrayList<>();
        for (NamedValue header : one.event().headers()) {
            headers.add(CallFactory.header(header.name(), header.value())
                    .orElseThrow(() -> ErrorMessage.of(
                                    ErrorCode.TEST_INVALID,
                                    one.position().lineText() + " has a header '" + header.name()
                                            + "' that can't be sent",
                                    "",
                                    "leave it out: lengths and connections are set by themselves")
                            .at(one.position().place())
                            .toException()));
        }
        if (Header.first(headers, "Content-Type").isEmpty()) {
            body.guessedType().ifPresent(type -> headers.add(new Header("Content-Type", type)));
        }
        if (one.wantsLogs()) {
            headers.add(new Header("X-Nuclio-Log-Level", "debug"));
        }
        String method = one.event().method().toUpperCase(Locale.ROOT);
        return new Call(method, Call.address(target.url(), one.event().path()), headers, body);
    }

    static RuntimeException broken(Target target, IOException e) {
        return ErrorMessage.of(
                        ErrorCode.ANSWER_BROKEN,
                        "the answer of " + target.name() + " can't be read",
                        String.valueOf(e.getMessage()),
                        "see what it says: nucleon test PATH -v")
                .toException(e);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
