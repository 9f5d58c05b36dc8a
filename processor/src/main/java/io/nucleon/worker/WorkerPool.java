package io.nucleon.worker;

import io.nucleon.error.Amounts;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.BatchCount;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.InvocationIds;
import io.nucleon.invoke.InvocationListener;
import io.nucleon.invoke.Invoker;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.Reply;
import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.WorkerSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The workers of a trigger, or of triggers that share them. Safe for many threads.
 *
 * <p>An event goes to an idle worker, one of the calling loop first; if none is idle, into the ring of a busy worker with room
 * ({@link Prefetch}); else it waits in a bounded line, in the order of arrival. Whoever frees a place takes the next in line with it. An
 * event is put into the line first and the workers are looked at once more afterwards, so none waits beside a free worker.
 */
public final class WorkerPool implements Invoker {

    private final PoolSetting setting;
    private final Clock clock;
    private final InvocationListener listener;
    private final PoolListener poolListener;
    private final Worker[] workers;
    private final WaitingLine line;
    private final AllocationStats stats = new AllocationStats();
    private final InvocationIds ids;
    /** With what {@link #ids} has made the number of open ones, so that numbering an event is no second atomic operation. */
    private final AtomicLong ended = new AtomicLong();

    /** Made once: a method reference in its place would be an object an event. */
    private final Invocation.Canceller leaveLine = this::cancelledInLine;

    /** How many sources have asked for a break. */
    private final AtomicInteger breaks = new AtomicInteger();

    private volatile boolean draining;
    private volatile CompletableFuture<Void> whenEmpty;

    /**
     * A pool whose workers are not started yet.
     *
     * @param listener hears of every event that ended
     */
    public WorkerPool(
            PoolSetting setting,
            FunctionRuntime runtime,
            Clock clock,
            InvocationListener listener,
            PoolListener poolListener) {
        this.setting = setting;
        this.clock = clock;
        this.listener = listener;
        this.poolListener = poolListener;
        this.ids = new InvocationIds(clock);
        this.line = new WaitingLine(setting.maxQueuedEvents(), setting.maxQueuedBytes());
        this.workers = new Worker[setting.workers()];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(this, i);
            workers[i].attach(runtime.open(i, workers[i]));
        }
    }

    /** Starts every worker; {@link PoolListener#ready} follows when all are up. */
    public void start() {
        for (Worker worker : workers) {
            worker.runtime().start();
        }
    }

    @Override
    public Invocation invoke(Event event, long waitNanos, Reply reply) {
        Invocation invocation = new Invocation(event, reply, ids, clock.nanoTime(), waitNanos);
        place(invocation, waitNanos);
        return invocation;
    }

    @Override
    public void invokeBatch(List<? extends Event> events, long waitNanos, List<? extends Reply> replies) {
        long now = clock.nanoTime();
        Invocation first = null;
        Invocation last = null;
        BatchCount count = new BatchCount(events.size());
        for (int i = 0; i < events.size(); i++) {
            Invocation one = new Invocation(events.get(i), replies.get(i), ids, now, waitNanos);
            one.batched = true;
            one.batch = count;
            if (first == null) {
                first = one;
            } else {
                last.batchNext = one;
            }
            last = one;
        }
        if (first != null) {
            place(first, waitNanos);
        }
    }

    private void place(Invocation invocation, long waitNanos) {
        if (draining) {
            refuse(invocation, drainingError());
            return;
        }
        Worker worker = line.size() == 0 ? reserve() : null;
        if (worker != null) {
            stats.immediate.increment();
            worker.run(invocation);
            return;
        }
        if (waitNanos <= 0) {
            stats.timedOut.increment();
            refuse(invocation, noFreeWorker(0));
            return;
        }
        invocation.cancelledBy(leaveLine);
        if (!line.offer(invocation)) {
            stats.timedOut.increment();
            refuse(invocation, lineFull());
            return;
        }
        dispatch();
    }

    /** A worker with a reserved place, or null: an idle one first, then one with room in its ring. */
    private Worker reserve() {
        if (isResting()) {
            return null;
        }
        Worker local = null;
        for (Worker worker : workers) {
            if (worker.runtime().owner().isCurrent()) {
                if (worker.reserveIdle()) {
                    return worker;
                }
                local = worker;
            }
        }
        for (Worker worker : workers) {
            if (worker != local && worker.reserveIdle()) {
                return worker;
            }
        }
        if (local != null && local.reserveAny()) {
            return local;
        }
        for (Worker worker : workers) {
            if (worker.reserveAny()) {
                return worker;
            }
        }
        return null;
    }

    /** Gives waiting events to workers as long as there are both. */
    private void dispatch() {
        while (line.size() > 0) {
            Worker worker = reserve();
            if (worker == null) {
                return;
            }
            runNextOn(worker);
        }
    }

    private void runNextOn(Worker worker) {
        Invocation next = next();
        if (next == null) {
            worker.freePlace();
        } else {
            worker.run(next);
        }
    }

    /** The next open one in line, counted as allocated; null if there is none. */
    Invocation next() {
        while (true) {
            Invocation next = line.poll();
            if (next == null) {
                return null;
            }
            if (next.isOpen() || next.batched) {
                stats.afterWait.increment();
                stats.waitNanos.add(clock.nanoTime() - next.arrivedNanos());
                return next;
            }
        }
    }

    boolean hasWaiting() {
        return line.size() > 0;
    }

    /** A worker has places: fills them from the line. */
    void fill(Worker worker) {
        while (line.size() > 0 && !isResting() && worker.reserveAny()) {
            runNextOn(worker);
        }
    }

    private void cancelledInLine(Invocation invocation) {
        if (line.remove(invocation)) {
            ended(invocation, null);
        }
    }

    /** An invocation was closed and replied to. */
    void ended(Invocation invocation, Worker worker) {
        if (worker != null) {
            worker.count(invocation);
        }
        listener.ended(invocation, invocation.outcome, invocation.status);
        if (ended.incrementAndGet() == ids.made() && whenEmpty != null) {
            whenEmpty.complete(null);
        }
    }

    private void refuse(Invocation first, ErrorMessage why) {
        Failure failure = new Failure(Outcome.UNAVAILABLE, why);
        for (Invocation one = first; one != null; one = one.batchNext) {
            if (one.close()) {
                one.outcome = Outcome.UNAVAILABLE;
                one.answeredNanos = clock.nanoTime();
                one.reply().fail(one, failure);
            }
            ended(one, null);
        }
    }

    /** Events that a worker had not begun: to the front of the line, or refused when their time is over. */
    void handBack(List<Invocation> notStarted) {
        if (notStarted.isEmpty()) {
            return;
        }
        List<Invocation> heads = new ArrayList<>();
        for (Invocation one : notStarted) {
            one.givenNanos = 0;
            if (!one.isOpen()) {
                ended(one, null); // its caller went away meanwhile
            } else if (!one.batched || isHeadOfBatch(one, notStarted)) {
                one.cancelledBy(leaveLine);
                heads.add(one);
            }
        }
        line.putBack(heads);
        dispatch();
    }

    private static boolean isHeadOfBatch(Invocation invocation, List<Invocation> all) {
        for (Invocation other : all) {
            if (other.batchNext == invocation) {
                return false;
            }
        }
        return true;
    }

    void becameReady() {
        for (Worker worker : workers) {
            if (!worker.isUp()) {
                return;
            }
        }
        poolListener.ready();
    }

    void workerLost(Worker worker, ErrorMessage why, boolean permanent) {
        poolListener.workerLost(worker.index(), why, permanent);
        if (permanent && !draining) {
            for (Worker one : workers) {
                if (one.permanentFailure() == null) {
                    return;
                }
            }
            for (Invocation next = next(); next != null; next = next()) {
                refuse(next, why);
            }
        }
    }

    void acked(String topic, int partition, long streamOffset) {
        poolListener.acked(topic, partition, streamOffset);
    }

    /**
     * Ends waits that are over and takes events from behind handlers that run for long: in line others can run them, they can time out
     * and be cancelled. Called every few ms by {@code app}'s timer.
     */
    public void tick() {
        long now = clock.nanoTime();
        if (line.size() > 0) {
            for (Invocation expired : line.expired(now)) {
                stats.timedOut.increment();
                refuse(expired, noFreeWorker(now - expired.arrivedNanos()));
            }
        }
        relieve(now);
    }

    /** A worker is stuck when what it holds has waited for far longer than prefetch allows for. */
    private static final long STUCK_NANOS = 2_000_000;

    private void relieve(long now) {
        for (Worker worker : workers) {
            boolean stuck =
                    worker.held() > worker.runtime().concurrency() && now - worker.busySinceNanos() > STUCK_NANOS;
            if (stuck && worker.isUp()) {
                worker.runtime().owner().execute(worker::giveUpWaiting);
            }
        }
    }

    /** Whether the workers have a break: what comes waits in line. */
    boolean isResting() {
        return breaks.get() > 0;
    }

    @Override
    public CompletionStage<Void> drainWorkers() {
        breaks.incrementAndGet();
        CompletableFuture<?>[] drains = new CompletableFuture<?>[workers.length];
        for (int i = 0; i < workers.length; i++) {
            drains[i] = workers[i].runtime().drain().toCompletableFuture();
        }
        return CompletableFuture.allOf(drains);
    }

    @Override
    public void resumeWorkers() {
        if (breaks.decrementAndGet() == 0) {
            for (Worker worker : workers) {
                worker.runtime().resume();
            }
            dispatch();
        }
    }

    @Override
    public boolean isCongested() {
        return line.isHalfFull();
    }

    /** Takes no new events; done when every open one has ended. */
    public CompletionStage<Void> drain() {
        CompletableFuture<Void> empty = new CompletableFuture<>();
        whenEmpty = empty;
        draining = true;
        if (open() == 0) {
            empty.complete(null);
        }
        return empty;
    }

    /** Ends every worker; what still waits is refused. */
    public CompletionStage<Void> stop(long graceNanos) {
        draining = true;
        for (Invocation next = next(); next != null; next = next()) {
            refuse(next, drainingError());
        }
        CompletableFuture<?>[] ends = new CompletableFuture<?>[workers.length];
        for (int i = 0; i < workers.length; i++) {
            ends[i] = workers[i].runtime().stop(graceNanos).toCompletableFuture();
        }
        return CompletableFuture.allOf(ends);
    }

    /** Whether every worker takes events. */
    public boolean isReady() {
        for (Worker worker : workers) {
            if (!worker.isUp()) {
                return false;
            }
        }
        return true;
    }

    public AllocationStats stats() {
        return stats;
    }

    /** Events that are not answered yet. */
    public int open() {
        long done = ended.get(); // first: what ends in between is then counted as open still
        return (int) (ids.made() - done);
    }

    /** Events that wait for a worker. */
    public int waiting() {
        return line.size();
    }

    /** Each worker now. */
    public List<WorkerState> workers() {
        List<WorkerState> states = new ArrayList<>();
        for (Worker worker : workers) {
            states.add(
                    new WorkerState(worker.runtime().snapshot(), worker.held(), worker.succeeded(), worker.errors()));
        }
        return states;
    }

    /**
     * A worker at one moment.
     *
     * @param held events it runs or has in its ring
     * @param succeeded answers below 400
     */
    public record WorkerState(WorkerSnapshot runtime, int held, long succeeded, long errors) {}

    Clock clock() {
        return clock;
    }

    boolean lastOfBatch(Invocation invocation) {
        return invocation.batch.oneLess();
    }

    private ErrorMessage noFreeWorker(long waitedNanos) {
        long median = poolListener.medianHandlerNanos();
        return ErrorMessage.of(
                ErrorCode.NO_FREE_WORKER,
                "no free worker for " + Amounts.time(Duration.ofNanos(waitedNanos)) + "; event not started",
                "all " + workers.length + " workers of '" + setting.name() + "' of function '" + setting.function()
                        + "' were busy, "
                        + (median == 0 ? "" : "p50 handler time " + Amounts.time(Duration.ofNanos(median)) + ", ")
                        + line.size() + " events waiting",
                "raise numWorkers; for slow I/O use an async handler with mode: async");
    }

    private ErrorMessage lineFull() {
        return ErrorMessage.of(
                ErrorCode.NO_FREE_WORKER,
                "no room to wait for a worker; event not started",
                line.size() + " events wait already for '" + setting.name() + "' of function '" + setting.function()
                        + "'",
                "raise numWorkers, or maxQueuedEvents if waiting longer is right");
    }

    private ErrorMessage drainingError() {
        return ErrorMessage.of(
                ErrorCode.DRAINING,
                "function '" + setting.function() + "' takes no more events",
                "the processor drains",
                "send it again to the processor that replaces this one");
    }
}
