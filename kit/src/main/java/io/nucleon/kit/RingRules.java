package io.nucleon.kit;

import io.nucleon.transport.Connection;
import io.nucleon.transport.FrameLayout;
import io.nucleon.transport.shm.RingLayout;
import io.nucleon.transport.shm.SegmentLayout;
import java.util.ArrayList;
import java.util.List;

/** PROTOCOL.md §5: what only shared memory asks for. Stateless. */
final class RingRules {

    private static final int ROUNDS = 700;
    private static final int LOOKS = 5;
    private static final int LARGE = 12_000;
    private static final int BURST = 64;
    /** An undecided one and a decided one that skip others, and one that looks negative. */
    private static final long[] NO_REVOKES = {3, 4, Long.MIN_VALUE + 1};

    private static final int[] SIZES = {0, 1, 63, 64, 65, 100, 1000, 4000, 16_000};

    private RingRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.rings("shm", "§4", "takes shared memory", "§4 Hand-shake, 'shm'", RingRules::offered),
                Rule.rings(
                        "ring-wrap",
                        "§5",
                        "follows the ring around, over PAD frames",
                        "§1 Types, PAD, and §5 Segment",
                        RingRules::wrap),
                Rule.rings(
                        "ring-sleep",
                        "§5.1",
                        "wakes by the bell, and rings it",
                        "§5.1 Sleep and doorbell",
                        RingRules::sleep),
                Rule.rings(
                        "ring-full",
                        "§5.1",
                        "waits for room in the response ring and goes on",
                        "§5.1 Sleep and doorbell, 'producerWaiting'",
                        RingRules::full),
                Rule.rings(
                        "arena",
                        "§2.1",
                        "puts large bodies into the response arena, and large ones too large for it into chunks",
                        "§2.1 Small and large bodies",
                        RingRules::arena),
                Rule.each(
                        "revoke",
                        "§5.2",
                        "skips events that are taken back while a handler runs",
                        "§5.2 Taking back what has not started",
                        RingRules::revoke),
                Rule.each(
                        "hostile-revoke",
                        "§5.2",
                        "ends when 'revoke' is neither what it has acted on nor the next",
                        "§5.2 Taking back what has not started, 'anything else is a violation'",
                        RingRules::nonsense));
    }

    private static void offered(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            Checker.echo(worker, "over shared memory");
        }
    }

    private static void wrap(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            for (int i = 0; i < ROUNDS; i++) {
                int size = SIZES[i % SIZES.length];
                Checker.echo(worker, Checker.pattern(size), "event " + (i + 1) + ", with a body of " + size + " bytes");
            }
        }
    }

    /** The handlers run for a while, so that the loop sleeps when they answer; it also looks now and then by itself. */
    private static void sleep(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            String sent = LOOKS + " events for /wait, one after the other";
            for (int i = 0; i < LOOKS; i++) {
                ControlRules.Gate gate = ControlRules.Gate.of(worker, "gate" + i);
                FrameBytes event = gate.event(worker);
                worker.send(event);
                gate.awaitEntered(worker);
                gate.open();
                worker.answer(event, sent);
            }
            int bells = worker.onLoop(worker::bells);
            Failed.unless(bells > 0, sent, "their answers, and no byte on the socket: consumerWaiting was 1");
        }
    }

    private static void full(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            worker.onLoop(() -> {
                worker.connection().pause(true);
                return null;
            });
            List<FrameBytes> events = new ArrayList<>();
            for (int i = 0; i < 2 * BURST; i++) {
                FrameBytes event = worker.event("/size").body(Integer.toString(LARGE));
                worker.send(event);
                events.add(event);
            }
            worker.onLoop(() -> {
                worker.connection().pause(false);
                return null;
            });
            String sent = 2 * BURST + " events whose answers of 12,000 bytes together exceed the ring";
            for (FrameBytes event : events) {
                Answer answer = worker.answer(event, sent);
                Failed.unless(answer.body().length == LARGE, sent, answer.shown());
            }
        }
    }

    private static void arena(Bench bench) throws Failed {
        try (Worker worker = bench.ready()) {
            int limit = worker.connection().inlineLimit();
            int arena = worker.segment().layout().arenaSize();
            for (int size : new int[] {limit, limit + 1, arena / 2, arena / 2 + 1, arena, arena + 1}) {
                String sent = "an event for /size that asks for " + size + " bytes";
                Answer answer = worker.call(worker.event("/size").body(Integer.toString(size)), sent);
                Failed.unless(answer.body().length == size, sent, answer.body().length + " bytes");
                Failed.unless(
                        size <= arena || !answer.first().inArena(), sent, "a body in an arena that is smaller than it");
            }
        }
    }

    private static void nonsense(Bench bench) throws Failed, NotOffered {
        for (long revoke : NO_REVOKES) {
            try (Worker worker = bench.ready()) {
                follows(worker);
                Checker.echo(worker, "before");
                worker.poke(SegmentLayout.REQUEST_INDICES + RingLayout.REVOKE, FrameBytes.number(revoke));
                String sent = "revoke " + Long.toUnsignedString(revoke) + " where none was before, then an event";
                worker.send(worker.event(Checker.ECHO).body("x"));
                int exit = worker.awaitExit(sent);
                HostileRules.endedInOrder(worker, exit, sent);
                Failed.unless(
                        worker.inbox()
                                .poll(frame -> frame.type() == FrameLayout.RESPONSE)
                                .isEmpty(),
                        sent,
                        "an answer");
            }
        }
    }

    private static void follows(Worker worker) throws NotOffered {
        if (!worker.revokes()) {
            throw new NotOffered("its HELLO does not say revoke: true, which over the socket it need not");
        }
    }

    private static void revoke(Bench bench) throws Failed, NotOffered {
        try (Worker worker = bench.ready()) {
            follows(worker);
            String sent = "an event for /wait, three behind it that are taken back, one more";
            for (int round = 1; round <= 2; round++) {
                ControlRules.Gate gate = ControlRules.Gate.of(worker, "gate" + round);
                FrameBytes running = gate.event(worker);
                long begun = worker.send(running);
                List<FrameBytes> taken = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    FrameBytes event = worker.event(Checker.ECHO).body("taken back");
                    worker.send(event);
                    taken.add(event);
                }
                gate.awaitEntered(worker);
                Connection.Revoked revoked = worker.onLoop(() -> {
                    worker.connection().flush();
                    return worker.connection().revoke();
                });
                Failed.unless(
                        revoked.from() == begun,
                        sent + ", round " + round,
                        revoked.equals(Connection.Revoked.NONE)
                                ? "revokeDone that is not the revoke before"
                                : "claimed " + revoked.from() + ", not " + begun);
                FrameBytes later = worker.event(Checker.ECHO).body("later");
                worker.send(later);
                gate.open();
                worker.answer(running, sent);
                worker.answer(later, sent);
                for (FrameBytes event : taken) {
                    Failed.unless(
                            worker.inbox()
                                    .poll(frame -> frame.correlation() == event.correlation())
                                    .isEmpty(),
                            sent,
                            "an answer to one that was taken back");
                }
            }
        }
    }
}
