package io.nucleon.admin;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.InvocationIds;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.PlainEvent;
import io.nucleon.invoke.Reply;
import io.nucleon.invoke.ResponseView;
import io.nucleon.runtime.WorkerSnapshot;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A processor with one function, two triggers and known numbers. */
final class Sample implements ProcessorView {

    static final FunctionLabels LABELS = new FunctionLabels("default-hello", "default", "hello", "demo");

    private static final Reply NOBODY = new Reply() {
        @Override
        public void respond(Invocation invocation, ResponseView response) {}

        @Override
        public void chunk(Invocation invocation, ByteBuffer part, boolean last, boolean failed) {}

        @Override
        public void fail(Invocation invocation, Failure failure) {}
    };

    final EventMetrics events = new EventMetrics(2, 2);
    boolean started = true;
    String secondWorker = "ready";
    List<FunctionView> more = List.of();

    /** An invocation that ended: times in µs after its arrival, 0 if there was none. */
    static Invocation ended(int trigger, int worker, long givenMicros, long answeredMicros, long handlerMicros) {
        Invocation ended = new Invocation(PlainEvent.of(trigger, 0), NOBODY, new InvocationIds(Clock.system()), 1, 0);
        ended.worker = worker;
        ended.givenNanos = worker < 0 ? 0 : 1 + givenMicros * 1000;
        ended.answeredNanos = answeredMicros == 0 ? 0 : 1 + answeredMicros * 1000;
        ended.handlerNanos = handlerMicros * 1000;
        return ended;
    }

    /** Every outcome once on trigger 0, and one more answer. */
    Sample withOneOfEach() {
        events.ended(ended(0, 0, 2, 300, 250), Outcome.RESPONDED, 200);
        events.ended(ended(0, 1, 10, 1200, 1000), Outcome.RESPONDED, 500);
        events.ended(ended(0, 1, 3, 80, 70), Outcome.FAILED, 500);
        events.ended(ended(0, 0, 3, 0, 0), Outcome.TIMED_OUT, 0);
        events.ended(ended(0, 1, 3, 0, 0), Outcome.WORKER_LOST, 0);
        events.ended(ended(0, -1, 0, 0, 0), Outcome.UNAVAILABLE, 0);
        events.ended(ended(0, 1, 3, 0, 0), Outcome.CANCELLED, 0);
        return this;
    }

    @Override
    public boolean isStarted() {
        return started;
    }

    @Override
    public long droppedLogRecords() {
        return 9;
    }

    @Override
    public List<FunctionView> functions() {
        List<WorkerSnapshot> workers = List.of(
                new WorkerSnapshot(0, "ready", 4711, 3, "shm", "", 1, 2, ""),
                new WorkerSnapshot(1, secondWorker, 4712, 1, "unix", "no memfd", 0, 0, "NUC-3006 it crashed"));
        PoolStats pool = new PoolStats(5, 1, 1, 42, 350, 3);
        FunctionView hello = new FunctionView(
                LABELS,
                List.of(
                        new TriggerView(0, "default-http", "http", configuration(), pool, DeliveryCounts.NONE, workers),
                        new TriggerView(
                                1,
                                "every\"\\\nday",
                                "cron",
                                Map.of(),
                                PoolStats.EMPTY,
                                new DeliveryCounts(7, 1, 2, 3, 1, 4, 5),
                                List.of())),
                events,
                7,
                new JournalCounts(2_228_224, 268_435_456, 3, 840, 12, 2, 1),
                FunctionView.About.NOTHING);
        return more.isEmpty()
                ? List.of(hello)
                : java.util.stream.Stream.concat(java.util.stream.Stream.of(hello), more.stream())
                        .toList();
    }

    private static Map<String, Object> configuration() {
        Map<String, Object> http = new LinkedHashMap<>();
        http.put("kind", "http");
        http.put("numWorkers", 2);
        http.put("password", "hunter2");
        http.put("url", "amqp://guest:hunter2@broker:5672/v");
        http.put(
                "RuntimeConfiguration",
                Map.of(
                        "spec",
                        Map.of(
                                "env",
                                List.of(
                                        Map.of("name", "DB_PASSWORD", "value", "hunter2"),
                                        Map.of("name", "LEVEL", "value", "high")))));
        return http;
    }
}
