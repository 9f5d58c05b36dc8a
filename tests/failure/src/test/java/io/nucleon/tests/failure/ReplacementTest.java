package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.os.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A killed worker comes back; how long that takes, and where the time goes, is printed and not asserted. */
class ReplacementTest {

    private static final int KILLS = 20;

    /** Says when its module was first run, by the clock that {@link System#nanoTime} reads. */
    private static final String HANDLER = """
            import time
            began = time.monotonic_ns()
            def handler(context, event):
                return str(began)
            """;

    /**
     * One replacement, in ns since the kill.
     *
     * @param lost the pool was told
     * @param code the new interpreter ran the first line of the user's module
     * @param ready the new worker took events
     */
    private record Replacement(long lost, long code, long ready) {}

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void aKilledIdleWorkerIsReplacedTimeAndAgain(String transport, @TempDir Path folder) throws Exception {
        List<Replacement> all = new ArrayList<>();
        try (Middle middle = new Middle(folder, HANDLER, Middle.Setup.of(transport, 1)).awaitReady()) {
            moduleBegan(middle);
            for (int kill = 0; kill < KILLS; kill++) {
                all.add(replace(middle));
            }

            assertThat(middle.losses).hasSize(KILLS);
        }
        System.out.printf(
                Locale.ROOT,
                "%d kills over %s, median ms since the kill: %d noticed, %d user's code, %d ready (most %d); load %s%n",
                KILLS,
                transport,
                median(all, Replacement::lost),
                median(all, Replacement::code),
                median(all, Replacement::ready),
                sorted(all, Replacement::ready).getLast(),
                Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }

    private static Replacement replace(Middle middle) throws Exception {
        long killed = middle.worker(0).pid();
        int lossesBefore = middle.losses.size();
        long start = System.nanoTime();
        Signals.toProcess(killed, Signals.KILL);
        await("the loss to be noticed")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(20))
                .until(() -> middle.losses.size() > lossesBefore);
        long lost = System.nanoTime();
        await("another worker to be ready")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(20))
                .until(() -> middle.worker(0).pid() != killed
                        && middle.worker(0).state().equals("ready"));
        long ready = System.nanoTime();
        return new Replacement(lost - start, moduleBegan(middle) - start, ready - start);
    }

    /** An answered event shows that the worker serves, and that its end is not its start's fault. */
    private static long moduleBegan(Middle middle) throws Exception {
        return Long.parseLong(middle.send("/").await().body());
    }

    private static long median(List<Replacement> all, ToLongFunction<Replacement> stage) {
        return sorted(all, stage).get(all.size() / 2);
    }

    private static List<Long> sorted(List<Replacement> all, ToLongFunction<Replacement> stage) {
        List<Long> millis = new ArrayList<>();
        all.forEach(one -> millis.add(stage.applyAsLong(one) / 1_000_000));
        Collections.sort(millis);
        return millis;
    }
}
