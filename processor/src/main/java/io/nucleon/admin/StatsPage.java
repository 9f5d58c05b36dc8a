package io.nucleon.admin;

import io.nucleon.invoke.Outcome;
import io.nucleon.runtime.WorkerSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The statistics of one trigger in the form that is shown as JSON. Lengths of time in ms. */
final class StatsPage {

    private static final double NANOS_PER_MILLI = 1e6;

    private StatsPage() {}

    static Map<String, Object> of(TriggerView trigger, TriggerCounts counts) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("events", events(counts));
        Map<String, Object> times = new LinkedHashMap<>();
        times.put("total", latency(counts.total()));
        times.put("queue", latency(counts.queue()));
        times.put("transport", latency(counts.transport()));
        times.put("handler", latency(counts.handler()));
        page.put("milliseconds", times);
        page.put("workerAllocation", allocation(trigger.pool()));
        List<Object> workers = new ArrayList<>();
        trigger.workers().forEach(worker -> workers.add(worker(worker, counts)));
        page.put("workers", workers);
        return page;
    }

    private static Map<String, Object> events(TriggerCounts counts) {
        Map<String, Object> events = new LinkedHashMap<>();
        events.put("success", counts.succeeded());
        events.put("failure", counts.failed());
        for (Outcome outcome : Outcome.values()) {
            events.put(Outcomes.nameOf(outcome), counts.of(outcome));
        }
        return events;
    }

    private static Map<String, Object> latency(LatencySnapshot latency) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("count", latency.count());
        shown.put("mean", latency.count() == 0 ? 0 : millis(latency.sumNanos() / latency.count()));
        shown.put("p50", millis(latency.percentileNanos(0.5)));
        shown.put("p90", millis(latency.percentileNanos(0.9)));
        shown.put("p99", millis(latency.percentileNanos(0.99)));
        shown.put("max", millis(latency.maxNanos()));
        return shown;
    }

    private static Map<String, Object> allocation(PoolStats pool) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("count", pool.allocations());
        shown.put("successImmediate", pool.immediate());
        shown.put("successAfterWait", pool.afterWait());
        shown.put("errorTimeout", pool.timedOut());
        shown.put("waitMilliseconds", pool.waitMillis());
        shown.put("waiting", pool.waiting());
        return shown;
    }

    private static Map<String, Object> worker(WorkerSnapshot worker, TriggerCounts counts) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("index", worker.index());
        shown.put("state", worker.state());
        shown.put("pid", worker.pid());
        shown.put("transport", worker.transport());
        shown.put("transportReason", worker.transportReason());
        shown.put("open", worker.open());
        shown.put("restarts", worker.restarts());
        shown.put("lastError", worker.lastError());
        if (worker.index() < counts.workers().size()) {
            WorkerCounts handled = counts.workers().get(worker.index());
            shown.put("success", handled.responded());
            shown.put("failure", handled.failed());
            shown.put("handlerMilliseconds", millis(handled.handlerNanos()));
        }
        return shown;
    }

    private static double millis(long nanos) {
        return nanos / NANOS_PER_MILLI;
    }
}
