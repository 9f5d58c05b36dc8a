package io.nucleon.cli;

import io.nucleon.cli.cases.NamedValue;
import io.nucleon.cli.cases.Result;
import io.nucleon.cli.cases.Seen;
import io.nucleon.cli.cases.TestCase;
import io.nucleon.cli.cases.TestFile;
import io.nucleon.error.NearestName;
import io.nucleon.error.NucleonException;
import io.nucleon.host.JsonReader;
import io.nucleon.host.JsonTree;
import io.nucleon.host.UserFolders;
import io.nucleon.journal.RecordedAnswer;
import io.nucleon.platform.WallClock;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends the events of cases that are no calls into triggers of one function, below their clients. Confined to one thread. */
final class TestEvents {
    private final Target target;
    private final FunctionEvents function;
    private final Duration timeout;
    private final Clock clock;

    TestEvents(Target target, UserFolders folders, Duration timeout, Clock clock) {
        this.target = target;
        this.function = FunctionEvents.of(target, folders, new WallClock());
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * Sees before anything is started that there are events of a case's kind.
     *
     * @throws NucleonException NUC-8026 if not
     */
    static void check(TestCase one) {
        String kind = one.event().kind();
        if (SampleEvent.find(kind).isEmpty()) {
            List<String> kinds =
                    SampleEvent.all().stream().map(SampleEvent::name).toList();
            throw TestFile.invalid(
                    one.position(),
                    "has an event of kind '" + kind + "'",
                    "",
                    NearestName.advice(kind, kinds, "kinds: "));
        }
    }

    /** Sends the event and waits for its end, after its last try. */
    Result run(TestCase one) {
        SentEvent sent;
        try {
            EventInput input = EventInput.of(SampleEvent.named(one.event().kind()), one.event());
            sent = new Sending(function, timeout, false).sendOne(input);
        } catch (NucleonException e) {
            if (!function.isRunning()) {
                throw e;
            }
            return Result.failed(one, e.error().reason());
        }
        return sent.answer()
                .map(answer -> Result.of(one, seen(sent, answer, one.wantsLogs())))
                .orElseGet(() -> Result.failed(one, "no worker had it: " + sent.state() + " " + sent.ack()));
    }

    private Seen seen(SentEvent sent, RecordedAnswer answer, boolean withLogs) {
        List<NamedValue> headers = Header.of(answer).stream()
                .map(header -> new NamedValue(header.name(), header.value()))
                .toList();
        byte[] body = answer.bodyBytes();
        return new Seen(
                answer.status(),
                headers,
                body.length == 0 ? sent.why().getBytes(StandardCharsets.UTF_8) : body,
                withLogs ? logs(sent.id()) : "",
                sent.timing().total());
    }

    /** What its host keeps of the event's log, in the form of the header that calls have. */
    private String logs(String event) {
        List<Map<String, Object>> records = new ArrayList<>();
        HostPage.object(target.host().admin(), "/logs", clock)
                .map(page -> HostPage.objects(page, "lines"))
                .orElse(List.of())
                .stream()
                .filter(line -> event.equals(JsonReader.text(line, "event")))
                .forEach(line -> {
                    Map<String, Object> log = new LinkedHashMap<>(
                            JsonReader.object(JsonReader.text(line, "with")).orElse(Map.of()));
                    log.put("level", JsonReader.text(line, "level"));
                    log.put("message", JsonReader.text(line, "message"));
                    records.add(log);
                });
        return JsonTree.text(records);
    }
}
