package io.nucleon.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.DurableEvent;
import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.RecordingInvoker;
import io.nucleon.invoke.SeenEvent;
import io.nucleon.loop.EventLoops;
import io.nucleon.spec.trigger.ExplicitAck;
import io.nucleon.spec.trigger.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeliveryEngineTest {

    private static final GivenResponse KEY_ERROR = GivenResponse.of("")
            .withStatus(500)
            .asFailed()
            .withExtra("error", "KeyError", "at", "main.py:21", "message", "'price'");

    private final EventLoops loops = new EventLoops(2);
    private final List<DeadLetter> buried = new CopyOnWriteArrayList<>();
    private final List<String> receipts = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeLoops() {
        loops.close();
    }

    private DeliveryEngine engine(RecordingInvoker invoker, Retry retry, ExplicitAck explicitAck) {
        return new DeliveryEngine(
                new DeliverySetting("orders", "stream", retry, explicitAck, 1_000_000_000L),
                invoker,
                deadLetters(),
                loops,
                Clock.system());
    }

    private DeadLetters deadLetters() {
        return (letter, receipt) -> {
            buried.add(letter);
            receipt.told(null);
        };
    }

    private DeliveryEngine engine(RecordingInvoker invoker) {
        return engine(invoker, retry(3), ExplicitAck.DISABLE);
    }

    private static Retry retry(int attempts, Integer... statuses) {
        return new Retry(attempts, Duration.ofMillis(2), Duration.ofMillis(20), 0.5, Arrays.asList(statuses));
    }

    private TestRecord record(long lane, String body) {
        return new TestRecord(lane, body, 0, receipts);
    }

    private void awaitReceipts(int count) {
        await("receipts").atMost(Duration.ofSeconds(20)).until(() -> receipts.size() >= count);
    }

    @Test
    void acksWhatItsHandlerAnswered() {
        RecordingInvoker invoker =
                RecordingInvoker.answering(seen -> GivenResponse.of("").withStatus(500));

        engine(invoker).deliver(List.of(record(0, "a"), record(1, "b")));

        awaitReceipts(2);
        assertThat(receipts).containsExactlyInAnyOrder("ack a", "ack b");
        assertThat(buried).isEmpty();
    }

    @Test
    void runsOneEventOfALaneAtATimeInOrder() throws InterruptedException {
        RecordingInvoker invoker = RecordingInvoker.holding();
        engine(invoker).deliver(List.of(record(0, "a"), record(0, "b"), record(1, "c")));

        List<Invocation> first = List.of(invoker.take(), invoker.take());
        assertThat(first).extracting(one -> TestRecord.bodyOf(one.event())).containsExactlyInAnyOrder("a", "c");
        assertThat(invoker.openCount()).isZero();
        first.forEach(one -> RecordingInvoker.answer(one, GivenResponse.of("")));

        assertThat(TestRecord.bodyOf(invoker.take().event())).isEqualTo("b");
    }

    @Test
    void eventsWithoutALaneRunTogether() throws InterruptedException {
        RecordingInvoker invoker = RecordingInvoker.holding();

        engine(invoker)
                .deliver(List.of(
                        record(DurableEvent.NO_LANE, "a"),
                        record(DurableEvent.NO_LANE, "b"),
                        record(DurableEvent.NO_LANE, "c")));

        assertThat(List.of(invoker.take(), invoker.take(), invoker.take()))
                .extracting(one -> TestRecord.bodyOf(one.event()))
                .containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void triesAgainBeforeTheNextOfTheLane() {
        Map<String, Integer> tries = new ConcurrentHashMap<>();
        List<String> order = new CopyOnWriteArrayList<>();
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> {
            order.add(seen.bodyText());
            boolean works = !seen.bodyText().equals("a") || tries.merge("a", 1, Integer::sum) == 3;
            return works ? GivenResponse.of("") : KEY_ERROR;
        });
        DeliveryEngine engine = engine(invoker);

        engine.deliver(List.of(record(0, "a"), record(0, "b")));

        awaitReceipts(2);
        assertThat(order).containsExactly("a", "a", "a", "b");
        assertThat(receipts).containsExactly("ack a", "ack b");
        assertThat(engine.stats().retried()).isEqualTo(2);
        assertThat(engine.stats().open()).isZero();
    }

    @Test
    void deadLettersWhatFailsEachTimeAndGoesOn() {
        RecordingInvoker invoker =
                RecordingInvoker.answering(seen -> seen.bodyText().equals("poison") ? KEY_ERROR : GivenResponse.of(""));

        engine(invoker).deliver(List.of(record(0, "poison"), record(0, "b")));

        awaitReceipts(2);
        assertThat(receipts).containsExactly("bury poison", "ack b");
        assertThat(buried).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("KeyError: 'price' main.py:21");
            assertThat(letter.code()).isEqualTo("NUC-4030");
            assertThat(letter.attempts()).isEqualTo(3);
            assertThat(letter.crashes()).isZero();
            assertThat(letter.firstNanos()).isPositive().isLessThanOrEqualTo(letter.lastNanos());
        });
    }

    @Test
    void whatIsNotWhatItSaysIsDeadLetteredAtOnceAndHandlersSeeTheFaceOfTheRest() {
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of(""));
        DeliverySetting setting = new DeliverySetting(
                "orders",
                "stream",
                retry(5),
                ExplicitAck.DISABLE,
                1_000_000_000L,
                event -> TestRecord.bodyOf(event).equals("bad")
                        ? null
                        : record(0, "face of " + TestRecord.bodyOf(event)));

        new DeliveryEngine(setting, invoker, deadLetters(), loops, Clock.system())
                .deliver(List.of(record(0, "bad"), record(0, "good")));

        awaitReceipts(2);
        assertThat(receipts).containsExactly("bury bad", "ack good");
        assertThat(invoker.events()).extracting(SeenEvent::bodyText).containsExactly("face of good");
        assertThat(buried).singleElement().satisfies(letter -> {
            assertThat(letter.code()).isEqualTo("NUC-5014");
            assertThat(letter.attempts()).isEqualTo(1);
        });
    }

    @Test
    void statusesAreFailuresOnlyWhereTheyAreSaidToBe() {
        RecordingInvoker invoker =
                RecordingInvoker.answering(seen -> GivenResponse.of("").withStatus(503));

        engine(invoker, retry(2, 503), ExplicitAck.DISABLE).deliver(List.of(record(0, "a")));

        awaitReceipts(1);
        assertThat(buried)
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason()).isEqualTo("the handler answered with status 503"));
    }

    @Test
    void aThirdDeadWorkerIsTheEndWhateverTriesAreLeft() throws InterruptedException {
        RecordingInvoker invoker = RecordingInvoker.holding();
        engine(invoker, retry(100), ExplicitAck.DISABLE).deliver(List.of(record(0, "a")));

        for (int i = 0; i < 3; i++) {
            fail(invoker.take(), Outcome.WORKER_LOST, ErrorCode.WORKER_CRASHED);
        }

        awaitReceipts(1);
        assertThat(buried).singleElement().satisfies(letter -> {
            assertThat(letter.crashes()).isEqualTo(3);
            assertThat(letter.code()).isEqualTo("NUC-3006");
        });
    }

    @Test
    void whatDidNotStartIsKeptAndNoTryCounted() throws InterruptedException {
        RecordingInvoker invoker = RecordingInvoker.holding();
        engine(invoker, retry(1), ExplicitAck.DISABLE).deliver(List.of(record(0, "a")));

        for (int i = 0; i < 4; i++) {
            fail(invoker.take(), Outcome.UNAVAILABLE, ErrorCode.NO_FREE_WORKER);
        }
        RecordingInvoker.answer(invoker.take(), GivenResponse.of(""));

        awaitReceipts(1);
        assertThat(receipts).containsExactly("ack a");
        assertThat(buried).isEmpty();
    }

    @Test
    void isHeldWhenTheHandlerAcksByItself() {
        RecordingInvoker invoker = RecordingInvoker.answering(
                seen -> seen.bodyText().equals("a") ? GivenResponse.of("").withNoAck() : GivenResponse.of(""));

        engine(invoker, retry(1), ExplicitAck.ENABLE).deliver(List.of(record(0, "a"), record(0, "b")));
        awaitReceipts(2);
        engine(invoker, retry(1), ExplicitAck.EXPLICIT_ONLY).deliver(List.of(record(0, "c")));
        awaitReceipts(3);

        assertThat(receipts).containsExactly("hold a", "ack b", "hold c");
    }

    @Test
    void recallGivesBackWhatHasNotStartedOfThoseLanes() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.holding();
        DeliveryEngine engine = engine(invoker);
        engine.deliver(List.of(record(0, "a"), record(0, "b"), record(1, "c"), record(1, "d")));
        Invocation one = invoker.take();
        Invocation two = invoker.take();

        CompletionStage<Void> recalled = engine.recall(lane -> lane == 0);
        awaitReceipts(1);
        assertThat(receipts).containsExactly("nack b");
        assertThat(recalled.toCompletableFuture()).isNotDone();
        RecordingInvoker.answer(one, GivenResponse.of(""));
        RecordingInvoker.answer(two, GivenResponse.of(""));

        recalled.toCompletableFuture().get(10, TimeUnit.SECONDS);
        RecordingInvoker.answer(invoker.take(), GivenResponse.of(""));
        awaitReceipts(4);
        assertThat(receipts).contains("ack a", "ack c", "ack d");
    }

    @Test
    void drainGivesBackWhatWaitsForItsNextTry() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> KEY_ERROR);
        DeliveryEngine engine = engine(
                invoker, new Retry(9, Duration.ofHours(1), Duration.ofHours(1), 0, List.of()), ExplicitAck.DISABLE);
        engine.deliver(List.of(record(0, "a"), record(0, "b")));
        await("the first try").until(() -> invoker.events().size() == 1);

        engine.drain().toCompletableFuture().get(10, TimeUnit.SECONDS);
        engine.deliver(List.of(record(0, "late")));

        awaitReceipts(3);
        assertThat(receipts).containsExactly("nack a", "nack b", "nack late");
        assertThat(engine.stats().open()).isZero();
    }

    @Test
    void aLongLaneOfHandlersThatAnswerAtOnceNeedsNoDeepStack() {
        List<TestRecord> many = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            many.add(record(0, String.valueOf(i)));
        }

        engine(RecordingInvoker.answering(seen -> GivenResponse.of(""))).deliver(many);

        awaitReceipts(many.size());
        assertThat(receipts)
                .isEqualTo(many.stream().map(one -> "ack " + one.text()).toList());
    }

    /** Whatever happens, each receipt is called once, and the acks of a lane come in its order. */
    @Test
    void anyInterleavingKeepsLanesInOrderAndReceiptsSingle() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            RecordingInvoker invoker = RecordingInvoker.answering(
                    seen -> Math.floorMod(seen.bodyText().hashCode() * 31L + System.nanoTime(), 5L) == 0
                            ? KEY_ERROR
                            : GivenResponse.of(""),
                    threads);
            DeliveryEngine engine = engine(invoker, retry(50), ExplicitAck.DISABLE);
            List<TestRecord> all = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                all.add(record(random.nextInt(7), String.valueOf(i)));
            }
            for (int from = 0; from < all.size(); ) {
                int to = Math.min(all.size(), from + 1 + random.nextInt(40));
                engine.deliver(all.subList(from, to));
                from = to;
            }

            awaitReceipts(all.size());
            for (long lane = 0; lane < 7; lane++) {
                long wanted = lane;
                List<String> inOrder = all.stream()
                        .filter(one -> one.lane() == wanted)
                        .map(one -> "ack " + one.text())
                        .toList();
                assertThat(receipts.stream().filter(inOrder::contains).toList())
                        .as("lane %d, seed %d", lane, seed)
                        .isEqualTo(inOrder);
            }
            assertThat(engine.stats().open()).isZero();
        }
    }

    private static void fail(Invocation invocation, Outcome outcome, ErrorCode code) {
        RecordingInvoker.fail(invocation, outcome, ErrorMessage.of(code, "a test", "it says so", ""));
    }
}
