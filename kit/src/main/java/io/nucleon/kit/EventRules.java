package io.nucleon.kit;

import io.nucleon.transport.FrameLayout;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** PROTOCOL.md §2: what a handler sees of an event, whatever its frames are. Stateless. */
final class EventRules {

    private static final String READ = "§2 EVENT";
    private static final int METHOD_IN_EXTRA = 255;
    private static final int SECOND_TRIGGER = 1 << 8;
    private static final int LARGEST_SHORT = 60_000;

    private EventRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.each("event-members", "§2", "shows an HTTP event's members", READ, EventRules::members),
                Rule.each(
                        "event-stream",
                        "§2",
                        "shows a stream's event: trigger, topic, shard, offset",
                        READ,
                        EventRules::stream),
                Rule.each("event-empty", "§2", "takes an event that is nothing but a header", READ, EventRules::empty),
                Rule.each(
                        "event-text",
                        "§2",
                        "takes a header and a query that are no UTF-8",
                        READ + ", 'headers'",
                        EventRules::noText),
                Rule.each(
                        "event-large", "§1", "takes sections of nearly 64 KiB", "§1 Frame", EventRules::largeSections),
                Rule.each(
                        "event-id",
                        "§2",
                        "makes a UUID v4 for an event without an id",
                        READ + ", 'id'",
                        EventRules::madeId),
                Rule.each(
                        "body-sizes",
                        "§2.1",
                        "gets and gives bodies of all sizes",
                        "§2.1 Small and large bodies",
                        EventRules::sizes),
                Rule.each(
                        "body-chunks", "§2.2", "joins a body that comes in chunks", "§2.2 Chunks", EventRules::chunks),
                Rule.each(
                        "event-object",
                        "§1",
                        "shows a structured CloudEvent's object",
                        "§1 Flags, OBJECT",
                        EventRules::object),
                Rule.each(
                        "batch",
                        "§1",
                        "gives a batch to one call and answers each of its events",
                        "§1 Flags, BATCH and BATCHED",
                        EventRules::batch));
    }

    private static void members(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            FrameBytes event = worker.event("/event\0a=1&b=two%20words&a=2")
                    .contentType("text/plain; charset=utf-8")
                    .id("0d1e2f30-4151-4262-8374-859607a8b9ca")
                    .headers(Checker.pairs("Host", "here", "X-Word", "grüße", "X-Twice", "1", "X-Twice2", ""))
                    .body("gr\u00fc\u00dfe");
            String sent = "a POST of /event?a=1&b=two%20words&a=2 with headers, id and content type";
            Map<String, Object> wanted = new HashMap<>(Map.of(
                    "method", "POST",
                    "path", "/event",
                    "fields", Map.of("a", "2", "b", "two words"),
                    "headers", Map.of("Host", "here", "X-Word", "grüße", "X-Twice", "1", "X-Twice2", ""),
                    "content_type", "text/plain; charset=utf-8",
                    "id", "0d1e2f30-4151-4262-8374-859607a8b9ca",
                    "trigger_kind", "http",
                    "trigger_name", "checker-http",
                    "shard", -1));
            wanted.put("body", base64("gr\u00fc\u00dfe"));
            wanted.put("size", 7);
            Checker.members(worker.call(event, sent), wanted, sent);
        }
    }

    private static void stream(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            FrameBytes event = worker.event("/event")
                    .code(SECOND_TRIGGER | METHOD_IN_EXTRA)
                    .place(12, (1L << 53) - 1)
                    .extra(Checker.pairs(
                            "method",
                            "BREW",
                            "topic",
                            "orders",
                            "num_shards",
                            "16",
                            "type",
                            "made",
                            "type_version",
                            "2",
                            "version",
                            "1.0",
                            "url",
                            "http://here/"));
            Map<String, Object> wanted = new HashMap<>(Map.of(
                    "method", "BREW",
                    "trigger_kind", "kafka-cluster",
                    "trigger_name", "checker-kafka",
                    "topic", "orders",
                    "shard", 12,
                    "num_shards", 16,
                    "offset", (1L << 53) - 1));
            wanted.putAll(Map.of("type", "made", "type_version", "2", "version", "1.0", "url", "http://here/"));
            String sent = "an event of the second trigger, method and topic in extra, shard 12, offset 2^53-1";
            Checker.members(worker.call(event, sent), wanted, sent);
            FrameBytes named =
                    worker.event("/event").extra(Checker.pairs("trigger_kind", "/source", "trigger_name", ""));
            String sentNamed = "an event with trigger_kind '/source' in extra";
            Checker.members(worker.call(named, sentNamed), Map.of("trigger_kind", "/source"), sentNamed);
        }
    }

    private static void empty(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            String sent = "an event of 64 bytes";
            Answer answer = worker.call(worker.event("").code(0), sent);
            Checker.members(
                    answer,
                    Map.of("method", "GET", "fields", Map.of(), "headers", Map.of(), "content_type", "", "body", ""),
                    sent);
        }
    }

    private static void noText(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            FrameBytes event = worker.event(Checker.ECHO + "\0a=%zz&%FF=%")
                    .headers(Checker.pairs("X", "caf@"))
                    .body("kept");
            byte[] frame = event.bytes();
            for (int i = FrameLayout.HEADER; i < frame.length; i++) {
                frame[i] = frame[i] == '@' ? (byte) 0xe9 : frame[i];
            }
            worker.write(frame);
            String sent = "an event with a header of the byte 0xE9, which the handler does not read";
            Checker.same(FrameBytes.utf8("kept"), worker.answer(event, sent), sent);
        }
    }

    private static void largeSections(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            String large = "x".repeat(LARGEST_SHORT);
            FrameBytes event = worker.event(Checker.ECHO + "\0q=" + large)
                    .contentType(large)
                    .headers(Checker.pairs("X-Large", large))
                    .body("kept");
            String sent = "an event with path, content type and header of 60,000 bytes each";
            Checker.same(FrameBytes.utf8("kept"), worker.call(event, sent), sent);
        }
    }

    private static void madeId(Bench bench) throws Failed {
        Set<Object> ids = new HashSet<>();
        try (Worker worker = bench.ready()) {
            for (int i = 0; i < 3; i++) {
                String sent = "an event without an id";
                Object id = Checker.members(worker.call(worker.event("/event"), sent), Map.of(), sent)
                        .get("id");
                Failed.unless(
                        id instanceof String text
                                && text.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
                        sent,
                        "id " + id + ", no UUID v4");
                Failed.unless(ids.add(id), "two events without an id", "the same id twice: " + id);
            }
        }
    }

    private static void sizes(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            int limit = worker.connection().inlineLimit();
            int frame = worker.connection().maxFrame();
            for (int size : new int[] {0, 1, 63, 64, 65, 1000, limit - 1, limit, limit + 1, frame, 3 * frame + 1, 0}) {
                Checker.echo(worker, Checker.pattern(size), "a body of " + size + " bytes for " + Checker.ECHO);
            }
            for (int size : new int[] {limit + 1, 2 * frame, 4_000_000}) {
                String sent = "an event for /size that asks for " + size + " bytes";
                Answer answer = worker.call(worker.event("/size").body(Integer.toString(size)), sent);
                Checker.same(FrameBytes.utf8("x".repeat(size)), answer, sent);
            }
        }
    }

    private static void chunks(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            String sent = "an event in three parts, the last of them empty, and CONTINUE in between";
            FrameBytes event =
                    worker.event(Checker.ECHO).flags(FrameLayout.FLAG_MORE).body("first ");
            worker.write(event.bytes());
            worker.write(Worker.chunk(event.correlation(), FrameLayout.FLAG_MORE)
                    .body("second")
                    .bytes());
            worker.control(FrameLayout.CONTINUE, 0);
            worker.write(Worker.chunk(event.correlation(), 0).bytes());
            Checker.same(FrameBytes.utf8("first second"), worker.answer(event, sent), sent);
            Checker.echo(worker, "after chunks");
        }
    }

    private static void object(Bench bench) throws Failed, NotOffered {
        try (Worker worker = bench.ready()) {
            FrameBytes event = worker.event("/object")
                    .flags(FrameLayout.FLAG_OBJECT)
                    .contentType("application/vnd.x")
                    .body("{\"k\": [1, 2]}");
            Answer answer = Checker.offered(worker, event, "/object");
            Failed.unless(
                    answer.text().equals("2"),
                    "an event with flag OBJECT and body {\"k\": [1, 2]} for /object",
                    answer.shown() + ", not '2', the length of the list k");
        }
    }

    private static void batch(Bench bench) throws Failed, NotOffered {
        try (Worker worker = bench.ready()) {
            int inside = FrameLayout.FLAG_BATCH | FrameLayout.FLAG_BATCHED;
            FrameBytes first = worker.event("/batch").id("1").flags(inside).body("a");
            FrameBytes second = worker.event("/batch")
                    .id("2")
                    .flags(inside | FrameLayout.FLAG_MORE)
                    .body("b");
            FrameBytes third = worker.event("/batch")
                    .id("3")
                    .flags(FrameLayout.FLAG_BATCHED)
                    .body("skip");
            worker.write(first.bytes());
            worker.write(second.bytes());
            worker.write(Worker.chunk(second.correlation(), 0).body("b").bytes());
            worker.write(third.bytes());
            String sent = "a batch of three events, the second with a body in two parts";
            Answer answer = worker.answer(first, sent);
            Checker.offered(answer, "a batch");
            Failed.unless(answer.text().equals("3:a"), sent, answer.shown() + " for the first, not '3:a'");
            answer = worker.answer(second, sent);
            Failed.unless(answer.text().equals("3:bb"), sent, answer.shown() + " for the second, not '3:bb'");
            answer = worker.answer(third, sent);
            Failed.unless(
                    answer.code() >= 500 && answer.has(FrameLayout.FLAG_FAILED),
                    sent + ", the third of which the handler does not answer",
                    answer.shown() + " for it, not a failure");
            FrameBytes alone = worker.event("/batch")
                    .id("4")
                    .flags(FrameLayout.FLAG_BATCHED)
                    .body("c");
            answer = worker.call(alone, "a batch of one");
            Failed.unless(answer.text().equals("1:c"), "a batch of one", answer.shown());
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(FrameBytes.utf8(text));
    }
}
