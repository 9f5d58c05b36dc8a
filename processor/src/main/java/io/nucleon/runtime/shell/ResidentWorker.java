package io.nucleon.runtime.shell;

import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
import io.nucleon.loop.LoopPass;
import io.nucleon.os.ProgramStarter;
import io.nucleon.runtime.Backoff;
import io.nucleon.runtime.LoopOwner;
import io.nucleon.runtime.Owner;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;
import io.nucleon.runtime.WorkerSnapshot;
import io.nucleon.runtime.shell.ShellSetting.Framing;
import io.nucleon.runtime.shell.ShellSetting.ThroughShell;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A worker whose one process answers event after event. It outlives its {@link Resident}s: when one ends, it fails the event that had
 * begun, hands the rest back and starts the next. Confined to its loop, but for what {@link WorkerRuntime} says.
 */
final class ResidentWorker implements WorkerRuntime {

    /** Most events given to a process at once, as to a worker with a ring. */
    private static final int MOST_PREFETCHED = 32;

    private static final int BUFFER_BYTES = 64 * 1024;

    /** A tenth of the time limit, so that it fires at most a tenth late. */
    private static final int TICKS_PER_TIMEOUT = 10;

    private static final long LEAST_TICK_NANOS = 5_000_000;
    private static final long MOST_TICK_NANOS = 250_000_000;

    private final ShellRuntime runtime;
    private final int index;
    private final WorkerListener listener;
    private final IoEventLoop loop;
    private final LoopOwner owner;
    private final LoopPass pass;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ShellAnswer answer;
    private final Backoff backoff = new Backoff();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private Resident current;
    private Future<?> ticks;
    private boolean everReady;
    /** How many processes there were; exact on the loop, near elsewhere. */
    private int starts;

    private boolean stopping;
    private volatile String state = "starting";
    private volatile int pid;
    private volatile int open;
    private volatile String lastError = "";

    ResidentWorker(ShellRuntime runtime, int index, WorkerListener listener) {
        this.runtime = runtime;
        this.index = index;
        this.listener = listener;
        this.loop = runtime.services().loops().loop(index);
        this.owner = new LoopOwner(loop);
        this.pass = runtime.services().loops().passOf(loop);
        this.answer = new ShellAnswer(runtime.shell().responseHeaders());
    }

    @Override
    public Owner owner() {
        return owner;
    }

    @Override
    public int capacity() {
        return MOST_PREFETCHED;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public void start() {
        loop.execute(this::startProcess);
    }

    private void startProcess() {
        if (stopping) {
            endStop(List.of());
            return;
        }
        state = "starting";
        starts++;
        boolean lines = runtime.shell().framing() == Framing.LINE;
        current = new Resident(this, lines ? new LineFrames() : new LengthFrames(), buffer);
        current.start();
    }

    void becameReady(Resident from) {
        if (from != current) {
            return;
        }
        pid = from.pid();
        everReady = true;
        state = stopping ? "draining" : "ready";
        watch();
        listener.ready();
        if (stopping) {
            from.finish();
        }
    }

    void notStarted(Resident from, IOException why) {
        if (from == current) {
            ended(from, Ends.notStarted(setting(), index, why.getMessage()), null, List.of());
        }
    }

    @Override
    public void offer(Invocation invocation) {
        Invocation next;
        for (Invocation one = invocation; one != null; one = next) {
            next = one.batchNext; // the one may be freed in here
            one.worker = index;
            current.offer(one);
        }
        publishOpen();
    }

    private void publishOpen() {
        open = current == null ? 0 : current.open();
    }

    /** An invocation was replied to; nothing of the process is left of it. */
    void freed(Invocation invocation) {
        listener.freed(invocation);
        publishOpen();
        if (stopping && current != null) {
            current.finish();
        }
    }

    @Override
    public List<Invocation> takeBack() {
        return List.of(); // what lies in the pipe can't be had back
    }

    // Time limits.

    private void watch() {
        long limit = setting().eventTimeout().toNanos();
        if (limit > 0 && ticks == null) {
            long tick = Math.clamp(limit / TICKS_PER_TIMEOUT, LEAST_TICK_NANOS, MOST_TICK_NANOS);
            ticks = loop.scheduleAtFixedRate(this::look, tick, tick, TimeUnit.NANOSECONDS);
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
        if (stopping) {
            fail(from, started, Ends.stopped(setting(), index));
            endStop(notStarted);
            return;
        }
        lastError = why.line();
        state = "lost";
        listener.lost(notStarted, why, !everReady);
        fail(from, started, why);
        if (everReady) {
            loop.schedule(this::startProcess, backoff.nextMillis(from.wasUseful()), TimeUnit.MILLISECONDS);
        }
    }

    private void fail(Resident from, Invocation started, ErrorMessage why) {
        if (started != null) {
            started.crashes++;
            from.end(started, Outcome.WORKER_LOST, why.about(started.id()));
            listener.freed(started);
        }
    }

    @Override
    public CompletionStage<Void> drain() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void resume() {}

    @Override
    public CompletionStage<Void> stop(long graceNanos) {
        loop.execute(() -> {
            if (stopping) {
                return;
            }
            stopping = true;
            if (current == null) {
                endStop(List.of());
                return;
            }
            state = "draining";
            Resident last = current;
            loop.schedule(last::kill, graceNanos, TimeUnit.NANOSECONDS);
            last.finish();
        });
        return stopped;
    }

    private void endStop(List<Invocation> notStarted) {
        if (state.equals("stopped")) {
            return;
        }
        state = "stopped";
        if (ticks != null) {
            ticks.cancel(false);
        }
        listener.lost(notStarted, Ends.stopped(setting(), index), true);
        stopped.complete(null);
    }

    @Override
    public WorkerSnapshot snapshot() {
        int started = starts;
        return new WorkerSnapshot(index, state, pid, started, "pipes", "", open, Math.max(started - 1, 0), lastError);
    }

    // What its processes need.

    void logLine(String line) {
        runtime.services().log().line(index, true, line);
    }

    Launcher launcher() {
        return runtime.launcher(index);
    }

    ProgramStarter.Program program() {
        return runtime.command()
                .with(
                        runtime.shell().arguments(),
                        false,
                        runtime.shell().throughShell() == ThroughShell.NEVER ? ThroughShell.NEVER : ThroughShell.OWN,
                        runtime.environment().withoutEvent());
    }

    RuntimeSetting setting() {
        return runtime.setting();
    }

    Clock clock() {
        return runtime.services().clock();
    }

    int index() {
        return index;
    }

    IoEventLoop loop() {
        return loop;
    }

    LoopPass pass() {
        return pass;
    }

    ShellAnswer answer() {
        return answer;
    }
}
