package io.nucleon.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.ManualClock;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.PlainEvent;
import io.nucleon.invoke.Reply;
import io.nucleon.invoke.ResponseView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Workers of another version take the place of those that serve. */
class ReplaceTest {

    private static final long TEN_SECONDS = TimeUnit.SECONDS.toNanos(10);
    private static final long GRACE = 7;

    private final ScriptedRuntime old = new ScriptedRuntime();
    private final ScriptedRuntime next = new ScriptedRuntime();
    private final List<Outcome> ended = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private final WorkerPool pool = new WorkerPool(
            PoolSetting.of("test", "test", 1),
            old,
            new ManualClock(),
            (invocation, outcome, status) -> ended.add(outcome),
            new Told());

    ReplaceTest() {
        worker(old).becomeReady();
    }

    private static ScriptedRuntime.Scripted worker(ScriptedRuntime runtime) {
        return runtime.workers.getFirst();
    }

    private Invocation send(long waitNanos) {
        return pool.invoke(PlainEvent.of(0, 0), waitNanos, new Counted());
    }

    private Successor prepared() {
        Successor successor = pool.prepare(next, 1);
        worker(next).becomeReady();
        return successor;
    }

    @Test
    void anAwaitedVersionTakesNoEvents() {
        Successor successor = prepared();
        send(TEN_SECONDS);
        Invocation waiting = send(TEN_SECONDS);

        assertThat(successor.ready()).isCompleted();
        assertThat(worker(old).held).hasSize(1);
        assertThat(worker(next).held).isEmpty();
        assertThat(waiting.isOpen()).isTrue();
    }

    @Test
    void isReadyOnceEveryWorkerIs() {
        Successor successor = pool.prepare(next, 2);
        next.workers.get(0).becomeReady();
        assertThat(successor.ready()).isNotDone();

        next.workers.get(1).becomeReady();
        assertThat(successor.ready()).isCompleted();
    }

    @Test
    void whatWaitsGoesToTheNewWorkersAndWhatHadBegunFinishesOnTheOld() {
        Invocation begun = send(TEN_SECONDS);
        Invocation waiting = send(TEN_SECONDS);

        Predecessor left = prepared().takeOver(GRACE);

        assertThat(worker(old).held).containsExactly(begun);
        assertThat(worker(next).held).containsExactly(waiting);
        assertThat(worker(old).graces).containsExactly(GRACE);
        assertThat(left.open()).isEqualTo(1);

        worker(old).answer(1_000);
        assertThat(left.open()).isZero();
        assertThat(ended).containsExactly(Outcome.RESPONDED);
        worker(old).end();
        assertThat(left.ended()).isCompleted();
        assertThat(left.lost()).isZero();
        assertThat(lost).as("the end of replaced workers is no news").isEmpty();
    }

    @Test
    void whatLiesInTheRingOfAnOldWorkerGoesToTheNewOneInItsOrder() {
        for (int i = 0; i < 100; i++) {
            send(TEN_SECONDS);
            worker(old).answer(1_000); // it is quick, so its ring gets several
        }
        List<Invocation> sent = List.of(send(TEN_SECONDS), send(TEN_SECONDS), send(TEN_SECONDS));
        assertThat(worker(old).held).isEqualTo(sent);

        prepared().takeOver(GRACE);

        List<Invocation> served = new ArrayList<>();
        while (!worker(next).held.isEmpty()) {
            served.add(worker(next).held.getFirst());
            worker(next).answer(1_000);
        }
        assertThat(served).containsExactly(sent.get(1), sent.get(2));
        assertThat(worker(old).held).containsExactly(sent.get(0));
    }

    @Test
    void anEventThatMayNotWaitFindsAWorkerBeforeAndAfter() {
        Successor successor = prepared();
        send(0);
        worker(old).answer(1_000);
        successor.takeOver(GRACE);
        send(0);
        worker(next).answer(1_000);

        assertThat(ended).containsExactly(Outcome.RESPONDED, Outcome.RESPONDED);
    }

    @Test
    void aVersionThatCannotBeHadChangesNothing() {
        Successor successor = pool.prepare(next, 1);
        worker(next).fail();

        assertThatThrownBy(() -> successor.ready().toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NucleonException.class)
                .hasMessageContaining("broken");
        successor.discard();
        assertThat(worker(next).graces).containsExactly(0L);
        assertThat(pool.isReady()).isTrue();
        send(TEN_SECONDS);
        assertThat(worker(old).held).hasSize(1);
        assertThat(lost).as("whoever awaits it is told").isEmpty();
    }

    @Test
    void anEventThatEndsWithItsOldWorkerIsCounted() {
        send(TEN_SECONDS);
        Predecessor left = prepared().takeOver(GRACE);

        worker(old).die();

        assertThat(left.lost()).isEqualTo(1);
        assertThat(left.open()).isZero();
        assertThat(ended).containsExactly(Outcome.WORKER_LOST);
    }

    @Test
    void anOldWorkerThatComesUpAgainStaysOut() {
        prepared().takeOver(GRACE);
        worker(old).becomeReady();

        send(TEN_SECONDS);

        assertThat(worker(old).held).isEmpty();
        assertThat(worker(next).held).hasSize(1);
    }

    @Test
    void stopEndsOldAndAwaitedWorkersToo() {
        send(TEN_SECONDS);
        prepared().takeOver(GRACE);
        ScriptedRuntime third = new ScriptedRuntime();
        pool.prepare(third, 1);

        var stopped = pool.stop(3);

        assertThat(worker(old).graces).containsExactly(GRACE, 3L);
        assertThat(worker(next).graces).containsExactly(3L);
        assertThat(worker(third).graces).containsExactly(3L);
        assertThat(stopped).isNotDone();
        List.of(old, next, third).forEach(runtime -> worker(runtime).end());
        assertThat(stopped).isCompleted();
    }

    @Test
    void drainWaitsForWhatRunsOnTheOldWorkers() {
        send(TEN_SECONDS);
        prepared().takeOver(GRACE);

        var drained = pool.drain();

        assertThat(drained).isNotDone();
        worker(old).answer(1_000);
        assertThat(drained).isCompleted();
    }

    private final class Told implements PoolListener {
        @Override
        public void ready() {}

        @Override
        public void workerLost(int worker, ErrorMessage why, boolean permanent) {
            lost.add(why.what());
        }
    }

    private static final class Counted implements Reply {
        @Override
        public void respond(Invocation invocation, ResponseView response) {}

        @Override
        public void chunk(Invocation invocation, ByteBuffer part, boolean last, boolean failed) {}

        @Override
        public void fail(Invocation invocation, Failure failure) {}
    }
}
