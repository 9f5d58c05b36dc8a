package io.nucleon.app;

import io.nucleon.error.NucleonException;
import io.nucleon.invoke.InvocationListener;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.spec.trigger.Trigger;
import io.nucleon.worker.PoolListener;
import io.nucleon.worker.Predecessor;
import io.nucleon.worker.Successor;
import io.nucleon.worker.WorkerPool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * The pools of one function, each with the runtime of the version that serves. Another version is made ready beside it, in all pools, and
 * only then takes its place. Made, replaced and stopped by one thread at a time; the rest may be called from any.
 */
final class FunctionPools {

    private final Hosting hosting;
    private final RuntimeServices services;
    private final List<TriggerSource> sources;
    private final InvocationListener listener;
    private final Map<String, WorkerPool> pools = new LinkedHashMap<>();
    private volatile List<FunctionRuntime> runtimes = List.of();

    FunctionPools(Hosting hosting, RuntimeServices services, List<TriggerSource> sources, InvocationListener listener) {
        this.hosting = hosting;
        this.services = services;
        this.sources = sources;
        this.listener = listener;
    }

    static String poolOf(Trigger trigger) {
        String shared = trigger.workers().allocatorName();
        return shared.isEmpty() ? trigger.name() : shared;
    }

    /**
     * The pool of a trigger, which may have others; made, not started, for the first of them.
     *
     * @throws NucleonException when the function's runtime can't be made
     */
    WorkerPool of(Plan plan, Trigger trigger, Function<String, PoolListener> supervisor) {
        return pools.computeIfAbsent(poolOf(trigger), name -> {
            FunctionRuntime runtime = make(plan, trigger);
            List<FunctionRuntime> all = new ArrayList<>(runtimes);
            all.add(runtime);
            runtimes = List.copyOf(all);
            return new WorkerPool(
                    Settings.pool(plan, name, trigger), runtime, services.clock(), listener, supervisor.apply(name));
        });
    }

    private FunctionRuntime make(Plan plan, Trigger first) {
        return hosting.runtimes().create(Settings.runtime(plan, first, sources, hosting.platform()), services);
    }

    /**
     * What a version left when another took its place.
     *
     * @param workers that serve now
     */
    record Replaced(int workers, List<Predecessor> predecessors) {

        /** Events that run on the old workers still. */
        int open() {
            return predecessors.stream().mapToInt(Predecessor::open).sum();
        }

        /** Events that ended with one of the old workers. */
        long lost() {
            return predecessors.stream().mapToLong(Predecessor::lost).sum();
        }
    }

    /** A pool's next workers. */
    private record Candidate(FunctionRuntime runtime, int workers, Successor successor) {
        void discard() {
            successor.discard().whenCompleteAsync((done, error) -> runtime.close(), Threads::ending);
        }
    }

    /**
     * Makes another version ready beside the one that serves, then puts it in its place. Waits until it serves; the events that the old
     * workers had begun finish after that.
     *
     * @param next has the triggers that the function was made with
     * @param graceNanos what is left to those events
     * @throws NucleonException why the other version can't be had; then nothing has changed
     * @throws InterruptedException likewise
     */
    Replaced replace(Plan next, long graceNanos) throws InterruptedException {
        List<Candidate> candidates = new ArrayList<>();
        boolean complete = false;
        try {
            for (Map.Entry<String, WorkerPool> pool : pools.entrySet()) {
                FunctionRuntime before = runtimes.get(candidates.size());
                candidates.add(prepare(next, pool.getKey(), pool.getValue(), before));
            }
            for (Candidate candidate : candidates) {
                await(candidate.successor().ready());
            }
            complete = true;
        } finally {
            if (!complete) {
                candidates.forEach(Candidate::discard);
            }
        }
        return takeOver(candidates, graceNanos);
    }

    private Candidate prepare(Plan next, String name, WorkerPool pool, FunctionRuntime before) {
        Trigger first = next.triggers().stream()
                .filter(trigger -> poolOf(trigger).equals(name))
                .findFirst()
                .orElseThrow();
        FunctionRuntime runtime = make(next, first);
        try {
            runtime.check();
        } catch (RuntimeException e) {
            runtime.close();
            throw e;
        }
        runtime.inherit(before);
        int workers = Settings.workers(next, first);
        return new Candidate(runtime, workers, pool.prepare(runtime, workers));
    }

    private static void await(CompletionStage<Void> ready) throws InterruptedException {
        try {
            ready.toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NucleonException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Replaced takeOver(List<Candidate> candidates, long graceNanos) {
        List<FunctionRuntime> before = runtimes;
        List<Predecessor> predecessors = new ArrayList<>();
        for (Candidate candidate : candidates) {
            predecessors.add(candidate.successor().takeOver(graceNanos));
        }
        runtimes = candidates.stream().map(Candidate::runtime).toList();
        for (int i = 0; i < before.size(); i++) {
            FunctionRuntime old = before.get(i);
            predecessors.get(i).ended().whenCompleteAsync((done, error) -> old.close(), Threads::ending);
        }
        return new Replaced(candidates.stream().mapToInt(Candidate::workers).sum(), predecessors);
    }

    /** Begins what the next version can use; see {@link FunctionRuntime#warm()}. */
    void warm() {
        runtimes.forEach(FunctionRuntime::warm);
    }

    /** Ends every worker, of whatever version; done when the last process is gone and the runtimes are closed. */
    CompletionStage<Void> stop(long graceNanos) {
        CompletableFuture<?>[] stops = pools.values().stream()
                .map(pool -> pool.stop(graceNanos).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(stops).whenComplete((done, error) -> runtimes.forEach(FunctionRuntime::close));
    }

    Collection<WorkerPool> all() {
        return pools.values();
    }

    /** Of the version that serves, in the order of the pools. */
    List<FunctionRuntime> runtimes() {
        return runtimes;
    }

    boolean isReady() {
        return pools.values().stream().allMatch(WorkerPool::isReady);
    }
}
