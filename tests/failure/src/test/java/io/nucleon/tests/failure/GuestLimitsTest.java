package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.error.ErrorCode;
import io.nucleon.support.FileTree;
import io.nucleon.support.SourceTree;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Code in contexts of the processor that never ends: loops, recursion, allocation. Each event gets its error, and a function in the same
 * process is served meanwhile. The system property {@code times} says how often in a row (with many,
 * {@code -Djunit.jupiter.execution.timeout.mode=disabled}).
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class GuestLimitsTest {

    private static final int TIMES = Integer.getInteger("times", 2);

    private static final String CALM = """
            exports.handler = async (context, event) => 'calm ' + event.path;
            """;

    /** The only worker may be on its way back for longer than a request usually waits for one. */
    private static final String PATIENT =
            ", triggers: {http: {kind: http, workerAvailabilityTimeoutMilliseconds: 60000}}";

    @TempDir
    private Path folder;

    private Processor start(String runtime, String spec) throws IOException {
        Path limits = folder.resolve("limits");
        FileTree.copy(SourceTree.functions(runtime).resolve("limits"), limits);
        Files.writeString(
                limits.resolve("function.yaml"),
                "spec: {runtime: " + runtime + ", handler: main:handler" + spec + PATIENT + "}\n");
        Path calm = Files.createDirectories(folder.resolve("calm"));
        Files.writeString(calm.resolve("main.js"), CALM);
        Files.writeString(calm.resolve("function.yaml"), "spec: {runtime: graaljs, handler: main:handler}\n");
        return new Processor(folder, List.of(), List.of(), List.of("-o", "json"));
    }

    private static HttpResponse<String> get(HttpClient client, URI host, String path) throws Exception {
        return Processor.get(client, host, path).get(60, TimeUnit.SECONDS);
    }

    /** The same event again and again, each with its error, with an ordinary one of another function beside it. */
    private static void storm(HttpClient client, URI host, String path, Consumer<HttpResponse<String>> check)
            throws Exception {
        for (int i = 0; i < TIMES; i++) {
            var failing = Processor.get(client, host, "/limits" + path);
            HttpResponse<String> other = get(client, host, "/calm/" + i);
            assertThat(other.body()).as("the neighbour of storm %d", i).isEqualTo("calm /" + i);
            check.accept(failing.get(60, TimeUnit.SECONDS));
        }
        assertThat(get(client, host, "/limits/after").body()).isEqualTo("/after");
    }

    private static void isTimedOut(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(408);
        assertThat(answer.headers().firstValue("X-Nucleon-Error")).contains(ErrorCode.EVENT_TIMED_OUT.code());
    }

    @ParameterizedTest
    @CsvSource({"graaljs, 1s", "graalpy, 4s"})
    void anEndlessLoopIsEnded(String runtime, String limit) throws Exception {
        try (Processor processor = start(runtime, ", eventTimeout: " + limit);
                HttpClient client = HttpClient.newHttpClient()) {
            URI host = processor.awaitReady();
            long mapped = processor.mappedSegments();

            storm(client, host, "/loop", GuestLimitsTest::isTimedOut);

            assertThat(mapped).isPositive();
            await("memory shared with workers that were ended to be given back")
                    .until(() -> processor.mappedSegments() <= mapped);
        }
    }

    @ParameterizedTest
    @CsvSource({"graaljs, RangeError", "graalpy, RecursionError"})
    void endlessRecursionIsTheHandlersError(String runtime, String error) throws Exception {
        try (Processor processor = start(runtime, "");
                HttpClient client = HttpClient.newHttpClient()) {
            storm(client, processor.awaitReady(), "/deep", answer -> {
                assertThat(answer.statusCode()).isEqualTo(500);
                assertThat(answer.body()).contains(error);
            });
        }
    }

    /** The limit is that of a JVM of its own; in the processor there is none. Python raises, if there is memory enough for that. */
    @ParameterizedTest
    @CsvSource({"graaljs, 192, NUC-3007", "graalpy, 256, NUC-3007|MemoryError"})
    void anAllocationWithoutEndIsTheEventsError(String runtime, int memory, String error) throws Exception {
        String isolation = ", runtimeAttributes: {isolation: process, polyglot: {memory: " + memory + "}}";
        try (Processor processor = start(runtime, isolation);
                HttpClient client = HttpClient.newHttpClient()) {
            storm(client, processor.awaitReady(), "/big", answer -> {
                assertThat(answer.statusCode()).isEqualTo(500);
                assertThat(answer.body()).containsPattern(error);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"graaljs, 1s", "graalpy, 4s"})
    void aJvmOfItsOwnIsReplacedAfterATimeout(String runtime, String limit) throws Exception {
        String isolation = ", eventTimeout: " + limit + ", runtimeAttributes: {isolation: process}";
        try (Processor processor = start(runtime, isolation);
                HttpClient client = HttpClient.newHttpClient()) {
            storm(client, processor.awaitReady(), "/loop", GuestLimitsTest::isTimedOut);
        }
    }
}
