package io.nucleon.triggertest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.support.TestProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** All cases. */
abstract class DeliveryContract extends DeliveryBasics {

    /** As {@link #open()}, at a broker whose timers are those of production. */
    Source openAsInProduction() throws Exception {
        return open();
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
    void aBrokerThatIsCutOffIsWaitedForWithoutBusyLoop() throws Exception {
        source.close();
        source = openAsInProduction();
        source.keptIn(folder.resolve("state"), folder.resolve(FUNCTION));
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
        ProcessHandle processor = start("fn", "").handle();
        for (int i = 0; i < 600; i++) {
            send(0, "s" + i, "slow0.01");
        }
        await("a beginning").atMost(SOON).until(() -> ledger.done().size() >= 5);
        Duration before = processor.info().totalCpuDuration().orElseThrow();
        long begun = System.nanoTime();

        assertThat(source.left()).isGreaterThan(200);

        awaitAllDone();
        // One that looks for room in a loop takes a core or two for it.
        assertThat(processor.info().totalCpuDuration().orElseThrow().minus(before))
                .isLessThan(Duration.ofNanos(System.nanoTime() - begun)
                        .multipliedBy(7)
                        .dividedBy(10));
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
