package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.os.Signals;
import io.nucleon.support.FileTree;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processor's own end, wanted or not: nothing of it stays behind. */
class ProcessorKilledTest {

    @TempDir
    private Path folder;

    private Processor start(Language language, List<String> prefix, String segment) throws Exception {
        language.install(folder);
        return new Processor(folder, prefix, List.of("-Dnucleon.segment=" + segment), List.of("-o", "json"));
    }

    private void awaitBegun() {
        await("the handler to run").atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve("began")));
    }

    @EachLanguage
    void killedWhileIdleItLeavesNothing(Variant variant) throws Exception {
        killedWhileIdle(variant.language(), "memfd");
    }

    @Test
    void killedWhileIdleItLeavesNoFile() throws Exception {
        killedWhileIdle(Language.of("python"), "file");
    }

    private void killedWhileIdle(Language language, String segment) throws Exception {
        try (Processor processor = start(language, List.of(), segment)) {
            processor.awaitReady();
            List<Long> wrappers = processor.wrappers();
            assertThat(wrappers).isNotEmpty();

            Signals.toProcess(processor.pid(), Signals.KILL);

            assertThat(processor.awaitExit()).isEqualTo(128 + Signals.KILL);
            processor.awaitNothingLeft(wrappers);
        }
    }

    @EachLanguage
    void killedWhileAHandlerRunsItLeavesNothing(Variant variant) throws Exception {
        killedWhileAHandlerRuns(variant.language(), List.of(), "/long");
    }

    /** Nobody but the wrapper can then see to its own end. */
    @EachLanguage
    void killedWhileAHandlerRunsItLeavesNothingThoughThereIsNoSetpriv(Variant variant) throws Exception {
        Path programs = programsWithoutSetpriv(folder.resolveSibling(folder.getFileName() + "-programs"));
        try {
            killedWhileAHandlerRuns(variant.language(), List.of("env", "PATH=" + programs), "/busy");
        } finally {
            FileTree.delete(programs);
        }
    }

    private void killedWhileAHandlerRuns(Language language, List<String> prefix, String path) throws Exception {
        try (Processor processor = start(language, prefix, "memfd");
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = processor.awaitReady();
            List<Long> wrappers = processor.wrappers();
            assertThat(wrappers).hasSize(1);
            CompletableFuture<HttpResponse<String>> cut = Processor.get(client, base, path);
            awaitBegun();

            Signals.toProcess(processor.pid(), Signals.KILL);

            assertThat(processor.awaitExit()).isEqualTo(128 + Signals.KILL);
            processor.awaitNothingLeft(wrappers);
            assertThat(cut).failsWithin(Duration.ofSeconds(5));
        }
    }

    /** Links to all that is on PATH but one. */
    private static Path programsWithoutSetpriv(Path links) throws Exception {
        Files.createDirectories(links);
        Files.createSymbolicLink(links.resolve("python3"), realPython());
        for (String place : System.getenv("PATH").split(":")) {
            if (Files.isDirectory(Path.of(place))) {
                try (Stream<Path> programs = Files.list(Path.of(place))) {
                    for (Path program : programs.toList()) {
                        Path link = links.resolve(program.getFileName());
                        if (!link.endsWith("setpriv") && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                            Files.createSymbolicLink(link, program);
                        }
                    }
                }
            }
        }
        return links;
    }

    /** What is on PATH may be a script that chooses one. */
    private static Path realPython() throws Exception {
        Process asked = new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
        return Path.of(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    }

    @EachLanguage
    void terminatedItAnswersWhatIsOpenAndLeavesNothing(Variant variant) throws Exception {
        try (Processor processor = start(variant.language(), List.of(), "memfd");
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
