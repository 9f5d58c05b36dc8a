package io.nucleon.runtime.shell;

import io.netty.util.concurrent.Future;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
import io.nucleon.loop.LoopPass;
import io.nucleon.os.ProgramStarter;
import io.nucleon.runtime.Backoff;
import io.nucleon.runtime.WorkerEnds;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;
import io.nucleon.runtime.WorkerSnapshot;
import io.nucleon.runtime.WorkerState;
import io.nucleon.runtime.shell.ShellSetting.Framing;
import io.nucleon.runtime.shell.ShellSetting.ThroughShell;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A worker whose one process answers event after event. It outlives its {@link Resident}s: when one ends, it fails the event that had
 * begun, hands the rest back and starts the next. Confined to its loop, but for what {@link WorkerRuntime} says.
 */
final class ResidentWorker extends ShellWorker {

    /** Most events given to a process at once, as to a worker with a ring. */
    private static final int MOST_PREFETCHED = 32;

    /** A tenth of the time limit, so that it fires at most a tenth late. */
    private static final int TICKS_PER_TIMEOUT = 10;

    private static final long LEAST_TICK_NANOS = 5_000_000;
    private static final long MOST_TICK_NANOS = 250_000_000;

    private final LoopPass pass;
    private final Backoff backoff = new Backoff();
    private Resident current;
    private Future<?> ticks;
    private boolean everReady;
    /** How many processes there were; exact on the loop, near elsewhere. */
    private int starts;

    private volatile int pid;
    private volatile int open;
    private volatile String lastError = "";

    ResidentWorker(ShellRuntime runtime, int index, WorkerListener listener) {
        super(runtime, index, listener);
        this.pass = runtime.services().loops().passOf(loop());
    }

    @Override
    public int capacity() {
        return MOST_PREFETCHED;
    }

    @Override
    public void start() {
        loop().execute(this::startProcess);
    }

    private void startProcess() {
        if (isStopping()) {
            leave(List.of());
            return;
        }
        become(WorkerState.STARTING);
        starts++;
        boolean lines = runtime().shell().framing() == Framing.LINE;
        current = new Resident(this, lines ? new LineFrames() : new LengthFrames(), buffer());
        current.start();
    }

    void becameReady(Resident from) {
        if (from != current) {
            return;
        }
        pid = from.pid();
        everReady = true;
        become(WorkerState.READY);
        watch();
        listener().ready();
        if (isStopping()) {
            from.finish();
        }
    }

    void notStarted(Resident from, IOException why) {
        if (from == current) {
            ended(from, Ends.notStarted(setting(), index(), why.getMessage()), null, List.of());
        }
    }

    @Override
    public void offer(Invocation invocation) {
        Invocation next;
        for (Invocation one = invocation; one != null; one = next) {
            next = one.batchNext; // the one may be freed in here
            one.worker = index();
            current.offer(one);
        }
        publishOpen();
    }

    private void publishOpen() {
        open = current == null ? 0 : current.open();
    }

    /** An invocation was replied to; nothing of the process is left of it. */
    void freed(Invocation invocation) {
        listener().freed(invocation);
        publishOpen();
        if (isStopping() && current != null) {
            current.finish();
        }
    }

    // Time limits.

    private void watch() {
        long limit = setting().eventTimeout().toNanos();
        if (limit > 0 && ticks == null) {
            long tick = Math.clamp(limit / TICKS_PER_TIMEOUT, LEAST_TICK_NANOS, MOST_TICK_NANOS);
            ticks = loop().scheduleAtFixedRate(this::look, tick, tick, TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        if (current == null || !current.isRunning()) {
            return;
        }
        Invocation late =
                current.overdue(clock().nanoTime(), setting().eventTimeout().toNanos());
        if (late != null) {
            current.overran(Ends.timedOut(setting(), late.id()));
        }
    }

    // Ends.

    /**
     * A process has ended or could not be started.
     *
     * @param started what it may have begun; null for nothing
     */
    void ended(Resident from, ErrorMessage why, Invocation started, List<Invocation> notStarted) {
        if (from != current) {
            return;
        }
        current = null;
        pid = 0;
        publishOpen();
        if (isStopping()) {
            fail(from, started, WorkerEnds.stopped(setting(), index()));
            leave(notStarted);
            return;
        }
        lastError = why.line();
        become(WorkerState.LOST);
        listener().lost(notStarted, why, !everReady);
        fail(from, started, why);
        if (everReady) {
            loop().schedule(this::startProcess, backoff.nextMillis(from.wasUseful()), TimeUnit.MILLISECONDS);
        }
    }

    private void fail(Resident from, Invocation started, ErrorMessage why) {
        if (started != null) {
            started.crashes++;
            from.end(started, Outcome.WORKER_LOST, why.about(started.id()));
            listener().freed(started);
        }
    }

    @Override
    void finish(long graceNanos) {
        if (current == null) {
            leave(List.of());
            return;
        }
        Resident last = current;
        loop().schedule(last::kill, graceNanos, TimeUnit.NANOSECONDS);
        last.finish();
    }

    private void leave(List<Invocation> notStarted) {
        if (ticks != null) {
            ticks.cancel(false);
        }
        endStop(notStarted);
    }

    @Override
    public WorkerSnapshot snapshot() {
        int started = starts;
        return new WorkerSnapshot(
                index(), state().text(), pid, started, "pipes", "", open, Math.max(started - 1, 0), lastError);
    }

    // What its processes need.

    void logLine(String line) {
        runtime().services().log().line(index(), true, line);
    }

    Launcher launcher() {
        return runtime().launcher(index());
    }

    ProgramStarter.Program program() {
        return runtime()
                .command()
                .with(
                        runtime().shell().arguments(),
                        false,
                        runtime().shell().throughShell() == ThroughShell.NEVER ? ThroughShell.NEVER : ThroughShell.OWN,
                        runtime().environment().withoutEvent());
    }

    LoopPass pass() {
        return pass;
    }
}
