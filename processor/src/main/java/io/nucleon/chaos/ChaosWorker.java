package io.nucleon.chaos;

import io.nucleon.invoke.Invocation;
import io.nucleon.os.Signals;
import io.nucleon.runtime.Owner;
import io.nucleon.runtime.WorkerRuntime;
import io.nucleon.runtime.WorkerSnapshot;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** A worker that is struck when it is given events. Its process is signalled; it notices as it notices any death and any slowness. */
final class ChaosWorker implements WorkerRuntime {

    private static final String READY = "ready";

    private final Chaos chaos;
    private final String function;
    private final WorkerRuntime inner;

    /** Of the owner's thread. */
    private Invocation last;

    private volatile boolean standsStill;

    ChaosWorker(Chaos chaos, String function, WorkerRuntime inner) {
        this.chaos = chaos;
        this.function = function;
        this.inner = inner;
    }

    @Override
    public void offer(Invocation invocation) {
        long handlerNanos = last == null ? 0 : last.handlerNanos;
        last = invocation;
        inner.offer(invocation);
        WorkerSnapshot now = inner.snapshot();
        if (now.pid() == 0) {
            return;
        }
        if (!standsStill && chaos.delays()) {
            delay(now);
        }
        if (chaos.kills()) {
            chaos.after(chaos.momentNanos(handlerNanos), () -> onOwner(() -> kill(now.epoch())));
        }
    }

    /** The event was written and is not published before this thread's pass ends: it waits for the whole time. */
    private void delay(WorkerSnapshot worker) {
        if (!send(worker.pid(), Signals.STOP)) {
            return;
        }
        standsStill = true;
        long millis = chaos.delayMillis();
        chaos.tellDelayed(function, worker.index(), worker.pid(), millis);
        chaos.after(TimeUnit.MILLISECONDS.toNanos(millis), () -> {
            send(worker.pid(), Signals.CONT);
            standsStill = false;
        });
    }

    /** Only the process that was meant: another one has done nothing yet. */
    private void kill(long epoch) {
        WorkerSnapshot now = inner.snapshot();
        if (now.epoch() == epoch && now.state().equals(READY) && send(now.pid(), Signals.KILL)) {
            chaos.tellKilled(function, now.index(), now.pid());
        }
    }

    /** Wrappers lead a group of their own where that can be had. */
    private static boolean send(long pid, int signal) {
        return Signals.toGroup(pid, signal) || Signals.toProcess(pid, signal);
    }

    private void onOwner(Runnable task) {
        try {
            inner.owner().execute(task);
        } catch (RejectedExecutionException e) {
            // its thread has ended, and its process with it
            return;
        }
    }

    @Override
    public Owner owner() {
        return inner.owner();
    }

    @Override
    public void start() {
        inner.start();
    }

    @Override
    public int capacity() {
        return inner.capacity();
    }

    @Override
    public int concurrency() {
        return inner.concurrency();
    }

    @Override
    public boolean knowsRuns() {
        return inner.knowsRuns();
    }

    @Override
    public List<Invocation> takeBack() {
        return inner.takeBack();
    }

    @Override
    public CompletionStage<Void> drain() {
        return inner.drain();
    }

    @Override
    public void resume() {
        inner.resume();
    }

    @Override
    public CompletionStage<Void> stop(long graceNanos) {
        return inner.stop(graceNanos);
    }

    @Override
    public WorkerSnapshot snapshot() {
        return inner.snapshot();
    }
}
