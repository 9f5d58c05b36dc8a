package io.nucleon.worker;

import io.nucleon.error.ErrorMessage;
import io.nucleon.runtime.FunctionRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The workers of one version of the function. A pool serves with one set; another is made ready beside it. Safe for many threads. */
final class WorkerSet {

    /** A worker is stuck when what it holds has waited for far longer than prefetch allows for. */
    private static final long STUCK_NANOS = 2_000_000;

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

    /** A worker with a reserved place, or null: an idle one first, one of the calling loop before others, then one with room in its ring. */
    Worker reserve() {
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

    /** Takes events from behind handlers that run for long. */
    void relieve(long nowNanos) {
        for (Worker worker : workers) {
            if (worker.isUp() && worker.hasMoreInHand() && nowNanos - worker.busySinceNanos() > STUCK_NANOS) {
                worker.runtime().owner().execute(worker::giveUpWaiting);
            }
        }
    }

    /** Lets places in its workers be reserved; done when they can be, in those that are up. */
    CompletionStage<Void> open() {
        return all(Worker::open);
    }

    /** Its workers get what waits in line. */
    void fill() {
        for (Worker worker : workers) {
            worker.fill();
        }
    }

    /** Takes none from now on: what waits in its workers goes to others; done when each of them knows. */
    CompletionStage<Void> retire() {
        return all(Worker::retire);
    }

    /** Runs the drain callback of each one's handler; done when all of them returned. */
    CompletionStage<Void> drain() {
        return all(worker -> worker.runtime().drain());
    }

    /** After {@link #drain}. */
    void resume() {
        for (Worker worker : workers) {
            worker.runtime().resume();
        }
    }

    CompletionStage<Void> stop(long graceNanos) {
        stopped = true;
        return all(worker -> worker.runtime().stop(graceNanos));
    }

    private CompletionStage<Void> all(Function<Worker, CompletionStage<Void>> step) {
        CompletableFuture<?>[] steps = new CompletableFuture<?>[workers.length];
        for (int i = 0; i < workers.length; i++) {
            steps[i] = step.apply(workers[i]).toCompletableFuture();
        }
        return CompletableFuture.allOf(steps);
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
