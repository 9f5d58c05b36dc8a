package io.nucleon.admin;

import io.nucleon.runtime.WorkerSnapshot;
import java.util.List;
import java.util.Map;

/**
 * One trigger at one moment.
 *
 * @param index place in its function's table, as in {@link io.nucleon.invoke.TriggerSource#index()}
 * @param id name of the trigger in the specification
 * @param kind as written, also when its worker pool is shared
 * @param configuration nuclio's JSON form of it (text, numbers, booleans, lists, maps), secrets and all; shown redacted
 * @param pool its worker pool; triggers that share one show the same numbers
 * @param delivery all zero for a trigger whose callers wait for the answer
 * @param workers of that pool
 */
public record TriggerView(
        int index,
        String id,
        String kind,
        Map<String, Object> configuration,
        PoolStats pool,
        DeliveryCounts delivery,
        List<WorkerSnapshot> workers) {

    public TriggerView {
        workers = List.copyOf(workers);
    }
}
