package io.nucleon.kit;

import io.nucleon.transport.FrameLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** PROTOCOL.md §1, §4, §5: drain and stop, {@code claimed}, ends. Stateless. */
final class ControlRules {

    private ControlRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.each(
                        "claimed",
                        "§5",
                        "stores claimed before it calls the handler, and no further",
                        "§5 Segment, 'claimed'",
                        ControlRules::claimed),
                Rule.each(
                        "drain",
                        "§1",
                        "answers DRAIN with DONE, then events with DISCARDED until CONTINUE",
                        "§1 Types, DRAIN, CONTINUE and DONE; Flags, DISCARDED",
                        ControlRules::drain),
                Rule.each(
                        "terminate",
                        "§1",
                        "answers TERMINATE with DONE",
                        "§1 Types, TERMINATE and DONE",
                        ControlRules::terminate),
                Rule.each(
                        "drain-hook",
                        "§1",
                        "runs the function's drain and termination callbacks, once each",
                        "§1 Types, DRAIN and TERMINATE",
                        ControlRules::hooks),
                Rule.each(
                        "stop",
                        "§1",
                        "answers what came before STOP, then ends with 0",
                        "§1 Types, STOP",
                        ControlRules::stop),
                Rule.each(
                        "end-idle",
                        "§4",
                        "ends at once when the processor is gone",
                        "§4 Hand-shake, 'The processor's end of file'",
                        ControlRules::endIdle),
                Rule.each(
                        "end-busy",
                        "§4",
                        "ends after the event in hand when the processor is gone",
                        "§4 Hand-shake, 'The processor's end of file'",
                        ControlRules::endBusy),
                Rule.once(
                        "parent",
                        "§4",
                        "is ended with NUCLEON_PARENT, while a handler runs",
                        "§4 Hand-shake, 'NUCLEON_PARENT'",
                        ControlRules::parent));
    }

    /** A handler that runs until {@link #open}. */
    record Gate(Path path) {
        static Gate of(Worker worker, String name) {
            return new Gate(worker.folder().resolve(name));
        }

        FrameBytes event(Worker worker) {
            return worker.event("/wait").body(path.toString());
        }

        void awaitEntered(Worker worker) throws Failed {
            worker.awaitFile(Path.of(path + ".in"), "an event for /wait");
        }

        void open() {
            try {
                Files.createFile(Path.of(path + ".go"));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("letting the handler go on failed", e);
            }
        }
    }

    private static void claimed(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            Checker.echo(worker, "before");
            Gate gate = Gate.of(worker, "gate");
            FrameBytes event = gate.event(worker);
            long begun = worker.send(event);
            FrameBytes behind = worker.event(Checker.ECHO).body("behind");
            worker.send(behind);
            gate.awaitEntered(worker);
            long claimed = worker.onLoop(() -> worker.connection().claimed());
            Failed.unless(
                    claimed == begun,
                    "an event that ends at position " + begun + ", another one behind it",
                    "claimed " + claimed + " while the first one's handler runs");
            gate.open();
            worker.answer(event, "an event for /wait");
            worker.answer(behind, "an event behind it");
        }
    }

    private static void drain(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            Checker.echo(worker, "before");
            for (long correlation : new long[] {11, 12}) {
                worker.control(FrameLayout.DRAIN, correlation);
                awaitDone(worker, correlation, "DRAIN with correlation " + correlation);
            }
            String sent = "an event to a worker that was drained";
            Answer answer = worker.call(worker.event(Checker.ECHO).body("x"), sent);
            Failed.unless(answer.has(FrameLayout.FLAG_DISCARDED), sent, answer.shown() + " without flag DISCARDED");
            worker.control(FrameLayout.CONTINUE, 0);
            Checker.echo(worker, "after CONTINUE");
        }
    }

    private static void terminate(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            worker.control(FrameLayout.TERMINATE, 13);
            awaitDone(worker, 13, "TERMINATE with correlation 13");
            String sent = "an event to a worker that was told to terminate";
            Answer answer = worker.call(worker.event(Checker.ECHO).body("x"), sent);
            Failed.unless(answer.has(FrameLayout.FLAG_DISCARDED), sent, answer.shown() + " without flag DISCARDED");
            worker.control(FrameLayout.STOP, 0);
            int exit = worker.awaitExit("STOP");
            Failed.unless(exit == 0, "TERMINATE, then STOP", "exit " + exit);
        }
    }

    private static void awaitDone(Worker worker, long correlation, String sent) throws Failed {
        Received done = worker.take(frame -> frame.type() != FrameLayout.LOG, sent);
        Failed.unless(
                done.type() == FrameLayout.DONE && done.correlation() == correlation,
                sent,
                done.shown() + ", not DONE with that correlation");
    }

    private static void hooks(Bench bench) throws Failed, NotOffered {
        try (Worker worker = bench.ready()) {
            worker.inbox().poll(frame -> frame.type() == FrameLayout.LOG); // of the init hook
            worker.control(FrameLayout.DRAIN, 11);
            awaitDone(worker, 11, "DRAIN");
            if (worker.inbox().poll(frame -> frame.path().equals("draining")).isEmpty()) {
                throw new NotOffered("the checker function has no drain callback that logs 'draining'");
            }
            worker.control(FrameLayout.DRAIN, 12);
            awaitDone(worker, 12, "DRAIN again");
            Failed.unless(
                    worker.inbox()
                            .poll(frame -> frame.path().equals("draining"))
                            .isEmpty(),
                    "DRAIN twice",
                    "the drain callback's record twice");
            worker.control(FrameLayout.TERMINATE, 13);
            awaitDone(worker, 13, "TERMINATE");
            Failed.unless(
                    worker.inbox()
                            .poll(frame -> frame.path().equals("terminating"))
                            .isPresent(),
                    "TERMINATE",
                    "DONE without the termination callback's record 'terminating'");
        }
    }

    private static void stop(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            FrameBytes event = worker.event(Checker.ECHO).body("last");
            worker.send(event);
            worker.control(FrameLayout.STOP, 0);
            String sent = "an event, then STOP";
            Checker.same(FrameBytes.utf8("last"), worker.answer(event, sent), sent);
            int exit = worker.awaitExit(sent);
            Failed.unless(exit == 0, sent, "exit " + exit);
        }
    }

    private static void endIdle(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            Checker.echo(worker, "before");
            worker.hangUp();
            worker.awaitExit("the end of the connection");
        }
    }

    private static void endBusy(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            Gate gate = Gate.of(worker, "gate");
            worker.send(gate.event(worker));
            gate.awaitEntered(worker);
            worker.hangUp();
            gate.open();
            worker.awaitExit("the end of the connection while a handler runs, which then returns");
        }
    }

    private static void parent(Bench bench) throws Failed {
        try (Worker worker = bench.ready(new Start().behindAnother())) {
            Gate gate = Gate.of(worker, "gate");
            worker.send(gate.event(worker));
            gate.awaitEntered(worker);
            long pid = Long.parseLong(String.valueOf(worker.said().get("pid")));
            ProcessHandle handle = ProcessHandle.of(pid)
                    .orElseThrow(() -> new Failed("started it", "pid " + pid + ", which is no process"));
            worker.process().kill();
            worker.inbox()
                    .await(
                            () -> !handle.isAlive(),
                            "the end of the process that NUCLEON_PARENT names, while a handler runs",
                            "the worker lives on");
        }
    }
}
