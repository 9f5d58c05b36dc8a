package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nucleon.os.Signals;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers that are processes of their own: killed, stopped, forking, and their processor's end. */
class ShellFunctionTest {

    /** A handler, a child of it, and one that has left its group and session; each has the folder in its command line. */
    private static final String HANDLER = """
            #!/bin/sh
            if [ "$1" = waits ]; then
                sleep 3600 & wait
            fi
            case $NUCLIO_EVENT_PATH in
                /long)
                    "$0" waits &
                    setsid "$0" waits &
                    : >began
                    wait
                    ;;
                /second) : >began; sleep 1 ;;
                /eat) exec tail /dev/zero ;;
                /short) sleep 0.02 ;;
            esac
            printf '%s' "$NUCLIO_EVENT_PATH"
            """;

    private static final String RESIDENT = """
            #!/bin/sh
            if [ "$1" = waits ]; then
                sleep 3600 & wait
            fi
            setsid "$0" waits >/dev/null &
            while read -r line; do
                echo "$line"
                : >began
            done
            """;

    private static final String ECHO = "#!/bin/sh\nwhile read -r line; do echo \"$line\"; done\n";

    private static final int KILLS = 100;

    @TempDir
    private Path folder;

    private Processor start(String handler, String spec) throws Exception {
        return start(handler, spec, List.of());
    }

    private Processor start(String handler, String spec, List<String> prefix) throws Exception {
        Files.writeString(folder.resolve("main.sh"), handler);
        folder.resolve("main.sh").toFile().setExecutable(true);
        Files.writeString(
                folder.resolve("function.yaml"),
                "spec:\n  runtime: shell\n  handler: main.sh\n" + spec
                        + "  triggers: {http: {kind: http, numWorkers: 2}}\n");
        return new Processor(folder, prefix, List.of("-Xmx96m"), List.of("-o", "json"));
    }

    @Test
    void aKilledProcessorLeavesNoHandlerBehind() throws Exception {
        try (Processor processor = start(HANDLER, "");
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = processor.awaitReady();
            CompletableFuture<HttpResponse<String>> cut = Processor.get(client, base, "/long");
            awaitBegun();
            assertThat(handlers()).hasSizeGreaterThanOrEqualTo(2);

            Signals.toProcess(processor.pid(), Signals.KILL);

            assertThat(processor.awaitExit()).isEqualTo(128 + Signals.KILL);
            awaitNoHandlers();
            assertThat(cut).failsWithin(Duration.ofSeconds(5));
        }
    }

    /** Handlers are being started at the very moment. */
    @Test
    void aProcessorKilledAtLoadLeavesNoHandlerBehind() throws Exception {
        try (Processor processor = start(HANDLER, "");
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = processor.awaitReady();
            List<CompletableFuture<HttpResponse<String>>> first = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                first.add(Processor.get(client, base, i % 10 == 9 ? "/long" : "/short"));
            }
            first.getFirst().get(30, TimeUnit.SECONDS);

            Signals.toProcess(processor.pid(), Signals.KILL);

            assertThat(processor.awaitExit()).isEqualTo(128 + Signals.KILL);
            awaitNoHandlers();
        }
    }

    @Test
    void aKilledProcessorLeavesNoResidentProcessBehind() throws Exception {
        String spec = "  runtimeAttributes: {mode: resident}\n";
        try (Processor processor = start(RESIDENT, spec);
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = processor.awaitReady();
            assertThat(Processor.get(client, base, "/")
                            .get(20, TimeUnit.SECONDS)
                            .statusCode())
                    .isEqualTo(200);
            awaitBegun();

            Signals.toProcess(processor.pid(), Signals.KILL);

            assertThat(processor.awaitExit()).isEqualTo(128 + Signals.KILL);
            awaitNoHandlers();
        }
    }

    @Test
    void aGuardThatWasKilledIsReplaced() throws Exception {
        try (Processor processor = start(HANDLER, "");
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = processor.awaitReady();
            long killed = guards(processor).getFirst();
            Signals.toProcess(killed, Signals.KILL);
            await("another guard")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> guards(processor).stream().anyMatch(pid -> pid != killed));
            CompletableFuture<HttpResponse<String>> cut = Processor.get(client, base, "/long");
            awaitBegun();

            Signals.toProcess(processor.pid(), Signals.KILL);

            assertThat(processor.awaitExit()).isEqualTo(128 + Signals.KILL);
            awaitNoHandlers();
            assertThat(cut).failsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void aTerminatedProcessorAnswersWhatIsOpenAndLeavesNothing() throws Exception {
        try (Processor processor = start(HANDLER, "");
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = processor.awaitReady();
            List<Long> guards = guards(processor);
            assertThat(guards).hasSize(1);
            CompletableFuture<HttpResponse<String>> open = Processor.get(client, base, "/second");
            awaitBegun();

            Signals.toProcess(processor.pid(), Signals.TERM);

            HttpResponse<String> answer = open.get(30, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("/second");
            assertThat(processor.awaitExit()).isEqualTo(128 + Signals.TERM);
            awaitNoHandlers();
            processor.awaitNothingLeft(guards);
        }
    }

    /** A stopped process does nothing at all, a signal to its group included, but for the one that ends it. */
    @ParameterizedTest
    @ValueSource(strings = {"spawn", "resident"})
    void aStoppedHandlerIsFoundByItsTimeLimit(String mode) throws Exception {
        String spec = "  eventTimeout: 1500ms\n  runtimeAttributes: {mode: " + mode + "}\n";
        String handler = mode.equals("spawn")
                ? HANDLER
                : "#!/bin/sh\nwhile read -r line; do : >began; [ -n \"$line\" ] || sleep 3600; echo \"$line\"; done\n";
        try (Processor processor = start(handler, spec);
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = processor.awaitReady();
            CompletableFuture<HttpResponse<String>> late = Processor.get(client, base, "/long");
            awaitBegun();
            handlers().forEach(pid -> Signals.toProcess(pid, Signals.STOP));

            assertThat(late.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(408);
            if (mode.equals("spawn")) {
                assertThat(Processor.get(client, base, "/x")
                                .get(30, TimeUnit.SECONDS)
                                .body())
                        .isEqualTo("/x");
            }
        }
        awaitNoHandlers();
    }

    /** Every event is answered once: by its handler, or as nuclio says that a signal has ended it. */
    @Test
    void killedHandlersCostOnlyTheirOwnEvents() throws Exception {
        SplittableRandom random = new SplittableRandom();
        try (Processor processor = start(HANDLER, "");
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = processor.awaitReady();
            List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
            int kills = 0;
            for (int turn = 0; turn < KILLS; turn++) {
                for (int i = 0; i < 5; i++) {
                    sent.add(Processor.get(client, base, "/short"));
                }
                List<Long> running = handlers();
                if (!running.isEmpty()) {
                    Signals.toProcess(running.get(random.nextInt(running.size())), Signals.KILL);
                    kills++;
                }
                sent.getLast().get(30, TimeUnit.SECONDS);
            }

            int failed = 0;
            for (CompletableFuture<HttpResponse<String>> one : sent) {
                HttpResponse<String> answer = one.get(30, TimeUnit.SECONDS);
                if (answer.statusCode() == 200) {
                    // a child that is killed before its own program is there is the script's business, which says so
                    assertThat(answer.body()).endsWith("/short");
                } else {
                    failed++;
                    assertThat(answer.statusCode()).isEqualTo(500);
                    assertThat(answer.body()).startsWith("Failed to run shell command.\nError: signal: killed\n");
                }
            }
            assertThat(failed).isLessThanOrEqualTo(kills);
        }
    }

    /** The event in hand may be lost with its process; nobody is answered twice, or with another's answer. */
    @Test
    void killedResidentProcessesCostOnlyTheEventInHand() throws Exception {
        SplittableRandom random = new SplittableRandom();
        try (Processor processor = start(ECHO, "  runtimeAttributes: {mode: resident}\n");
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = processor.awaitReady();
            int failed = 0;
            int kills = 0;
            for (int turn = 0; turn < KILLS; turn++) {
                List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    sent.add(post(client, base, turn + "-" + i));
                }
                List<Long> running = handlers();
                if (!running.isEmpty()) {
                    Signals.toProcess(running.get(random.nextInt(running.size())), Signals.KILL);
                    kills++;
                }
                List<String> bodies = new ArrayList<>();
                for (CompletableFuture<HttpResponse<String>> one : sent) {
                    HttpResponse<String> answer = one.get(30, TimeUnit.SECONDS);
                    failed += answer.statusCode() == 500 ? 1 : 0;
                    bodies.add(answer.body());
                }
                for (int i = 0; i < bodies.size(); i++) {
                    assertThat(bodies.get(i))
                            .as("answer %d of %s", i, bodies)
                            .matches("\\Q" + turn + "-" + i + "\\E|(?s)worker . of .* ended \\(SIGKILL\\).*");
                }
            }
            assertThat(kills).isGreaterThan(KILLS / 2);
            assertThat(failed).isLessThanOrEqualTo(kills);
        }
    }

    /** The processor lives in the same group: the kernel is to choose what the handler has started. */
    @Test
    void aHandlerThatTheKernelKilledForMemoryCostsItsEvent() throws Exception {
        Optional<ControlGroup> made = ControlGroup.make(512L << 20);
        assumeTrue(made.isPresent(), "control groups with a memory limit can't be made here");
        try (ControlGroup group = made.get();
                Processor processor = start(HANDLER, "", group.prefix());
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = processor.awaitReady();

            HttpResponse<String> lost = Processor.get(client, base, "/eat").get(60, TimeUnit.SECONDS);

            assertThat(lost.statusCode()).isEqualTo(500);
            assertThat(lost.body()).startsWith("Failed to run shell command.\nError: signal: killed\n");
            assertThat(Processor.get(client, base, "/x")
                            .get(30, TimeUnit.SECONDS)
                            .body())
                    .isEqualTo("/x");
        }
    }

    private static CompletableFuture<HttpResponse<String>> post(HttpClient client, URI base, String body) {
        HttpRequest request = HttpRequest.newBuilder(base)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private void awaitBegun() {
        await("the handler to run").atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve("began")));
    }

    private List<Long> handlers() {
        String script = folder.resolve("main.sh").toString();
        return ProcessHandle.allProcesses()
                .filter(one -> one.info().commandLine().orElse("").contains(script))
                .map(ProcessHandle::pid)
                .toList();
    }

    private void awaitNoHandlers() {
        await("handlers to be gone")
                .atMost(Duration.ofSeconds(10))
                .until(() -> handlers().isEmpty());
    }

    private static List<Long> guards(Processor processor) {
        return ProcessHandle.of(processor.pid()).stream()
                .flatMap(ProcessHandle::children)
                .filter(child -> child.info().commandLine().orElse("").contains("guard.sh"))
                .map(ProcessHandle::pid)
                .toList();
    }
}
