package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.invoke.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that go away while their events lie in a worker's ring, behind a handler that runs for long. */
class CancelledTest {

    /** {@code /held} runs until a file named {@code go} is there; every other event leaves a file of its name. */
    private static final String HANDLER = """
            import os, select
            def handler(context, event):
                if event.path == '/held':
                    open('held', 'w').close()
                    while not os.path.exists('go'):
                        select.select([], [], [], 0.01)
                elif event.path != '/quick':
                    open('ran-' + event.path[1:], 'w').close()
                return event.path
            """;

    /** After so many events that take no time the ring is filled as far as it goes. */
    private static final int QUICK = 200;

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void anEventThatHasNotBegunIsDroppedAndThoseAroundItRun(String transport, @TempDir Path folder) throws Exception {
        try (Middle middle = new Middle(folder, HANDLER, Middle.Setup.of(transport, 1)).awaitReady()) {
            for (int i = 0; i < QUICK; i++) {
                middle.send("/quick").await();
            }
            Counted held = middle.send("/held");
            Counted before = middle.send("/before");
            Counted gone = new Counted();
            Invocation leaving = middle.invoke("/gone", gone);
            Counted behind = middle.send("/behind");
            await("the handler to run")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> Files.exists(folder.resolve("held")));

            leaving.cancel();
            await("the event to end")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> middle.pool().open() == 3);
            Files.createFile(folder.resolve("go"));

            assertThat(held.await().body()).isEqualTo("/held");
            assertThat(before.await().body()).isEqualTo("/before");
            assertThat(behind.await().body()).isEqualTo("/behind");
            assertThat(folder.resolve("ran-before")).exists();
            assertThat(folder.resolve("ran-gone")).doesNotExist();
            assertThat(gone.calls()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void anEventThatRunsIsRunToItsEndForNobody(String transport, @TempDir Path folder) throws Exception {
        try (Middle middle = new Middle(folder, HANDLER, Middle.Setup.of(transport, 1)).awaitReady()) {
            Counted held = new Counted();
            Invocation leaving = middle.invoke("/held", held);
            await("the handler to run")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> Files.exists(folder.resolve("held")));

            leaving.cancel();
            Counted next = middle.send("/next");
            Files.createFile(folder.resolve("go"));

            assertThat(next.await().body()).isEqualTo("/next");
            assertThat(held.calls()).isZero();
            await("both events to end")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> middle.pool().open() == 0);
        }
    }
}
