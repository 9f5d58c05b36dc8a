package io.nucleon.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.invoke.Clock;
import io.nucleon.loop.EventLoops;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoopHeartbeatTest {

    private static final Duration STALL = Duration.ofSeconds(5);
    private static final Duration BEAT = Duration.ofMillis(5);

    private final AtomicLong now = new AtomicLong(1);
    private final Clock clock = new Clock() {
        @Override
        public long nanoTime() {
            return now.get();
        }

        @Override
        public long wallNanosAt(long nanoTime) {
            return nanoTime;
        }
    };

    @Test
    void seesAStalledLoopAndItsRecovery() {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (EventLoops loops = new EventLoops(2);
                LoopHeartbeat heart =
                        new LoopHeartbeat(List.of(loops.loop(0), loops.loop(1)), clock, STALL, BEAT).start()) {
            loops.loop(1).execute(() -> {
                entered.countDown();
                awaitQuietly(release);
            });
            awaitQuietly(entered);
            await("a beat that the loop can't answer")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> {
                        now.addAndGet(STALL.toNanos());
                        return heart.problem().isPresent();
                    });

            assertThat(heart.problem())
                    .hasValueSatisfying(text -> assertThat(text).matches("event loop 1 has been stalled for \\d+ s"));
            release.countDown();
            await("the loop to answer")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> heart.problem().isEmpty());
        }
    }

    @Test
    void aSlowLoopIsNoStalledOne() {
        Executor never = task -> {};
        LoopHeartbeat heart = new LoopHeartbeat(List.of(never), clock, STALL, BEAT);

        heart.beat();
        now.addAndGet(STALL.toNanos() - 1);
        assertThat(heart.problem()).isEmpty();
        heart.beat();
        now.addAndGet(1);

        assertThat(heart.problem()).hasValue("event loop 0 has been stalled for 5 s");
    }

    @Test
    void aLoopThatHasEndedIsAProblem() {
        Executor ended = task -> {
            throw new RejectedExecutionException("it has ended");
        };
        LoopHeartbeat heart = new LoopHeartbeat(List.of(ended), clock, STALL, BEAT);

        heart.beat();

        assertThat(heart.problem()).hasValue("event loop 0 has ended");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
