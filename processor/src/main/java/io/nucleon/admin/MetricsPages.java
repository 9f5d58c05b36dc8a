package io.nucleon.admin;

import io.nucleon.invoke.Outcome;
import io.nucleon.runtime.WorkerSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * {@code /metrics} for Prometheus: nuclio's counters under nuclio's names and labels, then Nucleon's own. Nothing is computed before it
 * is asked for. Safe for many threads.
 */
public final class MetricsPages implements Pages {

    private static final String PREFIX = "nuclio_processor_";
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int MILLIS_TO_SECONDS = 3;
    private static final int NANOS_TO_MILLIS = 6;

    private final ProcessorView processor;
    private final Function<Long, Optional<ProcessUsage>> usageOf;
    private final Supplier<Optional<ProcessUsage>> usage;

    /** Metrics of a processor. */
    public MetricsPages(ProcessorView processor) {
        this(processor, ProcessUsage::ofSelf, ProcessUsage::of);
    }

    MetricsPages(
            ProcessorView processor,
            Supplier<Optional<ProcessUsage>> usage,
            Function<Long, Optional<ProcessUsage>> usageOf) {
        this.processor = processor;
        this.usage = usage;
        this.usageOf = usageOf;
    }

    /** One trigger with what a scrape needs of it more than once. */
    private record Row(String labels, TriggerView trigger, TriggerCounts counts) {}

    @Override
    public Answer answer(Request request) {
        if (!request.path().equals("/metrics")) {
            return Answer.notFound();
        }
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        return reads ? new Answer(200, CONTENT_TYPE, text()) : Answer.methodNotAllowed();
    }

    private String text() {
        List<FunctionView> functions = processor.functions();
        List<Row> rows = new ArrayList<>();
        for (FunctionView function : functions) {
            for (TriggerView trigger : function.triggers()) {
                String labels = triggerLabels(function.labels(), trigger);
                rows.add(new Row(labels, trigger, function.events().counts(trigger.index())));
            }
        }
        MetricsText text = new MetricsText();
        events(text, rows);
        allocations(text, rows);
        deliveries(text, rows);
        journals(text, functions);
        durations(text, rows);
        latencies(text, rows);
        workers(text, functions);
        processes(text, functions);
        return text.toString();
    }

    private static void events(MetricsText text, List<Row> rows) {
        String handled = PREFIX + "handled_events_total";
        text.family(handled, "counter", "Events by result; failure is every end but an answer and a lost caller.");
        for (Row row : rows) {
            text.sample(handled, row.labels + ",result=\"success\"", row.counts.succeeded());
            text.sample(handled, row.labels + ",result=\"failure\"", row.counts.failed());
        }
        String outcomes = PREFIX + "events_total";
        text.family(outcomes, "counter", "Events by outcome.");
        for (Row row : rows) {
            for (Outcome outcome : Outcome.values()) {
                String labels = row.labels + "," + MetricsText.label("outcome", Outcomes.nameOf(outcome));
                text.sample(outcomes, labels, row.counts.of(outcome));
            }
        }
    }

    private static void allocations(MetricsText text, List<Row> rows) {
        String total = PREFIX + "worker_allocation_total";
        text.family(total, "counter", "Events that asked for a worker, by result.");
        for (Row row : rows) {
            PoolStats pool = row.trigger.pool();
            text.sample(total, row.labels + ",result=\"success_immediate\"", pool.immediate());
            text.sample(total, row.labels + ",result=\"success_after_wait\"", pool.afterWait());
            text.sample(total, row.labels + ",result=\"error_timeout\"", pool.timedOut());
        }
        pool(text, rows, "count", "counter", "Events that asked for a worker.", PoolStats::allocations);
        pool(
                text,
                rows,
                "wait_duration_milliseconds_sum",
                "counter",
                "Time that events waited for a worker.",
                PoolStats::waitMillis);
        pool(
                text,
                rows,
                "workers_available_percentage",
                "counter",
                "Sum over the events of the percentage of workers that were free; divide by the count.",
                PoolStats::availablePercentSum);
        pool(text, rows, "pending", "gauge", "Events that wait for a worker now.", PoolStats::waiting);
    }

    private static void pool(
            MetricsText text, List<Row> rows, String name, String type, String help, ToLongFunction<PoolStats> value) {
        String family = PREFIX + "worker_allocation_" + name;
        text.family(family, type, help);
        rows.forEach(row -> text.sample(family, row.labels, value.applyAsLong(row.trigger.pool())));
    }

    private static void deliveries(MetricsText text, List<Row> rows) {
        delivery(
                text,
                rows,
                "acked_total",
                "counter",
                "Events that are done, dead letters included.",
                DeliveryCounts::acked);
        delivery(text, rows, "held_total", "counter", "Events whose handlers ack by themselves.", DeliveryCounts::held);
        delivery(
                text,
                rows,
                "returned_total",
                "counter",
                "Events given back to their source.",
                DeliveryCounts::returned);
        delivery(text, rows, "retries_total", "counter", "Tries after the first.", DeliveryCounts::retried);
        delivery(text, rows, "dead_letters_total", "counter", "Events given up.", DeliveryCounts::deadLettered);
        delivery(
                text,
                rows,
                "dead_letters_refused_total",
                "counter",
                "Times that a dead letter found no place.",
                DeliveryCounts::deadLettersRefused);
        delivery(text, rows, "open", "gauge", "Events taken from the source and not settled.", DeliveryCounts::open);
    }

    private static void delivery(
            MetricsText text,
            List<Row> rows,
            String name,
            String type,
            String help,
            ToLongFunction<DeliveryCounts> value) {
        String family = PREFIX + "delivery_" + name;
        text.family(family, type, help);
        rows.forEach(row -> text.sample(family, row.labels, value.applyAsLong(row.trigger.delivery())));
    }

    private static void journals(MetricsText text, List<FunctionView> functions) {
        journal(
                text,
                functions,
                "bytes",
                "gauge",
                "What a function's journal takes on the disk.",
                JournalCounts::bytes);
        journal(text, functions, "limit_bytes", "gauge", "What it may take.", JournalCounts::maxBytes);
        journal(text, functions, "living_events", "gauge", "Events in it that are not done.", JournalCounts::living);
        journal(
                text,
                functions,
                "living_bytes",
                "gauge",
                "What those take; above 0.7 of the limit, or of what the disk has room for, it takes no new ones.",
                JournalCounts::livingBytes);
        journal(text, functions, "entries_total", "counter", "Entries that it took.", JournalCounts::appended);
        journal(
                text,
                functions,
                "refused_total",
                "counter",
                "Entries for which there was no room.",
                JournalCounts::refused);
        journal(
                text,
                functions,
                "damaged_total",
                "counter",
                "Records in it that could not be read.",
                JournalCounts::damaged);
    }

    private static void journal(
            MetricsText text,
            List<FunctionView> functions,
            String name,
            String type,
            String help,
            ToLongFunction<JournalCounts> value) {
        String family = PREFIX + "journal_" + name;
        text.family(family, type, help);
        functions.forEach(
                function -> text.sample(family, labels(function.labels()), value.applyAsLong(function.journal())));
    }

    private static void durations(MetricsText text, List<Row> rows) {
        String sum = PREFIX + "handled_events_duration_milliseconds_sum";
        String count = PREFIX + "handled_events_duration_milliseconds_count";
        text.family(sum, "counter", "Time spent in the handler.");
        eachWorker(rows, (labels, counts) -> text.sample(sum, labels, counts.handlerNanos(), NANOS_TO_MILLIS));
        text.family(count, "counter", "Events that a worker ended.");
        eachWorker(rows, (labels, counts) -> text.sample(count, labels, counts.handled()));
    }

    private interface WorkerSample {
        void write(String labels, WorkerCounts counts);
    }

    private static void eachWorker(List<Row> rows, WorkerSample sample) {
        for (Row row : rows) {
            List<WorkerCounts> counts = row.counts.workers();
            for (WorkerSnapshot worker : row.trigger.workers()) {
                if (worker.index() < counts.size()) {
                    sample.write(row.labels + "," + worker(worker), counts.get(worker.index()));
                }
            }
        }
    }

    private static void latencies(MetricsText text, List<Row> rows) {
        histogram(text, rows, "event_seconds", "From arrival to the handler's answer.", TriggerCounts::total);
        histogram(text, rows, "event_queue_seconds", "From arrival until a worker was chosen.", TriggerCounts::queue);
        histogram(
                text,
                rows,
                "event_transport_seconds",
                "Between processor and handler and back, waiting in the worker's ring included.",
                TriggerCounts::transport);
        histogram(text, rows, "event_handler_seconds", "In the handler.", TriggerCounts::handler);
    }

    private static void histogram(
            MetricsText text, List<Row> rows, String name, String help, Function<TriggerCounts, LatencySnapshot> part) {
        text.family(PREFIX + name, "histogram", help);
        rows.forEach(row -> text.histogram(PREFIX + name, row.labels, part.apply(row.counts)));
    }

    private static void workers(MetricsText text, List<FunctionView> functions) {
        String restarts = PREFIX + "worker_restarts_total";
        text.family(restarts, "counter", "Workers that were replaced.");
        for (FunctionView function : functions) {
            workersOf(function).forEach((labels, worker) -> text.sample(restarts, labels, worker.restarts()));
        }
        String fallback = PREFIX + "shm_fallback_workers";
        text.family(fallback, "gauge", "Workers on a socket since shared memory can't be had.");
        for (FunctionView function : functions) {
            Set<WorkerSnapshot> fallen = new HashSet<>(workersOf(function).values());
            fallen.removeIf(worker -> worker.transportReason().isEmpty());
            text.sample(fallback, labels(function.labels()), fallen.size());
        }
        String stale = PREFIX + "stale_frames_total";
        text.family(stale, "counter", "Frames of ended workers or events that were dropped.");
        functions.forEach(function -> text.sample(stale, labels(function.labels()), function.staleFrames()));
    }

    private void processes(MetricsText text, List<FunctionView> functions) {
        Map<String, ProcessUsage> used = new LinkedHashMap<>();
        usage.get().ifPresent(own -> used.put("process=\"processor\"", own));
        Set<Long> seen = new HashSet<>();
        for (FunctionView function : functions) {
            workersOf(function).forEach((labels, worker) -> {
                if (worker.pid() > 0 && seen.add(worker.pid())) {
                    usageOf.apply(worker.pid()).ifPresent(its -> used.put(labels + ",process=\"worker\"", its));
                }
            });
        }
        String memory = PREFIX + "resident_memory_bytes";
        text.family(memory, "gauge", "Resident memory of the processor and of each worker's process.");
        used.forEach((labels, process) -> text.sample(memory, labels, process.residentBytes()));
        String cpu = PREFIX + "cpu_seconds_total";
        text.family(cpu, "counter", "CPU time of the processor and of each worker's process.");
        used.forEach((labels, process) -> text.sample(cpu, labels, process.cpuMillis(), MILLIS_TO_SECONDS));
        String dropped = PREFIX + "log_records_dropped_total";
        text.family(dropped, "counter", "Log records dropped because their output was too slow.");
        text.sample(dropped, "process=\"processor\"", processor.droppedLogRecords());
    }

    /** The workers of each of a function's triggers, by their labels; those of a shared pool come once for each trigger. */
    private static Map<String, WorkerSnapshot> workersOf(FunctionView function) {
        Map<String, WorkerSnapshot> workers = new LinkedHashMap<>();
        for (TriggerView trigger : function.triggers()) {
            for (WorkerSnapshot worker : trigger.workers()) {
                workers.put(triggerLabels(function.labels(), trigger) + "," + worker(worker), worker);
            }
        }
        return workers;
    }

    private static String worker(WorkerSnapshot worker) {
        return "worker_index=\"" + worker.index() + "\"";
    }

    private static String labels(FunctionLabels function) {
        return MetricsText.label("instance", function.instance())
                + "," + MetricsText.label("namespace", function.namespace())
                + "," + MetricsText.label("function", function.function())
                + "," + MetricsText.label("project", function.project());
    }

    private static String triggerLabels(FunctionLabels function, TriggerView trigger) {
        return MetricsText.label("trigger_kind", trigger.kind())
                + "," + MetricsText.label("trigger_id", trigger.id())
                + "," + labels(function);
    }
}
