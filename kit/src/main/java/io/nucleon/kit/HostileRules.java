package io.nucleon.kit;

import io.nucleon.os.Signals;
import io.nucleon.transport.FrameLayout;
import io.nucleon.transport.shm.SegmentLayout;
import java.util.ArrayList;
import java.util.List;

/** PROTOCOL.md §1: what no processor sends, each of it the end of the worker and nothing else. Stateless. */
final class HostileRules {

    private static final String READ = "§1 Frame, 'Unknown types are violations …'";
    private static final int SIGNALLED = 128;

    private HostileRules() {}

    static List<Rule> all() {
        List<Rule> rules = new ArrayList<>();
        for (GoldenFrames golden : GoldenFrames.hostile()) {
            Rule.Check check = bench -> refuses(bench, golden);
            String about = "ends when " + golden.violation();
            rules.add(
                    golden.isForRings()
                            ? Rule.rings(golden.name(), "§5", about, "§5 Segment, and golden/" + golden.name(), check)
                            : Rule.each(golden.name(), "§1", about, READ + ", and golden/" + golden.name(), check));
        }
        rules.add(Rule.each(
                "hostile-chunk",
                "§2.2",
                "neither answers a CHUNK of no event nor is harmed by it",
                "§2.2 Chunks",
                HostileRules::strayChunk));
        rules.add(Rule.each(
                "old-epoch", "§1", "drops frames of another epoch", "§1 Frame, 'epoch'", HostileRules::oldEpoch));
        return rules;
    }

    private static void refuses(Bench bench, GoldenFrames golden) throws Failed {
        try (Worker worker = bench.ready()) {
            String sent = "golden/" + golden.name() + ".bin";
            if (golden.isForRings()) {
                publish(worker, golden);
            } else {
                worker.write(golden.bytes());
            }
            int exit = worker.awaitExit(sent);
            endedInOrder(worker, exit, sent);
            Failed.unless(
                    worker.inbox()
                            .poll(frame -> frame.type() == FrameLayout.RESPONSE)
                            .isEmpty(),
                    sent,
                    "an answer");
        }
    }

    /** Puts the frames into the ring and moves its head to where the golden one has it, both as far from the ring's own end. */
    private static void publish(Worker worker, GoldenFrames golden) throws Failed {
        SegmentLayout layout = worker.segment().layout();
        long scale = layout.ringSize() - golden.ringSize();
        long head = golden.head() > golden.ringSize() ? golden.head() + scale : golden.head();
        worker.poke(layout.requestRing(), golden.bytes());
        worker.poke(SegmentLayout.REQUEST_INDICES, FrameBytes.number(head));
        worker.raw(new byte[] {'b'});
    }

    /** A worker that refuses ends by itself: with a status that is neither 0 nor a signal's. */
    static void endedInOrder(Worker worker, int exit, String sent) throws Failed {
        Failed.unless(exit != 0, sent, "exit 0, as if all were well");
        Failed.unless(
                exit < SIGNALLED,
                sent,
                "its end by " + Signals.describeExit(exit) + "; "
                        + worker.process().lastWords());
    }

    private static void strayChunk(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            String sent = "a CHUNK of no event, then an event";
            worker.write(Worker.chunk(4711, 0).body("stray").bytes());
            FrameBytes event = worker.event(Checker.ECHO).body("after it");
            worker.send(event);
            worker.inbox()
                    .await(
                            () -> !worker.process().isAlive()
                                    || worker.inbox().rest().stream()
                                            .anyMatch(frame -> frame.correlation() == event.correlation()),
                            sent,
                            worker.inbox().came());
            if (!worker.process().isAlive()) {
                endedInOrder(worker, worker.process().exitValue(), sent);
            }
            Failed.unless(
                    worker.inbox().poll(frame -> frame.correlation() == 4711).isEmpty(),
                    sent,
                    "an answer to the CHUNK");
        }
    }

    private static void oldEpoch(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            FrameBytes old =
                    worker.event(Checker.ECHO).epoch(FrameBytes.EPOCH - 1).body("old");
            worker.write(old.bytes());
            Checker.echo(worker, "of this epoch");
            Failed.unless(
                    worker.inbox()
                            .poll(frame -> frame.correlation() == old.correlation())
                            .isEmpty(),
                    "an event of epoch 6 to a worker of epoch 7, then one of 7",
                    "an answer to the old one");
        }
    }
}
