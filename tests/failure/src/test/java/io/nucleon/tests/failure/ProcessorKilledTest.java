package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.os.Signals;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

    /** Gives nothing up: no signal handler and no other thread of Python's gets a turn that matters. */
    private static final String BUSY = """
            def handler(context, event):
                open('began', 'w').close()
                while True:
                    pass
            """;

    private static final String BUSY_JAVA = """
            import io.nuclio.*;
            public class Handler implements EventHandler {
                public Response handleEvent(Context context, Event event) {
                    try {
                        java.nio.file.Files.createFile(java.nio.file.Path.of("FOLDER/began"));
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                    while (true) {
                        Thread.onSpinWait();
                    }
                }
            }
            """;

    private static final String ISOLATED = """
            spec:
              runtime: java
              handler: Handler
              runtimeAttributes: {isolation: process}
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

    /** Nobody but the wrapper can then see to its own end. */
    @ParameterizedTest
    @ValueSource(strings = {"python", "java"})
    void killedWhileAHandlerRunsItLeavesNothingThoughThereIsNoSetpriv(String language) throws Exception {
        if (language.equals("java")) {
            Files.delete(folder.resolve("main.py"));
            Files.writeString(folder.resolve("Handler.java"), BUSY_JAVA.replace("FOLDER", folder.toString()));
            Files.writeString(folder.resolve("function.yaml"), ISOLATED);
        } else {
            Files.writeString(folder.resolve("main.py"), BUSY);
        }
        List<String> poorer = List.of("env", "PATH=" + pathWithoutSetpriv());
        try (Processor processor = new Processor(folder, poorer, List.of(), List.of("-o", "json"));
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = processor.awaitReady();
            List<Long> wrappers = processor.wrappers();
            assertThat(wrappers).hasSize(1);
            CompletableFuture<HttpResponse<String>> cut = Processor.get(client, base, "/long");
            awaitBegun();

            Signals.toProcess(processor.pid(), Signals.KILL);

            assertThat(processor.awaitExit()).isEqualTo(128 + Signals.KILL);
            processor.awaitNothingLeft(wrappers);
            assertThat(cut).failsWithin(Duration.ofSeconds(5));
        }
    }

    private Path pathWithoutSetpriv() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("setsid"), whereIs("setsid"));
        Files.createSymbolicLink(bin.resolve("python3"), realPython());
        return bin;
    }

    /** What is on PATH may be a script that chooses one. */
    private static Path realPython() throws Exception {
        Process asked = new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
        return Path.of(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    }

    private static Path whereIs(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
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
