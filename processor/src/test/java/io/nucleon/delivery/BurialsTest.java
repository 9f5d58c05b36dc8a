package io.nucleon.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.RecordingInvoker;
import io.nucleon.loop.EventLoops;
import io.nucleon.spec.trigger.ExplicitAck;
import io.nucleon.spec.trigger.Retry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of events that are given up while their dead letters find no place. */
@Timeout(60)
class BurialsTest {

    private static final GivenResponse RAISED =
            GivenResponse.of("").withStatus(500).asFailed();
    private final Throwable full = new IllegalStateException("the journal is full");

    private final EventLoops loops = new EventLoops(2);
    private final List<String> receipts = new CopyOnWriteArrayList<>();
    private final BlockingQueue<DeadLetters.Receipt> offers = new LinkedBlockingQueue<>();
    private final DeliveryEngine engine = engine((letter, receipt) -> offers.add(receipt));

    @AfterEach
    void closeLoops() {
        loops.close();
    }

    private DeliveryEngine engine(DeadLetters place) {
        RecordingInvoker invoker =
                RecordingInvoker.answering(seen -> seen.bodyText().startsWith("ok") ? GivenResponse.of("") : RAISED);
        return new DeliveryEngine(
                new DeliverySetting(
                        "orders",
                        "stream",
                        new Retry(1, Duration.ofMillis(1), Duration.ofMillis(1), 0, List.of()),
                        ExplicitAck.DISABLE,
                        1_000_000_000L),
                invoker,
                place,
                loops,
                Clock.system());
    }

    private TestRecord record(long lane, String body) {
        return new TestRecord(lane, body, 0, receipts);
    }

    private DeadLetters.Receipt nextOffer() throws InterruptedException {
        DeadLetters.Receipt offer = offers.poll(30, TimeUnit.SECONDS);
        assertThat(offer).as("another offer").isNotNull();
        return offer;
    }

    private void awaitReceipts(String... expected) {
        await("receipts").atMost(Duration.ofSeconds(20)).until(() -> receipts.size() >= expected.length);
        assertThat(receipts).containsExactly(expected);
    }

    private void awaitCongested(boolean congested) {
        await("congested " + congested).atMost(Duration.ofSeconds(20)).until(() -> engine.isCongested() == congested);
    }

    @Test
    void theSourceRestsUntilTheLetterHasItsPlaceAndAlsoWhileItIsOfferedAgain() throws Exception {
        engine.deliver(List.of(record(0, "a"), record(0, "ok behind")));
        DeadLetters.Receipt first = nextOffer();
        assertThat(engine.isCongested()).as("nothing was refused yet").isFalse();

        first.told(full);
        DeadLetters.Receipt second = nextOffer();
        assertThat(engine.isCongested()).as("while it is offered again").isTrue();
        assertThat(receipts).isEmpty();
        second.told(full);
        DeadLetters.Receipt third = nextOffer();
        assertThat(engine.isCongested()).as("after two refusals").isTrue();
        third.told(null);

        awaitReceipts("bury a", "ack ok behind");
        awaitCongested(false);
        assertThat(engine.stats().deadLettersRefused()).isEqualTo(2);
        assertThat(engine.stats().open()).isZero();
    }

    @Test
    void theSourceRestsUntilTheLastOfThemHasItsPlace() throws Exception {
        engine.deliver(List.of(record(0, "a")));
        nextOffer().told(full);
        awaitCongested(true);
        DeadLetters.Receipt ofFirst = nextOffer();
        engine.deliver(List.of(record(1, "b")));
        nextOffer().told(full);
        await("two refusals")
                .atMost(Duration.ofSeconds(20))
                .until(() -> engine.stats().deadLettersRefused() == 2);

        ofFirst.told(null);
        awaitReceipts("bury a");
        assertThat(engine.isCongested()).isTrue();
        nextOffer().told(null);

        awaitReceipts("bury a", "bury b");
        awaitCongested(false);
    }

    @Test
    void lanesWithoutSuchALetterGoOn() throws Exception {
        engine.deliver(List.of(record(0, "a")));
        nextOffer().told(full);

        engine.deliver(List.of(record(1, "ok b"), record(2, "ok c")));

        await("receipts").atMost(Duration.ofSeconds(20)).until(() -> receipts.size() == 2);
        assertThat(receipts).containsExactlyInAnyOrder("ack ok b", "ack ok c");
    }

    @Test
    void onceItIsTakenBackItKeepsTheSourceFromNothing() throws Exception {
        engine.deliver(List.of(record(0, "a")));
        nextOffer().told(full);
        awaitCongested(true);

        engine.recall(lane -> lane == 0).toCompletableFuture().get(20, TimeUnit.SECONDS);

        awaitReceipts("nack a");
        assertThat(engine.isCongested()).isFalse();
        assertThat(engine.stats().open()).isZero();
    }

    @Test
    void whatIsRefusedWhileItIsWantedBackGoesBackBeforeTheRecallIsOver() throws Exception {
        engine.deliver(List.of(record(0, "a"), record(1, "b")));
        DeadLetters.Receipt one = nextOffer();
        DeadLetters.Receipt other = nextOffer();

        CompletionStage<Void> drained = engine.drain();
        assertThat(drained.toCompletableFuture()).isNotDone();
        one.told(full);
        other.told(null);

        drained.toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(receipts)
                .hasSize(2)
                .anyMatch(said -> said.startsWith("nack"))
                .anyMatch(said -> said.startsWith("bury"));
        assertThat(engine.isCongested()).isFalse();
    }

    @Test
    void whatFailsWhileItsLaneIsWantedBackIsNotTriedAgainHere() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.holding();
        DeliveryEngine patient = new DeliveryEngine(
                new DeliverySetting(
                        "orders",
                        "stream",
                        new Retry(9, Duration.ofHours(1), Duration.ofHours(1), 0, List.of()),
                        ExplicitAck.DISABLE,
                        1_000_000_000L),
                invoker,
                (letter, receipt) -> offers.add(receipt),
                loops,
                Clock.system());
        patient.deliver(List.of(record(0, "a")));
        var running = invoker.take();

        CompletionStage<Void> recalled = patient.recall(lane -> lane == 0);
        RecordingInvoker.answer(running, RAISED);

        recalled.toCompletableFuture().get(20, TimeUnit.SECONDS);
        awaitReceipts("nack a");
    }

    @Test
    void aPlaceThatThrowsIsAskedAgain() {
        List<DeadLetter> taken = new CopyOnWriteArrayList<>();
        boolean[] thrown = {false};
        DeliveryEngine throwing = engine((letter, receipt) -> {
            if (!thrown[0]) {
                thrown[0] = true;
                throw new IllegalStateException("no such function");
            }
            taken.add(letter);
            receipt.told(null);
        });

        throwing.deliver(List.of(record(0, "a")));

        awaitReceipts("bury a");
        assertThat(taken).hasSize(1);
    }
}
