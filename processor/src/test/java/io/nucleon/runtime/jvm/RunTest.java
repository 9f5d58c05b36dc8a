package io.nucleon.runtime.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.delivery.DeadLetter;
import io.nucleon.delivery.DeliveryEngine;
import io.nucleon.delivery.DeliverySetting;
import io.nucleon.delivery.TestRecord;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.InvocationListener;
import io.nucleon.invoke.LogRecord;
import io.nucleon.invoke.Outcome;
import io.nucleon.loop.EventLoops;
import io.nucleon.runtime.FunctionLog;
import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.spec.trigger.ExplicitAck;
import io.nucleon.spec.trigger.Retry;
import io.nucleon.worker.PoolListener;
import io.nucleon.worker.PoolSetting;
import io.nucleon.worker.WorkerPool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of one lane that a Java worker goes through by itself: from the delivery engine through the pool to the handler and back. */
@Timeout(60)
class RunTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    /**
     * Body {@code fail} raises each time, {@code flaky} the first time; all are told in the log; {@code block} waits for the file go, and tells
     * by the file refused-N, of the Nth try of all, if it can't read its event any more when it is interrupted.
     */
    private static final String MEMBERS = """
            private static int flaky;
            private static int tries;
            public Response handleEvent(Context context, Event event) {
                String body = new String(event.getBody());
                context.getLogger().info(body);
                if (body.equals("fail") || (body.equals("flaky") && flaky++ == 0)) {
                    throw new IllegalStateException(body);
                }
                int number = tries++;
                while (body.equals("block") && !new java.io.File(FOLDER, "go").exists()) {
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                    if (Thread.interrupted()) {
                        try {
                            event.getPath();
                        } catch (IllegalStateException late) {
                            new java.io.File(FOLDER, "refused-" + number).mkdir();
                        }
                        throw new IllegalStateException("interrupted");
                    }
                }
                return new Response();
            }
            """;

    private final EventLoops loops = new EventLoops(2);
    private final List<String> receipts = new CopyOnWriteArrayList<>();
    private final List<DeadLetter> buried = new CopyOnWriteArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();

    @TempDir
    Path folder;

    private FunctionRuntime runtime;
    private WorkerPool pool;
    private DeliveryEngine engine;

    @AfterEach
    void stopAll() {
        Blocks.release(folder);
        pool.stop(5_000_000_000L).toCompletableFuture().join();
        runtime.close();
        loops.close();
    }

    private void start(String annotation, Duration timeout) {
        start(annotation, timeout, (invocation, outcome, status) -> ended.incrementAndGet());
    }

    private void start(String annotation, Duration timeout, InvocationListener listener) {
        Path code = Sources.write(folder, "Steps.java", annotation + Sources.handler("Steps", MEMBERS));
        RuntimeServices services =
                new RuntimeServices(loops, Clock.system(), Path.of("."), Path.of("."), new SeenLog());
        runtime = new JvmRuntimeFactory()
                .create(new TestFunction.Setting(code).timeout(timeout).build(), services);
        CompletableFuture<Void> ready = new CompletableFuture<>();
        pool = new WorkerPool(
                PoolSetting.of("stream", "orders", 1), runtime, Clock.system(), listener, new Ready(ready));
        pool.start();
        ready.join();
        engine = new DeliveryEngine(
                new DeliverySetting(
                        "orders",
                        "stream",
                        new Retry(2, Duration.ofMillis(2), Duration.ofMillis(20), 0, List.of()),
                        ExplicitAck.DISABLE,
                        1_000_000_000L),
                pool,
                (letter, receipt) -> {
                    buried.add(letter);
                    receipt.told(null);
                },
                loops,
                Clock.system());
    }

    private void deliver(long lane, List<String> bodies) {
        engine.deliver(bodies.stream()
                .map(body -> new TestRecord(lane, body, 0, receipts))
                .toList());
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static List<String> told(String receipt, List<String> bodies) {
        return bodies.stream().map(body -> receipt + " " + body).toList();
    }

    private void awaitReceipts(int count) {
        await("receipts").atMost(SOON).until(() -> receipts.size() >= count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@NonBlocking "})
    void allAreHandledInOrderAndAckedOnce(String annotation) {
        start(annotation, Duration.ZERO);
        List<String> bodies = numbers(0, 5_000);

        deliver(0, bodies);
        awaitReceipts(5_000);

        assertThat(seen).isEqualTo(bodies);
        assertThat(receipts).isEqualTo(told("ack", bodies));
        assertThat(ids).as("each has an id of its own").doesNotHaveDuplicates();
        await("every event is counted").atMost(SOON).until(() -> pool.open() == 0);
        assertThat(ended).hasValue(5_000);
        assertThat(pool.stats().immediate() + pool.stats().afterWait())
                .as("each has been given a worker once")
                .isEqualTo(5_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@NonBlocking "})
    void quickOnesAreCountedTogetherWithTheTimeThatTheyTook(String annotation) {
        Counted counted = new Counted();
        start(annotation, Duration.ZERO, counted);
        List<String> bodies = numbers(0, 5_000);
        long begun = System.nanoTime();

        deliver(0, bodies);
        awaitReceipts(5_000);
        long took = System.nanoTime() - begun;

        assertThat(seen).isEqualTo(bodies);
        assertThat(receipts).isEqualTo(told("ack", bodies));
        await("every event is counted").atMost(SOON).until(() -> counted.events.sum() == 5_000);
        assertThat(counted.calls.sum()).isLessThan(5_000);
        assertThat(counted.nanos.sum()).isPositive().isLessThan(took);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@NonBlocking "})
    void eachIsCountedOnceWhereSomeFail(String annotation) {
        Counted counted = new Counted();
        start(annotation, Duration.ZERO, counted);
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            bodies.add(i % 10 == 9 ? "flaky" : "" + i);
        }

        deliver(0, bodies);
        awaitReceipts(1_000);

        assertThat(receipts).isEqualTo(told("ack", bodies));
        await("every event is counted").atMost(SOON).until(() -> pool.open() == 0);
        assertThat(counted.events.sum()).as("tries").isEqualTo(seen.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@NonBlocking "})
    void oneThatFailsIsTriedAgainBeforeThoseBehindIt(String annotation) {
        start(annotation, Duration.ZERO);

        deliver(0, List.of("a", "flaky", "b", "fail", "c"));
        awaitReceipts(5);

        assertThat(seen).containsExactly("a", "flaky", "flaky", "b", "fail", "fail", "c");
        assertThat(receipts).containsExactly("ack a", "ack flaky", "ack b", "bury fail", "ack c");
        assertThat(buried).extracting(DeadLetter::attempts).containsExactly(2);
        await("every event is counted").atMost(SOON).until(() -> pool.open() == 0);
    }

    @Test
    void oneOverItsLimitFailsAndThoseBehindItGoOnInAnotherWorker() {
        start("", Duration.ofMillis(150));

        deliver(0, List.of("a", "b", "block", "c", "d"));
        awaitReceipts(5);
        await("the threads left behind")
                .atMost(SOON)
                .until(() -> Files.exists(folder.resolve("refused-2")) && Files.exists(folder.resolve("refused-3")));

        assertThat(seen).containsExactly("a", "b", "block", "block", "c", "d");
        assertThat(receipts).containsExactly("ack a", "ack b", "bury block", "ack c", "ack d");
        assertThat(buried).extracting(DeadLetter::code).containsExactly("NUC-3004");
        await("every event is counted").atMost(SOON).until(() -> pool.open() == 0);
    }

    @Test
    void whatIsDoneIsAckedWhileOneTakesLong() {
        start("", Duration.ZERO);

        deliver(0, List.of("a", "b", "block", "c"));
        await("the handler waits").atMost(SOON).until(() -> seen.contains("block"));
        // what the processor's timer does every few milliseconds
        await("receipts").atMost(SOON).until(() -> {
            pool.tick();
            return receipts.size() == 2;
        });

        assertThat(receipts).containsExactly("ack a", "ack b");
        Blocks.release(folder);
        awaitReceipts(4);
        assertThat(seen).containsExactly("a", "b", "block", "c");
    }

    @Test
    void aRecallGivesBackWhatHasNotBegun() {
        start("", Duration.ZERO);
        List<String> behind = numbers(0, 100);
        List<String> all = new ArrayList<>(List.of("a", "block"));
        all.addAll(behind);

        deliver(0, all);
        await("the handler waits").atMost(SOON).until(() -> seen.contains("block"));
        CompletableFuture<Void> recalled = engine.recall(lane -> lane == 0).toCompletableFuture();
        await("what has not begun").atMost(SOON).until(() -> receipts.containsAll(told("nack", behind)));
        assertThat(recalled).isNotDone();

        Blocks.release(folder);
        await("the recall").atMost(SOON).until(recalled::isDone);
        assertThat(seen).containsExactly("a", "block");
        assertThat(receipts).hasSize(102).contains("ack a", "ack block");
    }

    private static final class Counted implements InvocationListener {
        private final LongAdder events = new LongAdder();
        private final LongAdder calls = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        @Override
        public void ended(Invocation invocation, Outcome outcome, int status) {
            count(invocation, outcome, 1);
        }

        @Override
        public boolean countsOnly() {
            return true;
        }

        @Override
        public void endedAlike(Invocation one, int alike) {
            count(one, one.outcome, alike);
        }

        private void count(Invocation one, Outcome outcome, int alike) {
            assertThat(outcome).isIn(Outcome.RESPONDED, Outcome.FAILED);
            assertThat(one.answeredNanos).isGreaterThanOrEqualTo(one.givenNanos + one.handlerNanos);
            events.add(alike);
            calls.increment();
            nanos.add(alike * one.handlerNanos);
        }
    }

    private final class SeenLog implements FunctionLog {
        @Override
        public void record(Invocation invocation, LogRecord logged) {
            seen.add(logged.message());
            ids.add(invocation.id());
        }

        @Override
        public void line(int worker, boolean error, String line) {
            throw new AssertionError("in process nobody reads the output");
        }
    }

    private static final class Ready implements PoolListener {
        private final CompletableFuture<Void> all;

        Ready(CompletableFuture<Void> all) {
            this.all = all;
        }

        @Override
        public void ready() {
            all.complete(null);
        }

        @Override
        public void workerLost(int worker, ErrorMessage why, boolean permanent) {
            if (permanent) {
                all.completeExceptionally(why.toException());
            }
        }
    }
}
