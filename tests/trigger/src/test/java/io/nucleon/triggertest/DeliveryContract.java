package io.nucleon.triggertest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.support.SourceTree;
import io.nucleon.support.TestProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cases; a subclass brings the broker. Each test has a topic or queue, a ledger and processors of its own. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
abstract class DeliveryContract {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int KILLS = Integer.getInteger("nucleon.test.kills", 20);

    @TempDir
    Path folder;

    private final List<TestProcessor> processors = new ArrayList<>();
    private final Set<String> sent = Collections.synchronizedSet(new LinkedHashSet<>());
    private Source source;
    private Ledger ledger;

    /** A topic or queue that nobody else uses. */
    abstract Source open() throws Exception;

    /** The same at a broker whose timers are those of production. */
    Source openAsInProduction() throws Exception {
        return open();
    }

    @BeforeEach
    void openSource() throws Exception {
        source = open();
        source.keptIn(folder.resolve("state"));
        ledger = new Ledger(folder.resolve("ledger"));
        Files.createFile(ledger.file());
    }

    @AfterEach
    void closeAll() throws Exception {
        processors.forEach(TestProcessor::close);
        source.close();
    }

    private TestProcessor start(String label, String more) throws IOException {
        return start(label, source.trigger(), more);
    }

    private TestProcessor start(String label, String trigger, String more) throws IOException {
        Path function = Files.createDirectories(folder.resolve(label));
        Files.copy(SourceTree.top().resolve("tests/functions/python/ledger/ledger.py"), function.resolve("ledger.py"));
        Files.writeString(
                function.resolve("function.yaml"),
                "metadata: {name: ledger}\nspec:\n  runtime: python\n  handler: ledger:handler\n  triggers:\n    source:\n"
                        + (trigger + "\n" + more).indent(6));
        return start(label);
    }

    /** Once more on the same files. */
    private TestProcessor start(String label) {
        TestProcessor processor = TestProcessor.start(new TestProcessor.Setting(
                "trigger-" + getClass().getSimpleName() + "-" + label,
                folder.resolve(label),
                List.of(),
                Map.of(
                        "LEDGER",
                        ledger.file().toString(),
                        "XDG_STATE_HOME",
                        folder.resolve("state").toString())));
        processors.add(processor);
        return processor;
    }

    private void send(int partition, String name, String how) throws Exception {
        source.send(partition, name + ":" + how);
        sent.add(name);
    }

    private void awaitAllDone() {
        await("every event").atMost(SOON).until(() -> ledger.missing(sent).isEmpty());
    }

    private void awaitNothingLeft() {
        await("an empty source").atMost(SOON).until(() -> source.left() == 0);
    }

    @Test
    void everyEventIsDoneOnceAndAcked() throws Exception {
        start("fn", "");
        for (int i = 0; i < 200; i++) {
            send(i % source.partitions(), "e" + i, "ok");
        }

        awaitAllDone();
        awaitNothingLeft();
        assertThat(ledger.again()).isZero();
    }

    @Test
    void anEventThatFailsTwiceIsDoneAtTheThirdTry() throws Exception {
        start("fn", "retry: {maxAttempts: 5, backoff: 50ms}");
        send(0, "stubborn", "twice");

        awaitAllDone();
        awaitNothingLeft();
        assertThat(ledger.begun()).containsEntry("stubborn", 3);
        assertThat(ledger.again()).isZero();
    }

    @Test
    void aPoisonEventIsDeadLetteredAndTheOrderIsKept() throws Exception {
        start("fn", "retry: {maxAttempts: 3, backoff: 50ms}\ndeadLetter: " + source.deadLetters());
        send(0, "before", "ok");
        source.send(0, "bad:poison");
        send(0, "after", "ok");

        awaitAllDone();
        awaitNothingLeft();
        assertThat(ledger.begun()).containsEntry("bad", 3);
        assertThat(ledger.done().keySet()).containsExactlyInAnyOrder("before", "after");
        if (!source.deadLetters().equals("journal")) {
            assertThat(source.deadLetterCount()).isEqualTo(1);
        }
        if (source.keepsOrder()) {
            assertThat(linesInOrder())
                    .containsSubsequence("did before", "began bad", "began bad", "began bad", "did after");
        }
    }

    private List<String> linesInOrder() throws IOException {
        return Files.readAllLines(ledger.file()).stream()
                .map(line -> line.split(" "))
                .map(words -> words[0] + " " + words[1])
                .toList();
    }

    @Test
    void anEventWhoseWorkerDiesIsDoneByTheNextOne() throws Exception {
        start("fn", "retry: {maxAttempts: 5, backoff: 50ms}");
        send(0, "before", "ok");
        send(0, "deadly", "kill");
        send(0, "after", "ok");

        awaitAllDone();
        awaitNothingLeft();
        assertThat(ledger.begun()).containsEntry("deadly", 2);
        assertThat(ledger.again()).isZero();
    }

    @Test
    void nothingIsLostWhenTheProcessorIsKilledAtLoad() throws Exception {
        AtomicBoolean sending = new AtomicBoolean(true);
        AtomicInteger number = new AtomicInteger();
        TestProcessor running = start("fn", ""); // first: not every broker keeps what nobody has subscribed to
        Thread sender = Thread.ofVirtual().start(() -> sendUntil(sending, number));
        int before = 0;
        for (int i = 0; i < KILLS; i++) {
            int goal = before + 20;
            await("events of life " + i).atMost(SOON).until(() -> ledger.done().size() >= goal);
            running.handle().destroyForcibly();
            running.close();
            before = ledger.done().size();
            running = start("fn");
        }
        sending.set(false);
        sender.join();

        awaitAllDone();
        awaitNothingLeft();
        System.out.printf(
                "%s: %d events, %d kills, %d done again%n",
                getClass().getSimpleName(), sent.size(), KILLS, ledger.again());
        assertThat(ledger.again())
                .as("of %d events over %d kills", sent.size(), KILLS)
                .isLessThanOrEqualTo((long) KILLS * source.partitions() * source.mostAgain());
    }

    /** As fast as the broker takes it, but not further ahead of the function than some hundred. */
    private void sendUntil(AtomicBoolean sending, AtomicInteger number) {
        try {
            while (sending.get()) {
                int i = number.getAndIncrement();
                send(i % source.partitions(), "k" + i, "ok");
                if (i % 100 == 99) {
                    await("the function")
                            .atMost(SOON)
                            .until(() -> !sending.get()
                                    || sent.size() - ledger.done().size() < 500);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void goesOnAfterTheBrokerWasKilled() throws Exception {
        start("fn", "");
        send(0, "before", "ok");
        awaitAllDone();

        source.killBroker();
        source.startBroker();
        send(0, "after", "ok");

        awaitAllDone();
        awaitNothingLeft();
    }

    @Test
    void aBrokerThatIsCutOffIsWaitedForWithoutBusyLoop() throws Exception {
        source.close();
        source = openAsInProduction();
        source.keptIn(folder.resolve("state"));
        TestProcessor processor = start("fn", "");
        send(0, "before", "ok");
        awaitAllDone();

        source.freezeBroker(true);
        Duration used = cpuOf(processor.handle(), Duration.ofSeconds(10));
        source.freezeBroker(false);
        send(0, "after", "ok");

        awaitAllDone();
        awaitNothingLeft();
        // A loop that spins takes all of it.
        assertThat(used).isLessThan(Duration.ofSeconds(3));
    }

    /** CPU time of a process over a while. */
    private static Duration cpuOf(ProcessHandle process, Duration span) {
        Duration before = process.info().totalCpuDuration().orElseThrow();
        long end = System.nanoTime() + span.toNanos();
        await("some time").atMost(span.plusSeconds(10)).until(() -> System.nanoTime() > end);
        return process.info().totalCpuDuration().orElseThrow().minus(before);
    }

    @Test
    void whatASlowHandlerHasNotDoneStaysWithTheBroker() throws Exception {
        start("fn", "");
        for (int i = 0; i < 300; i++) {
            send(0, "s" + i, "slow0.02");
        }
        await("a beginning").atMost(SOON).until(() -> ledger.done().size() >= 5);

        assertThat(source.left()).isGreaterThan(100);

        awaitAllDone();
        awaitNothingLeft();
        assertThat(ledger.again()).isZero();
    }

    @Test
    void twoProcessorsShareTheWorkAndOneGoesWithoutLoss() throws Exception {
        TestProcessor one = start("one", source.sharedTrigger(), "");
        TestProcessor two = start("two", source.sharedTrigger(), "");
        AtomicInteger number = new AtomicInteger();
        AtomicBoolean sending = new AtomicBoolean(true);
        Thread sender = Thread.ofVirtual().start(() -> sendUntil(sending, number));
        if (source.isShared()) {
            await("a share for both").atMost(SOON).until(() -> workersSeen() >= 2);
        } else {
            await("a beginning").atMost(SOON).until(() -> ledger.done().size() >= 20);
        }

        // Where only one works, it is the first.
        assertThat((source.isShared() ? two : one).stop()).isEmpty();
        int before = ledger.done().size();
        await("the rest by the other").atMost(SOON).until(() -> ledger.done().size() >= before + 50);
        sending.set(false);
        sender.join();

        awaitAllDone();
        awaitNothingLeft();
        assertThat((source.isShared() ? one : two).handle().isAlive()).isTrue();
    }

    private long workersSeen() throws IOException {
        return Files.readAllLines(ledger.file()).stream()
                .map(line -> line.substring(line.lastIndexOf(' ')))
                .distinct()
                .count();
    }

    @Test
    void aShutdownFinishesWhatRunsAndLeavesTheRest() throws Exception {
        TestProcessor processor = start("fn", "");
        for (int i = 0; i < 60; i++) {
            send(0, "d" + i, "slow0.05");
        }
        await("a beginning").atMost(SOON).until(() -> ledger.done().size() >= 3);

        assertThat(processor.stop()).isEmpty();

        int done = ledger.done().size();
        assertThat(ledger.again()).isZero();
        assertThat(ledger.begun()).hasSize(done);
        await("the rest").atMost(source.patience()).until(() -> source.left() == sent.size() - done);
        start("fn");
        awaitAllDone();
        awaitNothingLeft();
        assertThat(ledger.again()).isZero();
    }
}
