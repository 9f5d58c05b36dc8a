package io.nucleon.worker;

import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.BatchCount;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * One worker of a pool: its places and its runtime. A place is reserved by any thread with one compare-and-set; what is done with it
 * happens on the owner.
 */
final class Worker implements WorkerListener {

    /** No place can be reserved: the worker is down. What it holds still, if it was retired, is counted from here. */
    private static final int DOWN = Integer.MIN_VALUE / 2;

    /** Whether it is for events: not yet, now, or no more. Moves on, never back; changed by the owner. */
    private enum Turn {
        AWAITED,
        SERVING,
        RETIRED
    }

    private final WorkerPool pool;
    private final WorkerSet set;
    private final int index;
    private final AtomicInteger used = new AtomicInteger(DOWN);
    private final LongAdder lost = new LongAdder();
    private Turn turn;
    private WorkerRuntime runtime;
    private Prefetch prefetch;
    private volatile boolean up;
    private volatile ErrorMessage permanentFailure;
    private volatile long busySinceNanos;
    /** Whether what it was given last is a run. */
    private volatile boolean hasRun;

    Worker(WorkerPool pool, WorkerSet set, int index, boolean serving) {
        this.pool = pool;
        this.set = set;
        this.index = index;
        this.turn = serving ? Turn.SERVING : Turn.AWAITED;
    }

    void attach(WorkerRuntime newRuntime) {
        runtime = newRuntime;
        prefetch = new Prefetch(newRuntime.capacity(), newRuntime.concurrency());
    }

    WorkerRuntime runtime() {
        return runtime;
    }

    /** Reserves a place where the worker would begin at once. */
    boolean reserveIdle() {
        return reserve(runtime.concurrency());
    }

    /** Reserves a place, if need be in the ring of a busy worker. */
    boolean reserveAny() {
        return reserve(prefetch.limit());
    }

    /** Gives a reserved place back. */
    void freePlace() {
        release();
    }

    private boolean reserve(int limit) {
        while (true) {
            int now = used.get();
            if (now < 0 || now >= limit) {
                return false;
            }
            if (used.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /** Any thread: its places can be reserved; done when they can, or when it is down and they will be when it is up. */
    CompletableFuture<Void> open() {
        return CompletableFuture.runAsync(
                () -> {
                    turn = Turn.SERVING;
                    if (up) {
                        used.set(0);
                    }
                },
                runtime.owner());
    }

    /** Any thread: it gets what waits in line, as far as it has room. */
    void fill() {
        runtime.owner().execute(() -> pool.fill(this));
    }

    /** Any thread: it gets no events any more, and what has not begun in it goes to others; done when that has happened. */
    CompletableFuture<Void> retire() {
        return CompletableFuture.runAsync(
                () -> {
                    turn = Turn.RETIRED;
                    List<Invocation> taken = up ? runtime.takeBack() : List.of();
                    if (up) {
                        up = false;
                        used.addAndGet(DOWN - taken.size());
                    }
                    pool.handBack(taken);
                },
                runtime.owner());
    }

    /**
     * Runs an invocation in a reserved place.
     *
     * @param nowNanos the time, if it is known; it is read again where another thread goes on
     */
    void run(Invocation invocation, long nowNanos) {
        if (runtime.owner().isCurrent()) {
            give(invocation, nowNanos);
        } else {
            runtime.owner().execute(() -> give(invocation, pool.clock().nanoTime()));
        }
    }

    private void give(Invocation invocation, long now) {
        if (!up) {
            release();
            pool.handBack(List.of(invocation)); // it went down between the reservation and now
            return;
        }
        busySinceNanos = now;
        hasRun = invocation.run != null;
        for (Invocation one = invocation; one != null; one = one.batchNext) {
            one.givenNanos = now;
        }
        runtime.offer(invocation);
    }

    @Override
    public void ready() {
        if (turn == Turn.RETIRED) {
            return; // it came up again to be stopped
        }
        prefetch.reset();
        up = true;
        if (turn == Turn.SERVING) {
            used.set(0);
        }
        pool.becameUp(set);
        pool.fill(this);
    }

    @Override
    public void freed(Invocation invocation) {
        if (invocation.batched && !pool.lastOfBatch(invocation)) {
            pool.ended(invocation, this);
            return;
        }
        prefetch.observe(invocation.run == null ? invocation.handlerNanos : invocation.run.tookNanos);
        pool.ended(invocation, this);
        giveNext();
    }

    @Override
    public boolean countsOnly() {
        return pool.countsOnly();
    }

    @Override
    public void wentOn(Invocation done, int events) {
        pool.wentOn(done, events);
    }

    /** Gives the freed place to the next in line, or frees it. */
    private void giveNext() {
        boolean takes = up && pool.isServing(set) && !pool.isResting() && used.get() <= prefetch.limit();
        Invocation next = takes ? pool.next() : null;
        if (next != null) {
            give(next, pool.clock().nanoTime());
            return;
        }
        release();
        if (pool.hasWaiting()) {
            pool.fill(this);
        }
    }

    private void release() {
        int now = used.get();
        if (now > 0 || (now > DOWN && now < 0)) {
            used.decrementAndGet();
        }
    }

    @Override
    public void handedBack(Invocation invocation) {
        if (invocation.batchNext == null) {
            release(); // a batch has one place, freed with its last member
        }
        if (invocation.batched) {
            invocation.batchNext = null;
            invocation.batch = new BatchCount(1);
        }
        pool.handBack(List.of(invocation));
    }

    @Override
    public void acked(String topic, int partition, long streamOffset) {
        pool.acked(topic, partition, streamOffset);
    }

    @Override
    public void lost(List<Invocation> notStarted, ErrorMessage why, boolean permanent) {
        up = false;
        used.set(DOWN);
        if (permanent) {
            permanentFailure = why;
        }
        pool.handBack(notStarted);
        pool.workerLost(set, this, why, permanent);
    }

    /** Those that still have a caller stand in line again, the others are dropped there. */
    @Override
    public void cancelledUnbegun() {
        giveUpWaiting();
    }

    /** Takes back what waits behind a handler that runs for long; owner's thread. */
    void giveUpWaiting() {
        prefetch.reset(); // or they would come back here
        List<Invocation> taken = up ? runtime.takeBack() : List.of();
        for (int i = 0; i < taken.size(); i++) {
            release();
        }
        pool.handBack(taken);
    }

    /** Events it holds, 0 when down; of a retired one those that it finishes. */
    int held() {
        int now = used.get();
        return now < 0 ? Math.max(0, now - DOWN) : now;
    }

    /** Whether something waits in it behind the event in hand, or that one is of a run. */
    boolean hasMoreInHand() {
        int held = held();
        return held > runtime.concurrency() || (held > 0 && hasRun);
    }

    boolean isUp() {
        return up;
    }

    ErrorMessage permanentFailure() {
        return permanentFailure;
    }

    long busySinceNanos() {
        return busySinceNanos;
    }

    void count(Invocation invocation) {
        if (invocation.outcome == Outcome.WORKER_LOST) {
            lost.increment();
        }
    }

    long lostEvents() {
        return lost.sum();
    }

    WorkerSet set() {
        return set;
    }

    int index() {
        return index;
    }
}
