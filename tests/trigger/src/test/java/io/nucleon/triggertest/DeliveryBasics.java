package io.nucleon.triggertest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.support.SourceTree;
import io.nucleon.support.TestProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

/**
 * The cases that every way of talking to a broker has to pass; a subclass brings the broker. Each test has a topic or queue, a ledger and
 * processors of its own.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
abstract class DeliveryBasics {

    static final Duration SOON = Duration.ofSeconds(60);
    private static final int KILLS = Integer.getInteger("nucleon.test.kills", 20);

    @TempDir
    Path folder;

    final Set<String> sent = Collections.synchronizedSet(new LinkedHashSet<>());
    Source source;
    Ledger ledger;
    private final List<TestProcessor> processors = new ArrayList<>();

    /** One folder for all processors of a test: they are of one function, and leave each other what it keeps. */
    static final String FUNCTION = "fn";

    /** A topic or queue that nobody else uses. */
    abstract Source open() throws Exception;

    @BeforeEach
    void openSource() throws Exception {
        source = open();
        source.keptIn(folder.resolve("state"), folder.resolve(FUNCTION));
        ledger = new Ledger(folder.resolve("ledger"));
        Files.createFile(ledger.file());
    }

    @AfterEach
    void closeAll() throws Exception {
        processors.forEach(TestProcessor::close);
        source.close();
    }

    TestProcessor start(String label, String more) throws IOException {
        return start(label, source.trigger(), more);
    }

    TestProcessor start(String label, String trigger, String more) throws IOException {
        Path function = Files.createDirectories(folder.resolve(FUNCTION));
        Files.copy(
                SourceTree.top().resolve("tests/functions/python/ledger/ledger.py"),
                function.resolve("ledger.py"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                function.resolve("function.yaml"),
                "metadata: {name: ledger}\nspec:\n  runtime: python\n  handler: ledger:handler\n  triggers:\n    source:\n"
                        + (trigger + "\n" + more).indent(6));
        return start(label);
    }

    /** Once more on the same files. */
    TestProcessor start(String label) {
        TestProcessor processor = TestProcessor.start(new TestProcessor.Setting(
                "trigger-" + getClass().getSimpleName() + "-" + label,
                folder.resolve(FUNCTION),
                List.of(),
                Map.of(
                        "LEDGER",
                        ledger.file().toString(),
                        "XDG_STATE_HOME",
                        folder.resolve("state").toString())));
        processors.add(processor);
        return processor;
    }

    void send(int partition, String name, String how) throws Exception {
        source.send(partition, name + ":" + how);
        sent.add(name);
    }

    void awaitAllDone() {
        await("every event").atMost(SOON).until(() -> ledger.missing(sent).isEmpty());
    }

    void awaitNothingLeft() {
        await("an empty source").atMost(SOON).until(() -> source.left() == 0);
    }

    /** How often the processor is killed at load. */
    int kills() {
        return KILLS;
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
    void nothingIsLostWhenTheProcessorIsKilledAtLoad() throws Exception {
        AtomicBoolean sending = new AtomicBoolean(true);
        AtomicInteger number = new AtomicInteger();
        TestProcessor running = start("fn", ""); // first: not every broker keeps what nobody has subscribed to
        Thread sender = Thread.ofVirtual().start(() -> sendUntil(sending, number));
        int before = 0;
        for (int i = 0; i < kills(); i++) {
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
                getClass().getSimpleName(), sent.size(), kills(), ledger.again());
        assertThat(ledger.again())
                .as("of %d events over %d kills", sent.size(), kills())
                .isLessThanOrEqualTo((long) kills() * source.partitions() * source.mostAgain());
    }

    /** As fast as the broker takes it, but not further ahead of the function than some hundred. */
    void sendUntil(AtomicBoolean sending, AtomicInteger number) {
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
}
