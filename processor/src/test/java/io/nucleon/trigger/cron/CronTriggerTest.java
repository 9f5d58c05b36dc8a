package io.nucleon.trigger.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.DurableEvent;
import io.nucleon.invoke.RecordingDeliverer;
import io.nucleon.invoke.SeenEvent;
import io.nucleon.loop.EventLoops;
import io.nucleon.spec.problem.SpecException;
import io.nucleon.trigger.TestSettings;
import io.nucleon.trigger.Trigger;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CronTriggerTest {

    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(20);

    private final EventLoops loops = new EventLoops(1);
    private final RecordingDeliverer deliverer = new RecordingDeliverer();

    @AfterEach
    void closeLoops() {
        loops.close();
    }

    private Trigger trigger(String attributes) {
        return new CronTriggerFactory()
                .create(
                        TestSettings.of("kind: cron\nattributes:\n" + attributes.indent(2), loops, Clock.system()),
                        null,
                        deliverer);
    }

    @Test
    void deliversAnEventAtEachTime() throws Exception {
        Trigger trigger = trigger("""
                interval: 20ms
                event: {body: "hé", path: /nightly, method: PUT, headers: {x-count: 3, Content-Type: text/plain}}""");
        trigger.start();

        DurableEvent first = deliverer.take();
        first.ack();
        DurableEvent second = deliverer.take();
        second.ack();
        trigger.drain().toCompletableFuture().get(10, TimeUnit.SECONDS);

        SeenEvent seen = SeenEvent.of(first);
        assertThat(seen.bodyText()).isEqualTo("hé");
        assertThat(seen.path()).isEqualTo("/nightly");
        assertThat(seen.method()).isEqualTo("PUT");
        assertThat(seen.contentType()).isEqualTo("text/plain");
        assertThat(seen.headers()).containsEntry("x-count", "3");
        assertThat((second.timeNanos() - first.timeNanos()) % INTERVAL).isZero();
        assertThat(second.timeNanos()).isGreaterThan(first.timeNanos());
    }

    @ParameterizedTest
    @CsvSource({"once, 1", "all, 3"})
    void timesThatPassDuringARunAreMadeUpFor(String policy, int runs) throws Exception {
        trigger("interval: 20ms\nmissedRuns: " + policy).start();
        DurableEvent slow = deliverer.take();
        awaitThreeMoreTimes(slow);
        assertThat(deliverer.waiting()).isZero();

        slow.ack();

        DurableEvent next = deliverer.take();
        if (runs == 1) {
            assertThat(next.timeNanos() - slow.timeNanos()).isGreaterThanOrEqualTo(3 * INTERVAL);
        } else {
            assertThat(next.timeNanos() - slow.timeNanos()).isEqualTo(INTERVAL);
            next.nack(0);
            assertThat(deliverer.take().timeNanos() - slow.timeNanos()).isEqualTo(2 * INTERVAL);
        }
    }

    /** They have passed, and the loop has seen them: what is due runs before what is submitted later. */
    private void awaitThreeMoreTimes(DurableEvent slow) throws Exception {
        await("three more times").until(() -> Clock.system().wallNanos() - slow.timeNanos() > 4 * INTERVAL);
        loops.loop(0).submit(() -> {}).get(10, TimeUnit.SECONDS);
        loops.loop(0).submit(() -> {}).get(10, TimeUnit.SECONDS);
    }

    @Test
    void orNot() throws Exception {
        trigger("interval: 20ms\nmissedRuns: skip").start();
        DurableEvent slow = deliverer.take();
        awaitThreeMoreTimes(slow);
        long released = Clock.system().wallNanos();

        slow.ack();

        assertThat(deliverer.take().timeNanos()).isGreaterThan(released - INTERVAL);
    }

    @Test
    void nothingComesAfterDrain() throws Exception {
        Trigger trigger = trigger("interval: 20ms");
        trigger.start();
        DurableEvent running = deliverer.take();

        trigger.drain().toCompletableFuture().get(10, TimeUnit.SECONDS);
        running.ack();
        loops.loop(0).submit(() -> {}).get();
        long end = Clock.system().nanoTime() + 3 * INTERVAL;

        await("some intervals")
                .atMost(Duration.ofSeconds(5))
                .until(() -> Clock.system().nanoTime() > end);
        assertThat(deliverer.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"event: {body: x}", "schedule: '61 * * * *'", "interval: 0s", "interval: -5s", "schedule: 7"})
    void refusesWhatSaysNoTime(String attributes) {
        assertThatThrownBy(() -> trigger(attributes))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("NUC-5012");
    }
}
