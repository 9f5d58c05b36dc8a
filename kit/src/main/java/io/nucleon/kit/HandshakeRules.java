package io.nucleon.kit;

import io.nucleon.host.JsonReader;
import io.nucleon.transport.FrameLayout;
import io.nucleon.transport.shm.SegmentLayout;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** PROTOCOL.md §4: how a worker greets, loads, and refuses. Stateless. */
final class HandshakeRules {

    private static final String READ = "§4 Hand-shake";

    private HandshakeRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.once(
                        "hello",
                        "§4",
                        "says first, in a HELLO, protocol, token, worker, pid, language, version and shm",
                        READ + ", point 1",
                        HandshakeRules::hello),
                Rule.once(
                        "ready",
                        "§4",
                        "says READY once, with handler, async, streaming",
                        READ + ", point 4",
                        HandshakeRules::ready),
                Rule.once("init", "§4", "runs the init hook before READY", READ + ", point 4", HandshakeRules::init),
                Rule.once(
                        "trigger",
                        "§4",
                        "shows handlers the trigger that the worker works for",
                        READ + ", point 2, 'trigger'",
                        HandshakeRules::trigger),
                Rule.each(
                        "segment-path",
                        "§4",
                        "takes a segment that is named by a path",
                        READ + ", point 3",
                        HandshakeRules::path),
                Rule.once(
                        "missing-handler",
                        "§4",
                        "says FAULT, and ends with 1, when there is no such handler",
                        READ + ", point 4, and §1, type 15",
                        HandshakeRules::missingHandler),
                Rule.once(
                        "other-protocol",
                        "§4",
                        "ends, not with 0, when the processor speaks another major version",
                        READ + ", 'Another major version'",
                        HandshakeRules::otherProtocol),
                Rule.once(
                        "broken-hello",
                        "§4",
                        "ends when HELLO's JSON can't be read",
                        READ,
                        HandshakeRules::brokenHello),
                Rule.each(
                        "other-segment",
                        "§4",
                        "checks magic, major version, size and epoch of the segment",
                        READ + ", point 3, and §5 Segment",
                        HandshakeRules::otherSegment));
    }

    private static void hello(Bench bench) throws Failed {
        try (Worker worker = Worker.begin(bench, new Start())) {
            Map<String, Object> said = worker.said();
            String sent = "started it";
            List<?> protocol = said.get("protocol") instanceof List<?> list ? list : List.of();
            Failed.unless(
                    protocol.size() == 2
                            && String.valueOf(protocol.getFirst()).equals(Integer.toString(FrameLayout.PROTOCOL_MAJOR)),
                    sent,
                    "protocol is " + said.get("protocol") + ", not [" + FrameLayout.PROTOCOL_MAJOR + ","
                            + FrameLayout.PROTOCOL_MINOR + "]");
            same(said, "token", Stage.token());
            same(said, "worker", Integer.toString(Worker.INDEX));
            same(said, "pid", Long.toString(worker.process().pid()));
            for (String text : List.of("language", "version")) {
                Failed.unless(
                        said.get(text) instanceof String word && !word.isEmpty(), sent, text + " is " + said.get(text));
            }
            Failed.unless(
                    said.get("shm") instanceof Boolean, sent, "shm is " + said.get("shm") + ", not true or false");
            boolean isExplained = said.get("why") instanceof String why && !why.isEmpty();
            Failed.unless(
                    Boolean.TRUE.equals(said.get("shm")) || isExplained, sent, "shm is false, and there is no 'why'");
        }
    }

    private static void same(Map<String, Object> said, String name, String wanted) throws Failed {
        Object value = said.get(name);
        Failed.unless(
                value != null && String.valueOf(value).equals(wanted),
                "started it",
                name + " is " + value + ", not " + wanted);
    }

    private static void ready(Bench bench) throws Failed {
        try (Worker worker = Worker.begin(bench, new Start())) {
            Received ready = worker.greet().awaitReady();
            Map<String, Object> said = JsonReader.object(ready.text())
                    .orElseThrow(() -> new Failed("HELLO", "a READY whose body is no JSON object: " + ready.text()));
            Failed.unless(
                    bench.handler(new Start()).equals(said.get("handler")),
                    "HELLO with handler '" + bench.handler(new Start()) + "'",
                    "READY with handler " + said.get("handler"));
            for (String name : List.of("async", "streaming")) {
                Failed.unless(said.get(name) instanceof Boolean, "HELLO", "READY with " + name + " " + said.get(name));
            }
            Checker.echo(worker, "after READY");
            worker.control(FrameLayout.STOP, 0);
            worker.awaitExit("STOP");
            Failed.unless(
                    worker.inbox()
                            .poll(frame -> frame.type() == FrameLayout.READY)
                            .isEmpty(),
                    "HELLO, an event, STOP",
                    "READY twice");
        }
    }

    private static void init(Bench bench) throws Failed, NotOffered {
        try (Worker worker = bench.ready()) {
            Received record = worker.inbox()
                    .poll(frame -> frame.type() == FrameLayout.LOG)
                    .orElse(null);
            if (record == null) {
                Checker.echo(worker, "after READY");
                Failed.unless(
                        worker.inbox()
                                .poll(frame -> frame.path().equals("init"))
                                .isEmpty(),
                        "HELLO",
                        "the record of the init hook after READY");
                throw new NotOffered("the checker function has no init hook that logs 'init'");
            }
            Failed.unless(
                    record.path().equals("init") && record.correlation() == 0,
                    "HELLO",
                    record.shown() + ", not 'init' with correlation 0");
        }
    }

    private static void trigger(Bench bench) throws Failed, NotOffered {
        shows(bench, "kafka-cluster", "checker-kafka");
        shows(bench, "", "checker-pool");
    }

    private static void shows(Bench bench, String kind, String name) throws Failed, NotOffered {
        try (Worker worker = bench.ready(new Start().trigger(kind, name))) {
            String sent = "HELLO with trigger {kind: '" + kind + "', name: '" + name
                    + "'}, an event of the first one for /trigger";
            Answer answer = Checker.offered(worker, worker.event("/trigger"), "/trigger");
            Failed.unless(
                    Map.of("kind", kind, "name", name)
                            .equals(JsonReader.object(answer.text()).orElse(Map.of())),
                    sent,
                    answer.shown());
        }
    }

    private static void path(Bench bench) throws Failed {
        try (Worker worker = bench.ready(new Start().byPath())) {
            Checker.echo(worker, "by path");
        }
    }

    private static void missingHandler(Bench bench) throws Failed {
        String handler = bench.handler(new Start()) + "NotThere";
        try (Worker worker = Worker.begin(bench, new Start().handler(handler))) {
            String sent = "HELLO with handler '" + handler + "'";
            // As long again: a wrapper may give a module time to set its exports, as nuclio's Node.js wrapper does.
            worker.greet().inbox().awaitAny(frame -> frame.type() != FrameLayout.LOG, sent);
            Received fault = worker.take(frame -> frame.type() != FrameLayout.LOG, sent);
            Failed.unless(fault.type() == FrameLayout.FAULT, sent, fault.shown());
            Map<String, Object> said = JsonReader.object(fault.text())
                    .orElseThrow(() -> new Failed(sent, "a FAULT whose body is no JSON object: " + fault.text()));
            Failed.unless(
                    said.get("code") instanceof String code && code.matches("NUC-\\d{4}"),
                    sent,
                    "FAULT with code " + said.get("code") + ", which is not NUC- and four digits");
            Failed.unless(
                    said.get("title") instanceof String title && !title.isEmpty(),
                    sent,
                    "FAULT with title " + said.get("title"));
            int exit = worker.awaitExit("nothing after its FAULT");
            Failed.unless(exit == 1, "nothing after its FAULT", "exit " + exit);
        }
    }

    private static void otherProtocol(Bench bench) throws Failed {
        refuses(bench, new Start().major(FrameLayout.PROTOCOL_MAJOR + 1), "HELLO with protocol [2,0]");
    }

    private static void brokenHello(Bench bench) throws Failed {
        refuses(bench, new Start().cutHello(), "a HELLO whose JSON breaks off");
    }

    private static void otherSegment(Bench bench) throws Failed {
        spoiled(bench, SegmentLayout.MAGIC, new byte[] {'n'}, "another magic");
        spoiled(bench, SegmentLayout.MAJOR, new byte[] {2}, "layout 2");
        spoiled(bench, SegmentLayout.SIZE, FrameBytes.number(4096 + 64), "a size that is not HELLO's");
        spoiled(bench, SegmentLayout.EPOCH, FrameBytes.number(FrameBytes.EPOCH + 1), "another epoch");
    }

    private static void spoiled(Bench bench, long at, byte[] bytes, String what) throws Failed {
        Start start = new Start().spoiled(segment -> segment.write(ByteBuffer.wrap(bytes), at));
        refuses(bench, start, "HELLO, and a segment with " + what);
    }

    /** Ends by itself, not with 0, and never gets ready. */
    private static void refuses(Bench bench, Start start, String sent) throws Failed {
        try (Worker worker = Worker.begin(bench, start)) {
            int exit = worker.greet().awaitExit(sent);
            HostileRules.endedInOrder(worker, exit, sent);
            Failed.unless(
                    worker.inbox()
                            .poll(frame -> frame.type() == FrameLayout.READY)
                            .isEmpty(),
                    sent,
                    "READY");
        }
    }
}
