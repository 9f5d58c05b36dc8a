package io.nucleon.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.runtime.WorkerSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code /functions} of the web admin: every function that the process hosts, with state, triggers, workers and counters, for {@code
 * nucleon list}, {@code get} and {@code bench}. Nucleon's own; nuclio has no such page. Safe for many threads.
 */
public final class FunctionPages implements Pages {
    private static final double NANOS_PER_MILLI = 1e6;

    private final ProcessorView processor;
    private final Pages others;

    /** Made with the first request: the JSON library is not needed to start. */
    private static final class Json {
        static final ObjectMapper MAPPER = new ObjectMapper();
    }

    /** That page on a processor's functions, before other pages. */
    public FunctionPages(ProcessorView processor, Pages others) {
        this.processor = processor;
        this.others = others;
    }

    @Override
    public Answer answer(Request request) {
        if (!request.path().equals("/functions")) {
            return others.answer(request);
        }
        if (!request.method().equals("GET")) {
            return Answer.methodNotAllowed();
        }
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("functions", processor.functions().stream().map(this::function).toList());
        try {
            return Answer.json(200, Json.MAPPER.writeValueAsString(page));
        } catch (JsonProcessingException e) {
            throw ErrorMessage.of(ErrorCode.INTERNAL, "writing functions as JSON failed", e.getOriginalMessage(), "")
                    .toException(e);
        }
    }

    private Map<String, Object> function(FunctionView function) {
        Set<WorkerSnapshot> workers = new LinkedHashSet<>();
        function.triggers().forEach(trigger -> workers.addAll(trigger.workers()));
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", function.labels().function());
        shown.put("namespace", function.labels().namespace());
        shown.put("project", function.labels().project());
        shown.put("state", state(workers));
        shown.put("runtime", function.about().runtime());
        shown.put("handler", function.about().handler());
        shown.put("url", function.about().url());
        shown.put(
                "triggers",
                function.triggers().stream().map(FunctionPages::trigger).toList());
        shown.put("workers", workers.stream().map(FunctionPages::worker).toList());
        counters(shown, function);
        return shown;
    }

    /** The state of the worst worker is the function's, so that whoever looks sees what is wrong. */
    private String state(Set<WorkerSnapshot> workers) {
        if (!processor.isStarted()) {
            return "starting";
        }
        for (String state : List.of("lost", "starting", "draining", "stopped")) {
            if (workers.stream().anyMatch(worker -> worker.state().equals(state))) {
                return state;
            }
        }
        return "ready";
    }

    private static Map<String, Object> trigger(TriggerView trigger) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", trigger.id());
        shown.put("kind", trigger.kind());
        shown.put("waiting", trigger.pool().waiting());
        shown.put("deadLetters", trigger.delivery().deadLettered());
        return shown;
    }

    private static Map<String, Object> worker(WorkerSnapshot worker) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("index", worker.index());
        shown.put("state", worker.state());
        shown.put("pid", worker.pid());
        shown.put("transport", worker.transport());
        shown.put("open", worker.open());
        shown.put("restarts", worker.restarts());
        shown.put("lastError", worker.lastError());
        return shown;
    }

    private static void counters(Map<String, Object> shown, FunctionView function) {
        long succeeded = 0;
        long failed = 0;
        List<LatencySnapshot> totals = new ArrayList<>();
        for (TriggerView trigger : function.triggers()) {
            TriggerCounts counts = function.events().counts(trigger.index());
            succeeded += counts.succeeded();
            failed += counts.failed();
            totals.add(counts.total());
        }
        LatencySnapshot total = totals.stream().reduce(LatencySnapshot::plus).orElse(null);
        shown.put("success", succeeded);
        shown.put("failure", failed);
        shown.put("perSecond", function.about().perSecond());
        shown.put("p50", total == null ? 0 : total.percentileNanos(0.5) / NANOS_PER_MILLI);
        shown.put("p99", total == null ? 0 : total.percentileNanos(0.99) / NANOS_PER_MILLI);
    }
}
