package io.nucleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.invoke.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventMetricsTest {

    @Test
    void countsOutcomesTimesAndWorkersOfATrigger() {
        TriggerCounts counts = new Sample().withOneOfEach().events.counts(0);

        assertThat(counts.succeeded()).isEqualTo(2);
        assertThat(counts.failed()).isEqualTo(4);
        assertThat(Outcome.values())
                .allSatisfy(outcome -> assertThat(counts.of(outcome)).isEqualTo(outcome == Outcome.RESPONDED ? 2 : 1));
        assertThat(counts.workers())
                .containsExactly(new WorkerCounts(1, 1, 250_000), new WorkerCounts(1, 2, 1_070_000));
        assertThat(counts.total().count()).isEqualTo(3);
        assertThat(counts.queue().count()).isEqualTo(6);
        assertThat(counts.transport().sumNanos()).isEqualTo(48_000 + 190_000 + 7_000);
        assertThat(counts.handler().maxNanos()).isEqualTo(1_000_000);
    }

    @Test
    void saysPercentilesToOneSixteenth() {
        EventMetrics events = new EventMetrics(1, 1);
        for (int micros = 1; micros <= 1000; micros++) {
            events.ended(Sample.ended(0, 0, 1, micros + 1, micros), Outcome.RESPONDED, 200);
        }

        LatencySnapshot handler = events.counts(0).handler();

        assertThat(handler.percentileNanos(0.5)).isBetween(500_000L, 531_250L);
        assertThat(handler.percentileNanos(0.99)).isBetween(990_000L, 1_000_000L);
        assertThat(handler.percentileNanos(1)).isEqualTo(1_000_000);
        assertThat(new EventMetrics(1, 1).counts(0).handler().percentileNanos(0.5))
                .isZero();
    }

    @Test
    void losesNothingWhenManyThreadsOfBothKindsCount() throws InterruptedException {
        EventMetrics events = new EventMetrics(2, 1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            Runnable count = () -> {
                for (int n = 0; n < 1000; n++) {
                    events.ended(Sample.ended(1, 0, 1, 3, 1), Outcome.RESPONDED, 200);
                }
            };
            threads.add(
                    i % 4 == 0
                            ? Thread.ofVirtual().start(count)
                            : Thread.ofPlatform().start(count));
        }
        for (Thread thread : threads) {
            assertThat(thread.join(java.time.Duration.ofSeconds(30))).isTrue();
        }

        assertThat(events.counts(1).succeeded()).isEqualTo(80_000);
        assertThat(events.counts(1).handler().count()).isEqualTo(80_000);
        assertThat(events.counts().total().sumNanos()).isEqualTo(80_000 * TimeUnit.MICROSECONDS.toNanos(3));
        assertThat(events.counts(0).succeeded()).isZero();
    }

    @Test
    void aNewThreadGoesOnWhereAnEndedOneStopped() throws InterruptedException {
        EventMetrics events = new EventMetrics(1, 1);

        for (int i = 0; i < 100; i++) {
            Thread thread =
                    Thread.ofPlatform().start(() -> events.ended(Sample.ended(0, 0, 1, 3, 1), Outcome.FAILED, 500));
            thread.join();
        }

        assertThat(events.counts(0).failed()).isEqualTo(100);
        assertThat(events.counts(0).workers()).containsExactly(new WorkerCounts(0, 100, 100_000));
    }
}
