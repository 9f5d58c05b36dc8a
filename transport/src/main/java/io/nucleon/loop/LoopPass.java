package io.nucleon.loop;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The duty cycle of one event loop, run by Netty before each look at epoll. Confined to the loop's thread.
 *
 * <p>A pass publishes what the last one committed (workers start while answers are written), polls every task, runs the flushers that
 * asked for it (each channel is flushed once per drain), publishes again what the answers made room for, and then says how epoll is to
 * be asked: without waiting while there is work, blocking only after every task has asked its peer to ring and looked once more.
 *
 * <p>Spinning follows a success gate: after a spin of at most {@link #SPIN_NANOS} that found nothing the next
 * {@code back} sleeps are taken at once, {@code back} doubling up to {@link #MAX_BACK}; success sets it to 1. The spin looks at the rings
 * between non-blocking looks at epoll, so that other channels are never left waiting.
 */
public final class LoopPass implements SelectStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(LoopPass.class);

    /** Above the hand-over time between two cores, below the damage of a failed spin. */
    private static final long SPIN_NANOS = 25_000;
    /** A failed probe then costs at most 25 µs per thousand sleeps. */
    private static final int MAX_BACK = 1024;
    /** Looks at the rings between two looks at epoll: a look costs about 2 ns, epoll about 300. */
    private static final int LOOKS_PER_SELECT = 64;

    private final List<PassTask> tasks = new ArrayList<>();
    private final List<Runnable> flushers = new ArrayList<>();
    private boolean spinAllowed;
    private boolean asleep;
    private boolean spinning;
    private long spinUntil;
    private int skip;
    private int back = 1;

    /** Adds work to each pass. */
    public void add(PassTask task) {
        tasks.add(task);
    }

    /** Takes work out of the passes. */
    public void remove(PassTask task) {
        tasks.remove(task);
    }

    /** Whether this loop may look at its rings for a while before it sleeps; false until set. */
    public void allowSpin(boolean allowed) {
        spinAllowed = allowed;
    }

    /** Runs {@code flusher} once at the end of this pass's drain, or of the next one's when called between passes. */
    public void flushLater(Runnable flusher) {
        flushers.add(flusher);
    }

    @Override
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        if (asleep) {
            asleep = false;
            wakeTasks();
        }
        int work = pass();
        if (work > 0) {
            endSpin(true);
            return selectNow.get();
        }
        if (hasTasks || !flushers.isEmpty()) {
            return selectNow.get();
        }
        if (spinAllowed && spin()) {
            return selectNow.get();
        }
        if (!prepareToSleep()) {
            return selectNow.get();
        }
        asleep = true;
        return SelectStrategy.SELECT;
    }

    private int pass() {
        flushTasks();
        int work = 0;
        for (int i = 0; i < tasks.size(); i++) {
            work += poll(tasks.get(i));
        }
        if (!flushers.isEmpty()) {
            runFlushers();
        }
        if (work > 0) {
            flushTasks();
        }
        return work;
    }

    private void flushTasks() {
        for (int i = 0; i < tasks.size(); i++) {
            try {
                tasks.get(i).flush();
            } catch (RuntimeException e) {
                LOG.error("NUC-9001 flushing {} failed", tasks.get(i), e);
            }
        }
    }

    private static int poll(PassTask task) {
        try {
            return task.poll();
        } catch (RuntimeException e) {
            LOG.error("NUC-9001 polling {} failed", task, e);
            return 0;
        }
    }

    private void runFlushers() {
        for (int i = 0; i < flushers.size(); i++) {
            try {
                flushers.get(i).run();
            } catch (RuntimeException e) {
                LOG.error("NUC-9001 flushing answers failed", e);
            }
        }
        flushers.clear();
    }

    /** True while the gate lets the loop look again without blocking. */
    private boolean spin() {
        if (!spinning) {
            if (!expectsWork()) {
                return false;
            }
            if (skip > 0) {
                skip--;
                return false;
            }
            spinning = true;
            spinUntil = System.nanoTime() + SPIN_NANOS;
        }
        for (int look = 0; look < LOOKS_PER_SELECT; look++) {
            for (int i = 0; i < tasks.size(); i++) {
                if (!tasks.get(i).expectsWork()) {
                    continue;
                }
                if (poll(tasks.get(i)) > 0) {
                    runFlushers();
                    flushTasks();
                    endSpin(true);
                    return true;
                }
            }
            Thread.onSpinWait();
        }
        if (System.nanoTime() - spinUntil < 0) {
            return true;
        }
        endSpin(false);
        return false;
    }

    private void endSpin(boolean success) {
        if (!spinning) {
            return;
        }
        spinning = false;
        if (success) {
            back = 1;
        } else {
            skip = back;
            back = Math.min(2 * back, MAX_BACK);
        }
    }

    private boolean expectsWork() {
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i).expectsWork()) {
                return true;
            }
        }
        return false;
    }

    private boolean prepareToSleep() {
        for (int i = 0; i < tasks.size(); i++) {
            if (!tasks.get(i).prepareToSleep()) {
                wakeTasks();
                return false;
            }
        }
        return true;
    }

    private void wakeTasks() {
        for (int i = 0; i < tasks.size(); i++) {
            tasks.get(i).awake();
        }
    }
}
