package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.os.Signals;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The processor's own end, wanted or not: nothing of it stays behind. */
class ProcessorKilledTest {

    private static final String HANDLER = """
            import time
            def handler(context, event):
                open('began', 'w').close()
                time.sleep(60 if event.path == '/long' else 1 if event.path == '/second' else 0)
                return event.path
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeHandler() throws Exception {
        Files.writeString(folder.resolve("main.py"), HANDLER);
    }

    private Processor start(String segment) throws Exception {
        return new Processor(folder, List.of(), List.of("-Dnucleon.segment=" + segment), List.of("-o", "json"));
    }

    private void awaitBegun() {
        await("the handler to run").atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve("began")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memfd", "file"})
    void killedWhileIdleItLeavesNothing(String segment) throws Exception {
        try (Processor processor = start(segment)) {
            processor.awaitReady();
            List<Long> wrappers = processor.wrappers();
            assertThat(wrappers).isNotEmpty();

            Signals.toProcess(processor.pid(), Signals.KILL);

            assertThat(processor.awaitExit()).isEqualTo(128 + Signals.KILL);
            processor.awaitNothingLeft(wrappers);
        }
    }

    @Test
    void killedWhileAHandlerRunsItLeavesNothing() throws Exception {
        try (Processor processor = start("memfd");
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = processor.awaitReady();
            List<Long> wrappers = processor.wrappers();
            assertThat(wrappers).isNotEmpty();
            CompletableFuture<HttpResponse<String>> cut = Processor.get(client, base, "/long");
            awaitBegun();

            Signals.toProcess(processor.pid(), Signals.KILL);

            assertThat(processor.awaitExit()).isEqualTo(128 + Signals.KILL);
            processor.awaitNothingLeft(wrappers);
            assertThat(cut).failsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void terminatedItAnswersWhatIsOpenAndLeavesNothing() throws Exception {
        try (Processor processor = start("memfd");
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = processor.awaitReady();
            List<Long> wrappers = processor.wrappers();
            assertThat(wrappers).isNotEmpty();
            CompletableFuture<HttpResponse<String>> open = Processor.get(client, base, "/second");
            awaitBegun();

            Signals.toProcess(processor.pid(), Signals.TERM);

            HttpResponse<String> answer = open.get(30, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("/second");
            assertThat(processor.awaitExit()).isEqualTo(128 + Signals.TERM);
            processor.awaitNothingLeft(wrappers);
        }
    }
}
