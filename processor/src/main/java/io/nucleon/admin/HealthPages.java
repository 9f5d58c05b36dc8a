package io.nucleon.admin;

import io.nucleon.runtime.WorkerSnapshot;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /ready} and {@code /live} as nuclio answers them, except that {@code /live} fails when an event loop has stalled. Safe for
 * many threads.
 */
public final class HealthPages implements Pages {

    private static final String READY = "ready";

    private final ProcessorView processor;
    private final Supplier<Optional<String>> stall;

    /**
     * Health of a processor.
     *
     * @param stall what is wrong with its loops: {@link LoopHeartbeat#problem}
     */
    public HealthPages(ProcessorView processor, Supplier<Optional<String>> stall) {
        this.processor = processor;
        this.stall = stall;
    }

    /** What port 8080 answers when a function has no HTTP trigger. */
    public static Pages withoutHttpTrigger() {
        return request -> request.path().equals("/__internal/health") ? Answer.text(200, "ok") : Answer.notFound();
    }

    @Override
    public Answer answer(Request request) {
        boolean ready = request.path().equals("/ready");
        if (!ready && !request.path().equals("/live")) {
            return Answer.notFound();
        }
        if (!request.method().equals("GET")) {
            return Answer.methodNotAllowed();
        }
        String liveness = stall.get().orElse("OK");
        String readiness = !ready ? "" : isReady() ? "OK" : "Processor not ready yet";
        boolean well = liveness.equals("OK") && (!ready || readiness.equals("OK"));
        return Answer.json(well ? 200 : 503, request.has("full", "1") ? full(liveness, readiness) : "{}\n");
    }

    private static String full(String liveness, String readiness) {
        return "{\n    \"processor_liveness\": \"" + liveness + "\""
                + (readiness.isEmpty() ? "" : ",\n    \"processor_readiness\": \"" + readiness + "\"") + "\n}\n";
    }

    private boolean isReady() {
        if (!processor.isStarted()) {
            return false;
        }
        for (FunctionView function : processor.functions()) {
            for (TriggerView trigger : function.triggers()) {
                for (WorkerSnapshot worker : trigger.workers()) {
                    if (!worker.state().equals(READY)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
