package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nucleon.error.ErrorCode;
import io.nucleon.invoke.Outcome;
import io.nucleon.os.Signals;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that gets no more memory: killed by the kernel, ended by itself, or told by an exception. */
class MemoryTest {

    private static final String GREEDY = """
            import resource
            def handler(context, event):
                if event.path == '/within':
                    resource.setrlimit(resource.RLIMIT_AS, (1 << 29, -1))
                    held = []
                    while True:
                        held.append(bytearray(b'x') * (4 << 20))
                return event.path
            """;

    @TempDir
    private Path folder;

    /** The processor lives in the same group: the kernel is to choose the worker. */
    @EachLanguage
    void aWorkerThatTheKernelKilledIsToldFromAnyOtherAndTheProcessorLives(Variant variant) throws Exception {
        variant.language().install(folder);
        Optional<ControlGroup> made = ControlGroup.make(512L << 20);
        assumeTrue(made.isPresent(), "control groups with a memory limit can't be made here");
        try (ControlGroup group = made.get();
                Processor processor = new Processor(
                        folder, group.prefix(), List.of("-Xmx96m"), List.of("--workers", "1", "-o", "json"));
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = processor.awaitReady();

            HttpResponse<String> lost = Processor.get(client, base, "/eat").get(60, TimeUnit.SECONDS);

            assertThat(lost.statusCode()).isEqualTo(500);
            assertThat(lost.headers().firstValue("X-Nucleon-Error")).contains(ErrorCode.WORKER_OUT_OF_MEMORY.code());
            assertThat(lost.body())
                    .isEqualTo("worker 0 of " + folder.getFileName() + " was killed for memory while handling event "
                            + lost.headers().firstValue("X-Nucleon-Event").orElseThrow());
            assertThat(Processor.get(client, base, "/after")
                            .get(60, TimeUnit.SECONDS)
                            .body())
                    .isEqualTo("/after");
            assertThat(processor.errors())
                    .containsPattern(
                            "NUC-3007 worker 0 of " + folder.getFileName()
                                    + " was killed for memory while handling event [0-9A-Z]{26}: it had held [0-9.]+ MiB by then, the limit of"
                                    + " its control group is 512 MiB; fix: raise the limit, or let the handler hold less at once");

            Signals.toProcess(processor.wrappers().getFirst(), Signals.KILL);
            assertThat(Processor.get(client, base, "/again")
                            .get(60, TimeUnit.SECONDS)
                            .body())
                    .isEqualTo("/again");
            assertThat(processor.errors()).contains(ErrorCode.WORKER_CRASHED.code() + " worker 0");
        }
    }

    /** With a limit of its own, as ulimit sets it, Python raises: an ordinary failure, and the worker lives. */
    @Test
    void anExceptionForWantOfMemoryIsTheHandlersFailure() throws Exception {
        try (Middle middle = new Middle(folder, GREEDY, Middle.Setup.of("shm", 1)).awaitReady()) {
            long pid = middle.worker(0).pid();

            Counted.Answer failed = middle.send("/within").await();

            assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(failed.body()).contains("MemoryError");
            assertThat(middle.send("/after").await().body()).isEqualTo("/after");
            assertThat(middle.worker(0).pid()).isEqualTo(pid);
        }
    }

    @EachLanguage
    void aRunTimeThatEndsItselfForWantOfMemoryIsQuoted(Variant variant) throws Exception {
        Language language = variant.language();
        assumeTrue(language.limited() != null, language + " throws, which is its handler's failure");
        language.install(folder);
        language.writeSpec(folder, language.limited());
        try (Processor processor =
                        new Processor(folder, List.of(), List.of(), List.of("--workers", "1", "-o", "json"));
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = processor.awaitReady();

            HttpResponse<String> lost = Processor.get(client, base, "/heap").get(60, TimeUnit.SECONDS);

            assertThat(lost.statusCode()).isEqualTo(500);
            assertThat(lost.headers().firstValue("X-Nucleon-Error")).contains(ErrorCode.WORKER_OUT_OF_MEMORY.code());
            assertThat(lost.body()).contains("ended for want of memory (");
            assertThat(Processor.get(client, base, "/after")
                            .get(60, TimeUnit.SECONDS)
                            .body())
                    .isEqualTo("/after");
            assertThat(processor.errors()).containsIgnoringCase("memory");
        }
    }
}
