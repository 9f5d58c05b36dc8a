package io.nucleon.worker;

import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.EventRun;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.InvocationListener;
import io.nucleon.invoke.Invoker;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.Reply;
import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.WorkerSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The workers of a trigger, or of triggers that share them. Safe for many threads.
 *
 * <p>An event goes to an idle worker, one of the calling loop first; if none is idle, into the ring of a busy worker with room
 * ({@link Prefetch}); else it waits in a bounded line, in the order of arrival. Whoever frees a place takes the next in line with it. An
 * event is put into the line first and the workers are looked at once more afterwards, so none waits beside a free worker.
 */
public final class WorkerPool implements Invoker {

    private final Clock clock;
    private final InvocationListener listener;
    private final PoolListener poolListener;
    private final WaitingLine line;
    private final Refusals refusals;
    private final AllocationStats stats = new AllocationStats();
    private final OpenCount open;

    /** Made once: a method reference in its place would be an object an event. */
    private final Invocation.Canceller leaveLine = this::cancelledInLine;

    /** How many sources have asked for a break. */
    private final AtomicInteger breaks = new AtomicInteger();

    /** Every set with workers that are not gone: the one that serves, one that is awaited, those that finish. */
    private final Set<WorkerSet> sets = ConcurrentHashMap.newKeySet();

    private volatile WorkerSet serving;
    private volatile boolean draining;

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
        this.clock = clock;
        this.listener = listener;
        this.poolListener = poolListener;
        this.refusals = new Refusals(setting, poolListener);
        this.open = new OpenCount(clock);
        this.line = new WaitingLine(setting.maxQueuedEvents(), setting.maxQueuedBytes());
        this.serving = new WorkerSet(this, runtime, setting.workers(), true);
        sets.add(serving);
    }

    /** Starts every worker; {@link PoolListener#ready} follows when all are up. */
    public void start() {
        serving.start();
    }

    /**
     * Starts workers of another version of the function, which take no events until they take over. The ones that serve notice nothing.
     * Not after {@link #stop}.
     *
     * @param runtime theirs; whoever made it closes it when they are gone
     */
    public Successor prepare(FunctionRuntime runtime, int workers) {
        WorkerSet next = new WorkerSet(this, runtime, workers, false);
        sets.add(next);
        next.start();
        return new Successor(this, next);
    }

    /**
     * The new workers have places before the old ones lose theirs, so that there is always somebody to take an event. From the one store on
     * no event begins on an old worker, so that nobody who was answered by the new version is answered by the old one later.
     */
    Predecessor replace(WorkerSet next, long graceNanos) {
        next.open().toCompletableFuture().join();
        WorkerSet before = serving;
        serving = next;
        next.fill();
        before.retire().toCompletableFuture().join();
        return new Predecessor(before, end(before, graceNanos));
    }

    boolean isServing(WorkerSet set) {
        return set == serving;
    }

    CompletionStage<Void> end(WorkerSet set, long graceNanos) {
        return set.stop(graceNanos).whenComplete((done, error) -> sets.remove(set));
    }

    @Override
    public Invocation invoke(Event event, long waitNanos, Reply reply) {
        Invocation invocation = new Invocation(event, reply, open.ids(), clock.nanoTime(), waitNanos);
        place(invocation, waitNanos);
        return invocation;
    }

    @Override
    public void invokeRun(EventRun run, long waitNanos) {
        place(Invocation.firstOf(run, open.ids(), clock.nanoTime(), waitNanos), waitNanos);
    }

    @Override
    public boolean knowsRuns() {
        return serving.knowsRuns();
    }

    @Override
    public void invokeBatch(List<? extends Event> events, long waitNanos, List<? extends Reply> replies) {
        if (!events.isEmpty()) {
            place(Invocation.firstOf(events, replies, open.ids(), clock.nanoTime(), waitNanos), waitNanos);
        }
    }

    private void place(Invocation invocation, long waitNanos) {
        if (draining) {
            refuse(invocation, refusals.draining());
            return;
        }
        Worker worker = line.size() == 0 ? reserve() : null;
        if (worker != null) {
            stats.immediate.increment();
            worker.run(invocation, invocation.arrivedNanos());
            return;
        }
        if (waitNanos <= 0) {
            stats.timedOut.increment();
            refuse(invocation, refusals.noFreeWorker(serving.workers().length, line.size(), 0));
            return;
        }
        invocation.cancelledBy(leaveLine);
        if (!line.offer(invocation)) {
            stats.timedOut.increment();
            refuse(invocation, refusals.lineFull(line.size()));
            return;
        }
        dispatch();
    }

    /** A worker with a reserved place, or null: an idle one first, then one with room in its ring. */
    private Worker reserve() {
        if (isResting()) {
            return null;
        }
        return serving.reserve();
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
            worker.run(next, clock.nanoTime());
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
        while (line.size() > 0 && !isResting() && isServing(worker.set()) && worker.reserveAny()) {
            runNextOn(worker);
        }
    }

    private void cancelledInLine(Invocation invocation) {
        if (line.remove(invocation)) {
            ended(invocation, null);
        }
    }

    boolean countsOnly() {
        return listener.countsOnly();
    }

    /** So many events of a run are done, like that one, and their worker has gone on to another; any thread. */
    void wentOn(Invocation done, int events) {
        listener.endedAlike(done, events);
    }

    /** An invocation was closed and replied to. */
    void ended(Invocation invocation, Worker worker) {
        if (worker != null) {
            worker.count(invocation);
        }
        listener.ended(invocation, invocation.outcome, invocation.status);
        if (invocation.run != null) {
            // Those behind the first have had their worker without a wait.
            stats.immediate.add(invocation.run.step());
        }
        open.ended(invocation.weight());
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

    void becameUp(WorkerSet set) {
        set.becameUp();
        if (set == serving && set.isUp()) {
            poolListener.ready();
        }
    }

    void workerLost(WorkerSet set, Worker worker, ErrorMessage why, boolean permanent) {
        if (permanent && !set.ready().isDone()) {
            set.failed(why);
        }
        if (set != serving) {
            otherLost(set, worker, why);
            return;
        }
        poolListener.workerLost(worker.index(), why, permanent);
        if (permanent && !draining && set.isLostForGood()) {
            for (Invocation next = next(); next != null; next = next()) {
                refuse(next, why);
            }
        }
    }

    /** Whoever awaits a set hears of its failure from {@link Successor#ready}; of a set that is being ended nothing is news. */
    private void otherLost(WorkerSet set, Worker worker, ErrorMessage why) {
        if (set.ready().isDone() && !set.ready().isCompletedExceptionally() && !set.isStopped()) {
            poolListener.workerLost(worker.index(), why, false);
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
                refuse(
                        expired,
                        refusals.noFreeWorker(serving.workers().length, line.size(), now - expired.arrivedNanos()));
            }
        }
        serving.relieve(now);
    }

    /** Whether the workers have a break: what comes waits in line. */
    boolean isResting() {
        return breaks.get() > 0;
    }

    @Override
    public CompletionStage<Void> drainWorkers() {
        breaks.incrementAndGet();
        return serving.drain();
    }

    @Override
    public void resumeWorkers() {
        if (breaks.decrementAndGet() == 0) {
            serving.resume();
            dispatch();
        }
    }

    @Override
    public boolean isCongested() {
        return line.isHalfFull();
    }

    /** Takes no new events; done when every open one has ended. */
    public CompletionStage<Void> drain() {
        draining = true;
        return open.none();
    }

    /** Ends every worker; what still waits is refused. */
    public CompletionStage<Void> stop(long graceNanos) {
        draining = true;
        for (Invocation next = next(); next != null; next = next()) {
            refuse(next, refusals.draining());
        }
        return CompletableFuture.allOf(sets.stream()
                .map(set -> end(set, graceNanos).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    /** Whether every worker takes events. */
    public boolean isReady() {
        return serving.isUp();
    }

    public AllocationStats stats() {
        return stats;
    }

    /** Events that are not answered yet. */
    public int open() {
        return open.open();
    }

    /** Events that wait for a worker. */
    public int waiting() {
        return line.size();
    }

    /** Each worker now. */
    public List<WorkerState> workers() {
        return serving.states();
    }

    /**
     * A worker at one moment.
     *
     * @param held events it runs or has in its ring
     */
    public record WorkerState(WorkerSnapshot runtime, int held) {}

    Clock clock() {
        return clock;
    }

    boolean lastOfBatch(Invocation invocation) {
        return invocation.batch.oneLess();
    }
}
