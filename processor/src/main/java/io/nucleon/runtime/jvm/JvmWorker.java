package io.nucleon.runtime.jvm;

import io.netty.channel.IoEventLoop;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
import io.nucleon.loop.LoopPass;
import io.nucleon.runtime.Backoff;
import io.nucleon.runtime.LoopOwner;
import io.nucleon.runtime.Owner;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.StopGrace;
import io.nucleon.runtime.WorkerEnds;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;
import io.nucleon.runtime.WorkerSnapshot;
import io.nucleon.runtime.WorkerState;
import io.nucleon.wrapper.handler.WorkerPlatform;
import io.nuclio.Platform;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker of a Java function. It belongs to an event loop, where events are offered and replies are called; the handler runs on the
 * worker's own thread, or, as long as it never waits, right there in {@link #offer}.
 *
 * <p>Members of a batch are run one by one: nuclio's Java handlers know no batches.
 */
final class JvmWorker implements WorkerRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(JvmWorker.class);

    /** A replacement whose constructor fails is tried that often. */
    private static final int MAX_STARTS = 5;

    private final JvmRuntime runtime;
    private final int index;
    private final WorkerListener listener;
    private final IoEventLoop loop;
    private final LoopOwner owner;
    private final StopGrace grace;
    private final RuntimeServices services;
    private final long timeoutNanos;
    private final LoopCalls onLoop;
    private final Backoff backoff = new Backoff();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    private boolean hasStarted;
    private boolean isWatched;
    private int failedStarts;
    /** How many threads there were; exact on the loop, near elsewhere. */
    private int epoch;

    private volatile ThreadCalls calls;
    private volatile WorkerState state = WorkerState.STARTING;
    private volatile String lastError = "";

    JvmWorker(JvmRuntime runtime, int index, WorkerListener listener) {
        this.runtime = runtime;
        this.index = index;
        this.listener = listener;
        this.services = runtime.services();
        this.loop = services.loops().loop(index);
        this.owner = new LoopOwner(loop);
        this.grace = new StopGrace(loop);
        this.timeoutNanos = runtime.setting().eventTimeout().toNanos();
        this.onLoop = new LoopCalls(runtime, this::replyOnLoop, this::offerToThread);
    }

    @Override
    public Owner owner() {
        return owner;
    }

    @Override
    public int capacity() {
        return SlotRing.CAPACITY;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    // Events.

    @Override
    public boolean knowsRuns() {
        return true;
    }

    @Override
    public void offer(Invocation invocation) {
        for (Invocation member = invocation; member != null; member = member.batchNext) {
            member.worker = index;
        }
        if (onLoop.isBusy() || runtime.onLoops()) {
            onLoop.run(calls.thread().call(), invocation);
        } else {
            offerToThread(invocation);
        }
    }

    @Override
    public List<Invocation> takeBack() {
        return state == WorkerState.READY ? calls.takeWaiting() : List.of();
    }

    private void offerToThread(Invocation invocation) {
        calls.offer(invocation);
        if (timeoutNanos > 0 && !isWatched) {
            watch(timeoutNanos);
        }
    }

    private void replyOnLoop(Slot slot) {
        try {
            // Nothing lies between the handler's end and its reply: one look at the clock is enough.
            slot.reply(slot.invocation().givenNanos + slot.handlerNanos());
        } finally {
            listener.freed(slot.empty());
        }
    }

    /** One timer a worker, nothing per event: looks at what runs when that would be over its limit. */
    private void watch(long delayNanos) {
        isWatched = true;
        ThreadCalls watched = calls;
        loop.schedule(() -> look(watched), delayNanos, TimeUnit.NANOSECONDS);
    }

    private void look(ThreadCalls watched) {
        if (watched != calls || state != WorkerState.READY) {
            return;
        }
        isWatched = false;
        if (watched.size() == 0) {
            return;
        }
        String place = watched.leftNanos(timeoutNanos) > 0
                ? ""
                : TimeLimit.place(watched.thread().stackTrace());
        if (watched.haltIfOver(timeoutNanos)) {
            replace(Outcome.TIMED_OUT, TimeLimit.message(runtime.setting().eventTimeout(), place));
        } else {
            watch(Math.max(watched.leftNanos(timeoutNanos), 1));
        }
    }

    // Starts.

    @Override
    public void start() {
        loop.execute(this::startThread);
    }

    private void startThread() {
        if (state != WorkerState.STARTING) {
            return;
        }
        RuntimeSetting setting = runtime.setting();
        boolean bodyView = setting.attribute("body", "copy").equals("view");
        Platform platform = new WorkerPlatform(
                runtime.platform(), (topic, shard, offset) -> execute(() -> listener.acked(topic, shard, offset)));
        JvmContext context = new JvmContext(index, services.log(), services.clock(), platform);
        HandlerCall call =
                new HandlerCall(runtime.handler(), context, services.clock(), bodyView, listener, timeoutNanos > 0);
        String name = "handler-" + setting.name() + "-w" + index + (epoch == 0 ? "" : "-" + epoch);
        epoch++;
        HandlerThread thread = new HandlerThread(this, call, services.clock(), spinAllowed(), name);
        use(new ThreadCalls(thread, services.clock(), listener::freed));
        thread.start();
    }

    /** Spinning needs a core for the other side: not with more busy workers than cores. */
    private boolean spinAllowed() {
        return runtime.setting().workers() < Runtime.getRuntime().availableProcessors();
    }

    private void use(ThreadCalls next) {
        LoopPass pass = services.loops().passOf(loop);
        if (calls != null) {
            pass.remove(calls);
        }
        calls = next;
        isWatched = false;
        if (next != null) {
            pass.add(next);
        }
    }

    // What the worker's thread tells.

    /** Any thread: runs on the loop, unless the processor has ended. */
    void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException ended) {
            LOG.debug("the loop of worker {} has ended", index);
        }
    }

    /** Any thread: ends the loop's sleep, so that it passes by. */
    void wakeLoop() {
        execute(JvmWorker::nothing);
    }

    private static void nothing() {}

    void started(HandlerThread from) {
        if (isCurrent(from) && state == WorkerState.STARTING) {
            hasStarted = true;
            failedStarts = 0;
            state = WorkerState.READY;
            services.loops().passOf(loop).allowSpin(spinAllowed());
            listener.ready();
        }
    }

    void startFailed(HandlerThread from, ErrorMessage why) {
        if (!isCurrent(from) || state != WorkerState.STARTING) {
            return;
        }
        lastError = why.line();
        failedStarts++;
        boolean permanent = !hasStarted || failedStarts >= MAX_STARTS;
        if (permanent) {
            state = WorkerState.LOST;
            use(null);
        } else {
            loop.schedule(this::startThread, backoff.nextMillis(failedStarts == 1), TimeUnit.MILLISECONDS);
        }
        listener.lost(List.of(), why, permanent);
    }

    /** The thread has ended; {@code died} is what ended it against our will, else null. */
    void ended(HandlerThread from, Throwable died) {
        runtime.ended(from);
        if (isCurrent(from) && state == WorkerState.DRAINING) {
            endStop(true);
        }
        if (died == null) {
            return;
        }
        LOG.error(
                "NUC-9001 thread of worker {} of '{}' died",
                index,
                runtime.setting().name(),
                died);
        ErrorMessage why = ErrorMessage.of(
                ErrorCode.INTERNAL,
                "worker " + index + " of function '" + runtime.setting().name() + "' died: " + died,
                "its thread ended outside of the handler",
                "report it with the log's stack trace");
        startFailed(from, why);
        if (isCurrent(from) && state == WorkerState.READY) {
            calls.halt();
            replace(Outcome.WORKER_LOST, why);
        }
    }

    private boolean isCurrent(HandlerThread from) {
        return calls != null && calls.thread() == from;
    }

    // Ends.

    /** Leaves the halted thread and what it runs behind; starts another. What had not begun is handed back. */
    private void replace(Outcome outcome, ErrorMessage why) {
        lastError = why.line();
        List<Invocation> notStarted = endCalls(outcome, why);
        state = WorkerState.STARTING;
        startThread();
        listener.lost(notStarted, why, false);
    }

    /** Fails what runs, if anything does; returns what had not begun. */
    private List<Invocation> endCalls(Outcome outcome, ErrorMessage why) {
        calls.poll();
        if (calls.isRunning()) {
            calls.failRunning(outcome, why);
            if (runtime.abandoned(calls.thread())) {
                lastError = runtime.stuckMessage(runtime.stuck()).line();
            }
        }
        return calls.takeRest();
    }

    @Override
    public CompletionStage<Void> stop(long graceNanos) {
        loop.execute(() -> beginStop(graceNanos));
        return stopped;
    }

    private void beginStop(long graceNanos) {
        if (state == WorkerState.DRAINING) {
            grace.limit(graceNanos, () -> endStop(true));
        }
        if (state == WorkerState.DRAINING || state == WorkerState.STOPPED) {
            return;
        }
        boolean wasLost = state == WorkerState.LOST;
        state = WorkerState.DRAINING;
        if (calls == null) {
            endStop(!wasLost);
            return;
        }
        calls.halt();
        calls.poll();
        if (calls.isRunning()) {
            // At the latest; mostly the thread's end comes before.
            grace.limit(graceNanos, () -> endStop(true));
        } else {
            endStop(true);
        }
    }

    private void endStop(boolean tell) {
        if (state == WorkerState.STOPPED) {
            return;
        }
        ErrorMessage why = WorkerEnds.stopped(runtime.setting(), index);
        List<Invocation> notStarted = calls == null ? List.of() : endCalls(Outcome.WORKER_LOST, why);
        state = WorkerState.STOPPED;
        grace.end();
        use(null);
        if (tell) {
            listener.lost(notStarted, why, true);
        }
        stopped.complete(null);
    }

    @Override
    public WorkerSnapshot snapshot() {
        ThreadCalls now = calls;
        int starts = epoch;
        return new WorkerSnapshot(
                index,
                state.text(),
                0,
                starts,
                "none",
                "",
                now == null ? 0 : now.size(),
                Math.max(starts - 1, 0),
                lastError);
    }
}
