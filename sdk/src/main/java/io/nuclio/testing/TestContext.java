package io.nuclio.testing;

import io.nuclio.Context;
import io.nuclio.FunctionCall;
import io.nuclio.Platform;
import io.nuclio.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A worker's context whose log can be read and whose calls to other functions are answered by the test. Safe for many threads. */
public final class TestContext implements Context {

    private final RecordingLogger logger = new RecordingLogger();
    private final TestPlatform platform = new TestPlatform();
    private final int workerId;

    /** The context of worker 0. */
    public TestContext() {
        this(0);
    }

    public TestContext(int workerId) {
        this.workerId = workerId;
    }

    /** Answers calls to the function of that name; calls to others fail as to one that is not there. */
    public TestContext onCall(String functionName, Function<FunctionCall, Response> answer) {
        platform.functions.put(functionName, answer);
        return this;
    }

    /** What the handler has acked by itself, in order: {@code TOPIC/PARTITION@OFFSET}. */
    public List<String> acked() {
        return List.copyOf(platform.acked);
    }

    @Override
    public RecordingLogger getLogger() {
        return logger;
    }

    @Override
    public int getWorkerID() {
        return workerId;
    }

    @Override
    public Platform getPlatform() {
        return platform;
    }

    private static final class TestPlatform implements Platform {

        private final Map<String, Function<FunctionCall, Response>> functions = new ConcurrentHashMap<>();
        private final List<String> acked = new CopyOnWriteArrayList<>();

        @Override
        public void explicitAck(String topic, int partition, long offset) {
            acked.add(topic + "/" + partition + "@" + offset);
        }

        @Override
        public String getKind() {
            return "local";
        }

        @Override
        public String getNamespace() {
            return "default";
        }

        @Override
        public Response callFunction(String functionName, FunctionCall call) {
            Function<FunctionCall, Response> answer = functions.get(functionName);
            if (answer == null) {
                throw new UncheckedIOException(new IOException("no function '" + functionName + "' in this test"));
            }
            return answer.apply(call);
        }
    }
}
