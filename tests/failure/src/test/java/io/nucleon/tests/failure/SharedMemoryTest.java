package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nucleon.error.ErrorCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A processor whose {@code /dev/shm} is too small for a segment's file. */
class SharedMemoryTest {

    /** Room for a status page, not for rings. */
    private static final List<String> SMALL =
            List.of("unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /dev/shm && exec \"$@\"", "sh");

    private static final List<String> FILE_FORM = List.of("-Dnucleon.segment=file");

    @TempDir
    private Path folder;

    @BeforeEach
    void needsMountsOfItsOwn() throws Exception {
        List<String> trial = new ArrayList<>(SMALL);
        trial.add("true");
        Process process = new ProcessBuilder(trial).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor() == 0, "a mount of one's own is not permitted: " + said);
    }

    @EachOverShm
    void autoServesOverTheSocketAndSaysWhy(Variant variant) throws Exception {
        variant.language().install(folder);
        try (Processor processor = new Processor(folder, SMALL, FILE_FORM, List.of("--transport", "auto"));
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = processor.awaitReady();

            assertThat(Processor.get(client, base, "/x")
                            .get(30, TimeUnit.SECONDS)
                            .body())
                    .isEqualTo("/x");
            assertThat(processor.errors()).contains("unix socket").contains(ErrorCode.SHM_TOO_SMALL.code());
        }
    }

    @Test
    void shmDoesNotStart() throws Exception {
        Language.of("python").install(folder);
        try (Processor processor = new Processor(folder, SMALL, FILE_FORM, List.of("--transport", "shm"))) {
            assertThat(processor.awaitExit()).as(processor.errors()).isEqualTo(5);
            assertThat(processor.errors()).startsWith("""
                    error[NUC-2001]: shared memory is too small: 1 MiB, 8 MiB needed
                      why   1 worker × 8 MiB segments; containers often get 64 MiB (""").endsWith("""
                    )
                      do    docker run --shm-size=256m, or lower --workers
                            nucleon explain NUC-2001
                    """);
        }
    }
}
