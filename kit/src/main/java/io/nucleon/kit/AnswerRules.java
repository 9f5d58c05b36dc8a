package io.nucleon.kit;

import io.nucleon.host.JsonReader;
import io.nucleon.transport.FrameLayout;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PROTOCOL.md §3: answers, failures, records, streams. Stateless. */
final class AnswerRules {

    private static final String READ = "§3 RESPONSE";
    private static final int MANY = 40;
    private static final int SEVERAL = 4;

    private AnswerRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.each(
                        "answer",
                        "§3",
                        "answers with the handler's status, content type, headers and body",
                        READ,
                        AnswerRules::answer),
                Rule.each(
                        "answer-once",
                        "§3",
                        "answers each event once, in order, with its correlation and epoch",
                        READ + ", 'Exactly one RESPONSE'",
                        AnswerRules::once),
                Rule.each(
                        "answer-time", "§3", "says how many ns the handler took", READ + ", 'time'", AnswerRules::time),
                Rule.each(
                        "failure",
                        "§1",
                        "marks an exception FAILED, says which and where, and lives on",
                        "§1 Flags, FAILED",
                        AnswerRules::failure),
                Rule.each(
                        "log",
                        "§3.2",
                        "sends records with level, message, fields and their event's correlation, before its answer",
                        "§3.2 LOG",
                        AnswerRules::log),
                Rule.each("stream", "§3.1", "streams an answer", "§3.1 Streams", AnswerRules::stream),
                Rule.each(
                        "stream-break",
                        "§3.1",
                        "ends a stream that fails with a CHUNK that is FAILED",
                        "§3.1 Streams",
                        AnswerRules::brokenStream),
                Rule.each(
                        "no-ack", "§1", "marks an answer that asks for no ack", "§1 Flags, NO_ACK", AnswerRules::noAck),
                Rule.each(
                        "ack",
                        "§1",
                        "sends an explicit ack with topic, partition and offset",
                        "§1 Types, ACK",
                        AnswerRules::ack),
                Rule.each("view", "§4", "lends bodies with body: view", "§4 Hand-shake, 'body'", AnswerRules::view),
                Rule.each(
                        "kept-event",
                        "§5",
                        "keeps an event readable for a handler that keeps it",
                        "§5 Segment, 'tail'",
                        AnswerRules::kept));
    }

    private static void answer(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            String sent = "an event for /answer";
            Answer answer = worker.call(worker.event("/answer"), sent);
            Failed.unless(answer.code() == 201, sent, "code " + answer.code() + ", not 201");
            Received first = answer.first();
            Failed.unless(
                    first.contentType().equals("text/x-checker"),
                    sent,
                    "content type " + Received.shown(first.contentType()) + ", not 'text/x-checker'");
            Failed.unless(
                    "gr\u00fcn".equals(first.headers().get("X-Checker")),
                    sent,
                    "headers " + first.headers() + ", without X-Checker: gr\u00fcn");
            Failed.unless(answer.text().equals("made"), sent, answer.shown() + ", not 'made'");
            Failed.unless(!answer.has(FrameLayout.FLAG_FAILED), sent, "flag FAILED");
        }
    }

    private static void once(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            List<FrameBytes> events = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                FrameBytes event =
                        worker.event(i % SEVERAL == 1 ? "/raise" : Checker.ECHO).body("body " + i);
                worker.send(event);
                events.add(event);
            }
            worker.control(FrameLayout.STOP, 0);
            String sent = MANY + " events, each fourth for /raise, then STOP";
            worker.awaitExit(sent);
            List<Received> answers = worker.inbox().rest().stream()
                    .filter(frame -> frame.type() == FrameLayout.RESPONSE)
                    .toList();
            long old = worker.connection().staleFrames();
            Failed.unless(old == 0, sent, old + " frames of another epoch than HELLO's");
            Failed.unless(
                    answers.size() == MANY,
                    sent,
                    answers.size() + " RESPONSE frames; " + worker.inbox().end());
            for (int i = 0; i < MANY; i++) {
                Failed.unless(
                        answers.get(i).correlation() == events.get(i).correlation(),
                        sent,
                        "answer " + (i + 1) + " with correlation "
                                + Long.toUnsignedString(answers.get(i).correlation()) + ", not "
                                + Long.toUnsignedString(events.get(i).correlation()));
            }
        }
    }

    private static void time(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            long before = bench.setting().clock().millis();
            String sent = "an event for " + Checker.ECHO;
            Answer answer = worker.call(worker.event(Checker.ECHO), sent);
            long most = (bench.setting().clock().millis() - before + 1) * 1_000_000;
            long took = answer.first().time();
            Failed.unless(took > 0 && took <= most, sent, "time " + took + " ns; all of it took at most " + most);
        }
    }

    private static void failure(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            String sent = "an event for /raise";
            Answer answer = worker.call(worker.event("/raise").body("x"), sent);
            Failed.unless(answer.has(FrameLayout.FLAG_FAILED), sent, answer.shown() + " without flag FAILED");
            Failed.unless(answer.code() == 500, sent, "code " + answer.code() + ", not 500");
            Failed.unless(
                    answer.text().contains("the checker raises"),
                    sent,
                    answer.shown() + ", without the exception's message");
            Failed.unless(
                    answer.extra().getOrDefault("message", "the checker raises").contains("the checker raises"),
                    sent,
                    "extra " + answer.extra());
            Checker.echo(worker, "after a failure");
        }
    }

    private static void log(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            worker.inbox().poll(frame -> frame.type() == FrameLayout.LOG); // of the init hook
            FrameBytes event = worker.event("/log");
            String sent = "an event for /log";
            worker.call(event, sent);
            List<String> messages = List.of("one", "two", "three", "four \u00fc\n");
            for (int level = 0; level < messages.size(); level++) {
                Received record = worker.inbox()
                        .poll(frame -> frame.type() == FrameLayout.LOG)
                        .orElseThrow(() -> new Failed(sent, "fewer than four LOG frames before its answer"));
                Failed.unless(
                        record.code() == level && record.path().equals(messages.get(level)),
                        sent,
                        "level " + record.code() + ", message " + Received.shown(record.path()) + ", not level " + level
                                + ", " + Received.shown(messages.get(level)));
                Failed.unless(record.correlation() == event.correlation(), sent, record.shown() + ", not the event's");
                Map<String, Object> fields = JsonReader.object(record.text())
                        .orElseThrow(() -> new Failed(sent, "a LOG whose body is no JSON object: " + record.text()));
                Failed.unless(
                        fields.get("number") instanceof BigDecimal number && number.intValue() == level + 1,
                        sent,
                        "fields " + fields + ", without number: " + (level + 1));
            }
        }
    }

    private static void stream(Bench bench) throws Failed, NotOffered {
        try (Worker worker = bench.ready()) {
            Answer answer = Checker.offered(worker, worker.event("/stream"), "/stream");
            String sent = "an event for /stream";
            Failed.unless(answer.text().equals("one,two,three"), sent, answer.shown() + ", not 'one,two,three'");
            Failed.unless(
                    answer.chunks().size() >= 2,
                    sent,
                    answer.chunks().size() + " CHUNK frames; it is not sent as it is made");
            Checker.echo(worker, "after a stream");
        }
    }

    private static void brokenStream(Bench bench) throws Failed, NotOffered {
        try (Worker worker = bench.ready()) {
            Answer answer = Checker.offered(worker, worker.event("/stream-breaks"), "/stream-breaks");
            String sent = "an event for /stream-breaks, which raises after its first item";
            Failed.unless(answer.text().equals("one,"), sent, answer.shown() + ", not 'one,'");
            Failed.unless(
                    !answer.chunks().isEmpty() && answer.chunks().getLast().has(FrameLayout.FLAG_FAILED),
                    sent,
                    "a last CHUNK without flag FAILED");
            Checker.echo(worker, "after a broken stream");
        }
    }

    private static void noAck(Bench bench) throws Failed, NotOffered {
        try (Worker worker = bench.ready()) {
            Answer answer = Checker.offered(worker, worker.event("/no-ack"), "/no-ack");
            Failed.unless(
                    answer.has(FrameLayout.FLAG_NO_ACK),
                    "an event for /no-ack",
                    answer.shown() + " without flag NO_ACK");
        }
    }

    private static void ack(Bench bench) throws Failed, NotOffered {
        try (Worker worker = bench.ready()) {
            FrameBytes event = worker.event("/ack").place(3, (1L << 40) + 5).extra(Checker.pairs("topic", "orders"));
            Checker.offered(worker, event, "/ack");
            String sent = "an event for /ack of topic orders, shard 3, offset 2^40+5";
            Received ack = worker.take(frame -> frame.type() == FrameLayout.ACK, sent);
            Failed.unless(
                    ack.path().equals("orders") && ack.shard() == 3 && ack.streamOffset() == (1L << 40) + 5,
                    sent,
                    "an ACK of " + ack.path() + ", shard " + ack.shard() + ", offset " + ack.streamOffset());
        }
    }

    private static void view(Bench bench) throws Failed, NotOffered {
        try (Worker worker = bench.ready(new Start().view())) {
            int size = worker.connection().inlineLimit() + 1;
            FrameBytes event = worker.event("/view").body(Checker.pattern(size));
            Answer answer = Checker.offered(worker, event, "/view");
            Checker.same(Checker.pattern(size), answer, "a body of " + size + " bytes for /view, with body: view");
            Checker.echo(worker, Checker.pattern(size), "the same for " + Checker.ECHO + ", with body: view");
        }
    }

    private static void kept(Bench bench) throws Failed, NotOffered {
        try (Worker worker = bench.ready()) {
            Checker.offered(
                    worker,
                    worker.event("/keep").headers(Checker.pairs("X-Kept", "h")).body("kept body"),
                    "/keep");
            for (int i = 0; i < MANY; i++) {
                Checker.echo(worker, "x".repeat(5000));
            }
            String sent = "an event for /keep, " + MANY + " others, another one for /keep";
            Answer answer = worker.call(worker.event("/keep"), sent);
            Failed.unless(
                    answer.text().equals("kept body h"),
                    sent,
                    answer.shown() + ", not body and header X-Kept of the first");
        }
    }
}
