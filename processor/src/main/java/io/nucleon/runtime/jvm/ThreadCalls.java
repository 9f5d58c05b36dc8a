package io.nucleon.runtime.jvm;

import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.EventRun;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
import io.nucleon.loop.PassTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The loop's side of one handler thread: gives it invocations, replies to what it has answered, and takes everything back when it is left
 * behind. Confined to the worker's loop; made anew with each thread.
 *
 * <p>A pass publishes what was offered ({@link #flush}), replies ({@link #poll}), and asks the thread to wake the loop before it sleeps.
 */
final class ThreadCalls implements PassTask {

    private final HandlerThread thread;
    private final SlotRing ring;
    private final Clock clock;
    private final Consumer<Invocation> freed;
    private final Deque<Invocation> overflow = new ArrayDeque<>();

    /** {@code freed}: told of each invocation whose place is free, after its reply. */
    ThreadCalls(HandlerThread thread, Clock clock, Consumer<Invocation> freed) {
        this.thread = thread;
        this.ring = thread.ring();
        this.clock = clock;
        this.freed = freed;
    }

    HandlerThread thread() {
        return thread;
    }

    /** How many invocations it holds; exact on the loop, near elsewhere. */
    int size() {
        return ring.size() + overflow.size();
    }

    /** Takes an invocation with its batch. */
    void offer(Invocation first) {
        for (Invocation member = first; member != null; member = member.batchNext) {
            if (overflow.isEmpty() && ring.hasRoom()) {
                ring.claimFree().fill(member);
            } else {
                overflow.add(member);
            }
        }
    }

    @Override
    public void flush() {
        if (ring.publish()) {
            thread.wake();
        }
    }

    @Override
    public int poll() {
        long done = ring.done();
        int work = (int) (done - ring.tail());
        if (work == 0) {
            tellProgress();
            return 0;
        }
        long now = clock.nanoTime();
        while (ring.tail() < done) {
            if (ring.slot(ring.tail()).invocation() == null) {
                ring.free();
            } else {
                reply(ring.slot(ring.tail()), now);
            }
        }
        while (!overflow.isEmpty() && ring.hasRoom()) {
            ring.claimFree().fill(overflow.poll());
        }
        tellProgress();
        return work;
    }

    private void tellProgress() {
        EventRun run = ring.size() == 0 ? null : ring.slot(ring.tail()).run();
        if (run != null) {
            run.progressed();
        }
    }

    private void reply(Slot slot, long now) {
        try {
            slot.reply(now);
        } finally {
            // The place is free before anybody hears of it, since the next one may be offered at once.
            Invocation invocation = slot.empty();
            ring.free();
            freed.accept(invocation);
        }
    }

    @Override
    public boolean expectsWork() {
        // A look before sleeping pays for a single event; with more of them it cuts batches into pieces, which costs
        // more than a wake
        // shared by all.
        return ring.size() == 1;
    }

    @Override
    public boolean prepareToSleep() {
        return ring.size() == 0 || ring.prepareLoopSleep();
    }

    @Override
    public void awake() {
        ring.loopAwake();
    }

    /** ns that the running handler has left of {@code limitNanos}, all of it if none runs; negative when it is over. */
    long leftNanos(long limitNanos) {
        boolean runs = ring.done() < ring.claimed();
        return runs ? thread.call().startedNanos() + limitNanos - clock.nanoTime() : limitNanos;
    }

    /** Halts the thread if what it has begun is over its limit still; nothing more is begun then. */
    boolean haltIfOver(long limitNanos) {
        long claimed = ring.claimed();
        EventRun run = runInHand();
        int step = run == null ? 0 : run.step();
        return claimed >= 0 && leftNanos(limitNanos) <= 0 && (run == null || run.haltAt(step)) && ring.halt(claimed);
    }

    /** The run that the thread is in; null for a single event, and mostly if it has nothing. */
    private EventRun runInHand() {
        return ring.done() < ring.head() ? ring.slot(ring.done()).run() : null;
    }

    private void haltRun() {
        EventRun run = runInHand();
        if (run != null) {
            run.halt();
        }
    }

    /** Halts the thread: it ends after what it has begun. */
    void halt() {
        haltRun();
        long claimed = ring.claimed();
        while (claimed >= 0 && !ring.halt(claimed)) {
            claimed = ring.claimed();
        }
        thread.wake();
    }

    /** After a halt and a {@link #poll}: whether a handler still runs. */
    boolean isRunning() {
        while (ring.size() > 0 && ring.slot(ring.tail()).invocation() == null) {
            ring.free();
        }
        return ring.tail() < ~ring.claimed();
    }

    /** After a halt and a {@link #poll}: ends what runs, with this failure, and leaves its thread to itself. */
    void failRunning(Outcome outcome, ErrorMessage why) {
        // The slot stays with the thread, which may write an answer into it that nobody reads.
        EventRun run = ring.slot(ring.tail()).run();
        if (run != null) {
            run.halt();
            run.progressed();
        }
        Invocation running = run == null ? ring.slot(ring.tail()).invocation() : run.inHand();
        ring.free();
        boolean ours = running.close();
        running.revokeLoan();
        thread.interrupt();
        if (ours) {
            running.outcome = outcome;
            running.answeredNanos = clock.nanoTime();
            running.handlerNanos = running.answeredNanos - thread.call().startedNanos();
            running.reply().fail(running, new Failure(outcome, why));
        }
        freed.accept(running);
    }

    /** What waits behind a running handler and will not be begun, in order; the thread goes on. A run ends with the event in hand. */
    List<Invocation> takeWaiting() {
        haltRun();
        long claimed = ring.claimed();
        boolean runs = claimed >= 0 && ring.done() < claimed;
        List<Invocation> taken = new ArrayList<>();
        if (runs && ring.claimWaiting(claimed)) {
            takeFrom(claimed, taken);
        }
        taken.addAll(overflow);
        overflow.clear();
        return taken;
    }

    /** After a halt: what was offered and not begun, in order; the ring is left empty. */
    List<Invocation> takeRest() {
        List<Invocation> taken = new ArrayList<>();
        takeFrom(ring.tail(), taken);
        while (ring.size() > 0) {
            ring.free();
        }
        taken.addAll(overflow);
        overflow.clear();
        return taken;
    }

    private void takeFrom(long position, List<Invocation> taken) {
        for (long at = position; at < ring.head(); at++) {
            Invocation invocation = ring.slot(at).empty();
            if (invocation != null) {
                taken.add(invocation);
            }
        }
    }
}
