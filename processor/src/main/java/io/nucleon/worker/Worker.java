package io.nucleon.worker;

import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.BatchCount;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * One worker of a pool: its places and its runtime. A place is reserved by any thread with one compare-and-set; what is done with it
 * happens on the owner.
 */
final class Worker implements WorkerListener {

    /** No place can be reserved: the worker is down. */
    private static final int DOWN = Integer.MIN_VALUE / 2;

    private final WorkerPool pool;
    private final int index;
    private final AtomicInteger used = new AtomicInteger(DOWN);
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private WorkerRuntime runtime;
    private Prefetch prefetch;
    private volatile boolean up;
    private volatile boolean everReady;
    private volatile ErrorMessage permanentFailure;
    private volatile long busySinceNanos;

    Worker(WorkerPool pool, int index) {
        this.pool = pool;
        this.index = index;
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

    /** Runs an invocation in a reserved place. */
    void run(Invocation invocation) {
        if (runtime.owner().isCurrent()) {
            give(invocation);
        } else {
            runtime.owner().execute(() -> give(invocation));
        }
    }

    private void give(Invocation invocation) {
        if (!up) {
            pool.handBack(List.of(invocation)); // it went down between the reservation and now
            return;
        }
        long now = pool.clock().nanoTime();
        busySinceNanos = now;
        for (Invocation one = invocation; one != null; one = one.batchNext) {
            one.givenNanos = now;
        }
        runtime.offer(invocation);
    }

    @Override
    public void ready() {
        prefetch.reset();
        up = true;
        everReady = true;
        used.set(0);
        pool.becameReady();
        pool.fill(this);
    }

    @Override
    public void freed(Invocation invocation) {
        if (invocation.batched && !pool.lastOfBatch(invocation)) {
            pool.ended(invocation, this);
            return;
        }
        prefetch.observe(invocation.handlerNanos);
        pool.ended(invocation, this);
        giveNext();
    }

    /** Gives the freed place to the next in line, or frees it. */
    private void giveNext() {
        boolean takes = up && !pool.isResting() && used.get() <= prefetch.limit();
        Invocation next = takes ? pool.next() : null;
        if (next != null) {
            give(next);
            return;
        }
        release();
        if (pool.hasWaiting()) {
            pool.fill(this);
        }
    }

    private void release() {
        if (used.get() > 0) {
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
        pool.workerLost(this, why, permanent);
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

    /** Events it holds, 0 when down. */
    int held() {
        return Math.max(0, used.get());
    }

    boolean isUp() {
        return up;
    }

    boolean wasEverReady() {
        return everReady;
    }

    ErrorMessage permanentFailure() {
        return permanentFailure;
    }

    long busySinceNanos() {
        return busySinceNanos;
    }

    void count(Invocation invocation) {
        boolean success = invocation.outcome == Outcome.RESPONDED && invocation.status < 400;
        (success ? succeeded : errors).increment();
    }

    long succeeded() {
        return succeeded.sum();
    }

    long errors() {
        return errors.sum();
    }

    int index() {
        return index;
    }
}
