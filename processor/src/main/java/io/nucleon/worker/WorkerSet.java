package io.nucleon.worker;

import io.nucleon.error.ErrorMessage;
import io.nucleon.runtime.FunctionRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The workers of one version of the function. A pool serves with one set; another is made ready beside it. Safe for many threads. */
final class WorkerSet {

    private final Worker[] workers;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile boolean stopped;

    WorkerSet(WorkerPool pool, FunctionRuntime runtime, int count, boolean serving) {
        this.workers = new Worker[count];
        for (int i = 0; i < count; i++) {
            workers[i] = new Worker(pool, this, i, serving);
            workers[i].attach(runtime.open(i, workers[i]));
        }
    }

    /** Not to be changed. */
    Worker[] workers() {
        return workers;
    }

    /** Whether its workers go on in a run by themselves. */
    boolean knowsRuns() {
        return workers.length > 0 && workers[0].runtime().knowsRuns();
    }

    void start() {
        for (Worker worker : workers) {
            worker.runtime().start();
        }
    }

    /** Done when all of them were up together once; failed when one can't be had. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    boolean isUp() {
        for (Worker worker : workers) {
            if (!worker.isUp()) {
                return false;
            }
        }
        return true;
    }

    /** One more is up. */
    void becameUp() {
        if (isUp()) {
            ready.complete(null);
        }
    }

    /** One of them can't be had. */
    void failed(ErrorMessage why) {
        ready.completeExceptionally(why.toException());
    }

    /** Whether nobody is in it any more and nobody will be. */
    boolean isLostForGood() {
        for (Worker worker : workers) {
            if (worker.permanentFailure() == null) {
                return false;
            }
        }
        return true;
    }

    /** Lets places in its workers be reserved; done when they can be, in those that are up. */
    CompletionStage<Void> open() {
        CompletableFuture<?>[] opened = new CompletableFuture<?>[workers.length];
        for (int i = 0; i < workers.length; i++) {
            opened[i] = workers[i].open();
        }
        return CompletableFuture.allOf(opened);
    }

    /** Its workers get what waits in line. */
    void fill() {
        for (Worker worker : workers) {
            worker.fill();
        }
    }

    /** Takes none from now on: what waits in its workers goes to others; done when each of them knows. */
    CompletionStage<Void> retire() {
        CompletableFuture<?>[] retired = new CompletableFuture<?>[workers.length];
        for (int i = 0; i < workers.length; i++) {
            retired[i] = workers[i].retire();
        }
        return CompletableFuture.allOf(retired);
    }

    CompletionStage<Void> stop(long graceNanos) {
        stopped = true;
        CompletableFuture<?>[] ends = new CompletableFuture<?>[workers.length];
        for (int i = 0; i < workers.length; i++) {
            ends[i] = workers[i].runtime().stop(graceNanos).toCompletableFuture();
        }
        return CompletableFuture.allOf(ends);
    }

    boolean isStopped() {
        return stopped;
    }

    /** Events that its workers hold. */
    int held() {
        int held = 0;
        for (Worker worker : workers) {
            held += worker.held();
        }
        return held;
    }

    /** Events that ended with a worker. */
    long lost() {
        long lost = 0;
        for (Worker worker : workers) {
            lost += worker.lostEvents();
        }
        return lost;
    }

    List<WorkerPool.WorkerState> states() {
        List<WorkerPool.WorkerState> states = new ArrayList<>();
        for (Worker worker : workers) {
            states.add(new WorkerPool.WorkerState(worker.runtime().snapshot(), worker.held()));
        }
        return states;
    }
}
