package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.error.ErrorCode;
import io.nucleon.invoke.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pool of real workers says when there is no room, no time or no more service. */
class PoolLimitsTest {

    private static final long SHORT_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static void isRefused(Counted refused, ErrorCode code) throws Exception {
        Counted.Answer answer = refused.await();
        assertThat(answer.outcome()).isEqualTo(Outcome.UNAVAILABLE);
        assertThat(answer.failure().error().code()).isEqualTo(code);
        assertThat(refused.calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void anEventThatWaitedTooLongIsRefusedAndTheRunningOneIsAnswered(String transport, @TempDir Path folder)
            throws Exception {
        try (Middle middle = Middle.of(folder, Middle.Setup.of(transport, 1)).awaitReady()) {
            Hold held = Hold.begin(middle, folder);

            isRefused(middle.send(TextEvent.of("/late"), SHORT_WAIT_NANOS), ErrorCode.NO_FREE_WORKER);

            assertThat(held.event().isDone()).isFalse();
            assertThat(held.letGo().await().body()).isEqualTo("/held");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void aFullLineRefusesAtOnceAndServesWhoStoodInIt(String transport, @TempDir Path folder) throws Exception {
        Middle.Setup setup = Middle.Setup.of(transport, 1).withLine(1);
        try (Middle middle = Middle.of(folder, setup).awaitReady()) {
            Hold held = Hold.begin(middle, folder);
            Counted inLine = middle.send("/inLine");

            Counted refused = middle.send("/noRoom");

            assertThat(refused.isDone()).as("refused before invoke returned").isTrue();
            isRefused(refused, ErrorCode.NO_FREE_WORKER);
            assertThat(held.letGo().await().body()).isEqualTo("/held");
            assertThat(inLine.await().body()).isEqualTo("/inLine");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void drainAnswersWhatIsOpenAndRefusesWhatComes(String transport, @TempDir Path folder) throws Exception {
        try (Middle middle = Middle.of(folder, Middle.Setup.of(transport, 1)).awaitReady()) {
            Hold held = Hold.begin(middle, folder);
            Counted inLine = middle.send("/inLine");

            CompletableFuture<Void> drained = middle.pool().drain().toCompletableFuture();

            isRefused(middle.send("/new"), ErrorCode.DRAINING);
            assertThat(drained).isNotDone();
            assertThat(held.letGo().await().body()).isEqualTo("/held");
            assertThat(inLine.await().body()).isEqualTo("/inLine");
            assertThat(drained).succeedsWithin(Duration.ofSeconds(20));
        }
    }
}
