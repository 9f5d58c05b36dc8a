package io.nucleon.app;

import io.nucleon.host.WorkerCount;
import io.nucleon.runtime.WorkerSnapshot;
import io.nucleon.runtime.WorkerState;
import java.util.List;

/** Counts the workers that a supervisor is told of. Stateless. */
final class ReadyWorkers {
    private ReadyWorkers() {}

    /** Those of some functions, as they are now. */
    static WorkerCount of(List<HostedFunction> functions) {
        List<WorkerSnapshot> all = functions.stream()
                .flatMap(function -> function.workers().stream())
                .toList();
        long ready = all.stream()
                .filter(worker -> worker.state().equals(WorkerState.READY.text()))
                .count();
        return new WorkerCount((int) ready, all.size());
    }
}
