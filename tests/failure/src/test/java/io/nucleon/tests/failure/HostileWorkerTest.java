package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nucleon.error.ErrorCode;
import io.nucleon.invoke.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers that write where they have no business: the worker is the price, never the processor. */
class HostileWorkerTest {

    private static final String HANDLER = """
            import gc, mmap, os, random, socket, sys
            def maps():
                return [one for one in gc.get_objects() if isinstance(one, mmap.mmap) and len(one) >= 4096]
            def handler(context, event):
                if event.path == '/ring':
                    for one in maps():
                        size = len(one)
                        for at in range(1024, min(size, 2500000), 8):
                            one[at:at + 8] = random.getrandbits(64).to_bytes(8, 'little')
                if event.path == '/head':
                    for one in maps():
                        one[2048:2056] = (2 ** 63 + 64).to_bytes(8, 'little')
                if event.path == '/truncate':
                    for fd in range(3, 64):
                        try:
                            if os.fstat(fd).st_size > 4096:
                                os.ftruncate(fd, 0)
                        except OSError:
                            pass
                if event.path == '/socket':
                    for fd in range(3, 64):
                        try:
                            os.write(fd, os.urandom(4096))
                        except OSError:
                            pass
                if event.path == '/stdout':
                    sys.stdout.write('x' * 1000000)
                    sys.stdout.buffer.write(bytes(range(256)) * 100)
                    sys.stdout.flush()
                return event.path
            """;

    private static void isReplaced(Middle middle, String path) throws Exception {
        long before = middle.worker(0).pid();

        Counted.Answer answer = middle.send(path).await();

        assertThat(answer.outcome()).isIn(Outcome.WORKER_LOST, Outcome.RESPONDED);
        await("the worker to be replaced, or to be well")
                .atMost(Duration.ofSeconds(20))
                .until(() -> middle.worker(0).state().equals("ready"));
        Counted.Answer next = middle.send("/next").await();
        if (next.outcome() == Outcome.WORKER_LOST) {
            next = middle.send("/next").await(); // its end was noticed only with this event
        }
        assertThat(next.body()).isEqualTo("/next");
        assertThat(middle.worker(0).pid()).as("worker before %d", before).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void garbageInTheSegmentCostsTheWorker(String transport, @TempDir Path folder) throws Exception {
        try (Middle middle = new Middle(
                        folder, HANDLER, Middle.Setup.of(transport, 1).withTimeout(Duration.ofSeconds(5)))
                .awaitReady()) {
            for (int i = 0; i < 3; i++) {
                isReplaced(middle, "/ring");
            }
        }
    }

    @Test
    void aHeadThatLeapsIsNamedAndCostsTheWorker(@TempDir Path folder) throws Exception {
        try (Middle middle = new Middle(
                        folder, HANDLER, Middle.Setup.of("shm", 1).withTimeout(Duration.ofSeconds(5)))
                .awaitReady()) {
            isReplaced(middle, "/head");
        }
    }

    @Test
    void aSealedSegmentCanNotBeTruncated(@TempDir Path folder) throws Exception {
        try (Middle middle = new Middle(folder, HANDLER, Middle.Setup.of("shm", 1)).awaitReady()) {
            long before = middle.worker(0).pid();

            assertThat(middle.send("/truncate").await().body()).isEqualTo("/truncate");

            assertThat(middle.send("/next").await().body()).isEqualTo("/next");
            assertThat(middle.worker(0).pid()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void garbageOnEveryDescriptorCostsAtMostTheWorker(String transport, @TempDir Path folder) throws Exception {
        try (Middle middle = new Middle(
                        folder, HANDLER, Middle.Setup.of(transport, 1).withTimeout(Duration.ofSeconds(5)))
                .awaitReady()) {
            isReplaced(middle, "/socket");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void whatIsPrintedIsTheFunctionsAndCostsNothing(String transport, @TempDir Path folder) throws Exception {
        try (Middle middle = new Middle(folder, HANDLER, Middle.Setup.of(transport, 1)).awaitReady()) {
            assertThat(middle.send("/stdout").await().body()).isEqualTo("/stdout");

            await("its print")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> middle.lines.stream().anyMatch(line -> line.startsWith("xxxx")));
        }
    }

    @Test
    void memoryThatIsRefusedIsTheEventsErrorAndTheWorkerLives(@TempDir Path folder) throws Exception {
        String hungry = """
                import resource
                def init_context(context):
                    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
                def handler(context, event):
                    if event.path == '/hungry':
                        kept = []
                        while True:
                            kept.append(bytearray(50_000_000))
                    return event.path
                """;
        try (Middle middle = new Middle(folder, hungry, Middle.Setup.of("shm", 1)).awaitReady()) {
            Counted.Answer answer = middle.send("/hungry").await();

            assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(answer.body()).contains("MemoryError");
            assertThat(middle.send("/next").await().body()).isEqualTo("/next");
        }
    }

    @Test
    void aHandlerThatCanNotBeLoadedSaysSo(@TempDir Path folder) {
        assertThatThrownBy(() -> {
                    try (Middle middle = new Middle(
                            folder, "def handle(context, event):\n    return 1\n", Middle.Setup.of("shm", 1))) {
                        middle.awaitReady();
                    }
                })
                .hasMessageContaining(ErrorCode.HANDLER_MISSING.code())
                .hasMessageContaining("handle");
    }

    /** A worker whose segment's file form is truncated under the processor: an error, not the end of the JVM. */
    @Test
    void aTruncatedSegmentFileCostsTheWorker(@TempDir Path folder) throws Exception {
        System.setProperty("nucleon.segment", "file");
        try (Middle middle = new Middle(
                        folder, HANDLER, Middle.Setup.of("shm", 1).withTimeout(Duration.ofSeconds(5)))
                .awaitReady()) {
            isReplaced(middle, "/truncate");
        } finally {
            System.clearProperty("nucleon.segment");
        }
    }
}
