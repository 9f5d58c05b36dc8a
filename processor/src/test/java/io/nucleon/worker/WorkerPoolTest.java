package io.nucleon.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.ManualClock;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.PlainEvent;
import io.nucleon.invoke.Reply;
import io.nucleon.invoke.ResponseView;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {

    private static final long TEN_SECONDS = TimeUnit.SECONDS.toNanos(10);
    private static final int EMPTY_HANDLER = 1_000;

    private final ScriptedRuntime runtime = new ScriptedRuntime();
    private final ManualClock clock = new ManualClock();
    private final List<Failure> failures = new ArrayList<>();
    private final List<Outcome> ended = new ArrayList<>();

    private WorkerPool pool(int workers, int maxQueued) {
        WorkerPool pool = new WorkerPool(
                new PoolSetting("test", "test", workers, maxQueued, 1000),
                runtime,
                clock,
                (invocation, outcome, status) -> ended.add(outcome),
                new Quiet());
        runtime.workers.forEach(ScriptedRuntime.Scripted::becomeReady);
        return pool;
    }

    private Invocation send(WorkerPool pool) {
        return pool.invoke(PlainEvent.of(0, 0), TEN_SECONDS, new Failures());
    }

    private ScriptedRuntime.Scripted worker(int index) {
        return runtime.workers.get(index);
    }

    /** Lets worker 0 of a pool of one learn that its handler is quick. */
    private void makeQuick(WorkerPool pool) {
        for (int i = 0; i < 100; i++) {
            send(pool);
            worker(0).answer(EMPTY_HANDLER);
        }
    }

    @Test
    void idleWorkersComeFirst() {
        WorkerPool pool = pool(2, 10);

        send(pool);
        send(pool);

        assertThat(worker(0).held).hasSize(1);
        assertThat(worker(1).held).hasSize(1);
    }

    @Test
    void aSlowWorkerGetsOneEventAtATimeAndTheRestWaitInOrder() {
        WorkerPool pool = pool(1, 10);
        send(pool);
        Invocation second = send(pool);
        Invocation third = send(pool);

        assertThat(pool.waiting()).isEqualTo(2);
        worker(0).answer(1_000_000);
        assertThat(worker(0).held).containsExactly(second);
        worker(0).answer(1_000_000);
        assertThat(worker(0).held).containsExactly(third);
    }

    @Test
    void aQuickWorkersRingHoldsSeveral() {
        WorkerPool pool = pool(1, 100);
        makeQuick(pool);

        for (int i = 0; i < 40; i++) {
            send(pool);
        }

        assertThat(worker(0).held).hasSize(32);
        assertThat(pool.waiting()).isEqualTo(8);
    }

    @Test
    void whatADeadWorkerHadNotBegunIsServedInItsOrder() {
        WorkerPool pool = pool(1, 100);
        makeQuick(pool);
        ended.clear();
        for (int i = 0; i < 3; i++) {
            send(pool);
        }
        List<Invocation> behind = List.copyOf(worker(0).held.subList(1, 3));

        worker(0).die();
        assertThat(ended).containsExactly(Outcome.WORKER_LOST);
        assertThat(pool.waiting()).isEqualTo(2);

        worker(0).becomeReady();
        List<Invocation> served = new ArrayList<>();
        while (!worker(0).held.isEmpty()) {
            served.add(worker(0).held.getFirst());
            worker(0).answer(EMPTY_HANDLER);
        }
        assertThat(served).isEqualTo(behind);
        assertThat(pool.open()).isZero();
    }

    @Test
    void waitsEndWithTheirTime() {
        WorkerPool pool = pool(1, 10);
        send(pool);
        send(pool);

        clock.advance(Duration.ofSeconds(9));
        pool.tick();
        assertThat(failures).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        pool.tick();

        assertThat(failures).hasSize(1);
        assertThat(failures.getFirst().outcome()).isEqualTo(Outcome.UNAVAILABLE);
        assertThat(failures.getFirst().error().code()).isEqualTo(ErrorCode.NO_FREE_WORKER);
        assertThat(pool.stats().timedOut()).isEqualTo(1);
    }

    @Test
    void whatIsStuckBehindALongHandlerStandsInLineAgain() {
        WorkerPool pool = pool(1, 100);
        makeQuick(pool);
        send(pool);
        Invocation second = send(pool);
        Invocation third = send(pool);
        assertThat(worker(0).held).hasSize(3);

        clock.advance(Duration.ofMillis(5));
        pool.tick();

        assertThat(worker(0).held).hasSize(1);
        assertThat(pool.waiting()).isEqualTo(2);
        second.cancel();
        worker(0).answer(6_000_000);
        assertThat(worker(0).held).containsExactly(third);
    }

    @Test
    void whoseCallerLeavesBeforeItBeganIsDropped() {
        WorkerPool pool = pool(1, 100);
        makeQuick(pool);
        send(pool);
        Invocation second = send(pool);
        Invocation third = send(pool);

        second.cancel();
        worker(0).tellOfCancelled();
        worker(0).answer(EMPTY_HANDLER);

        assertThat(worker(0).held).containsExactly(third);
        assertThat(pool.open()).isEqualTo(1);
    }

    @Test
    void aFullLineRefusesAtOnce() {
        WorkerPool pool = pool(1, 2);
        for (int i = 0; i < 4; i++) {
            send(pool);
        }

        assertThat(failures).hasSize(1);
        assertThat(pool.waiting()).isEqualTo(2);
    }

    @Test
    void bodiesThatWaitAreBounded() {
        WorkerPool pool = pool(1, 100);
        send(pool);
        pool.invoke(PlainEvent.of(0, 900), TEN_SECONDS, new Failures());
        assertThat(pool.isCongested()).isTrue();

        pool.invoke(PlainEvent.of(0, 200), TEN_SECONDS, new Failures());

        assertThat(failures).hasSize(1);
    }

    @Test
    void noWaitMeansNoWait() {
        WorkerPool pool = pool(1, 10);
        send(pool);

        pool.invoke(PlainEvent.of(0, 0), 0, new Failures());

        assertThat(failures).hasSize(1);
        assertThat(pool.waiting()).isZero();
    }

    @Test
    void aCallerWhoLeavesTheLineIsForgotten() {
        WorkerPool pool = pool(1, 10);
        send(pool);
        Invocation leaver = send(pool);

        leaver.cancel();

        assertThat(pool.waiting()).isZero();
        assertThat(ended).containsExactly(Outcome.CANCELLED);
        assertThat(pool.open()).isEqualTo(1);
    }

    @Test
    void drainRefusesNewEventsAndEndsWithTheLastOpenOne() {
        WorkerPool pool = pool(1, 10);
        send(pool);
        var drained = pool.drain().toCompletableFuture();

        send(pool);
        assertThat(failures.getFirst().error().code()).isEqualTo(ErrorCode.DRAINING);
        assertThat(drained).isNotDone();
        worker(0).answer(1);

        assertThat(drained).isDone();
    }

    @Test
    void inABreakEventsWaitAndNothingIsGivenToWorkers() {
        WorkerPool pool = pool(2, 10);
        Invocation running = send(pool);
        worker(0).drained = new CompletableFuture<>();
        var drained = pool.drainWorkers().toCompletableFuture();

        send(pool);
        worker(0).answer(1);
        assertThat(running.isOpen()).isFalse();
        assertThat(pool.waiting()).isEqualTo(1);
        assertThat(drained).isNotDone();
        worker(0).drained.complete(null);
        assertThat(drained).isDone();
        assertThat(worker(1).drains).isEqualTo(1);
        assertThat(pool.waiting()).isEqualTo(1);

        pool.resumeWorkers();

        assertThat(pool.waiting()).isZero();
        assertThat(worker(0).held).hasSize(1);
        assertThat(List.of(worker(0).resumes, worker(1).resumes)).containsExactly(1, 1);
    }

    @Test
    void theBreaksOfTwoSourcesEndWithTheLast() {
        WorkerPool pool = pool(1, 10);
        pool.drainWorkers();
        pool.drainWorkers();

        pool.resumeWorkers();
        send(pool);
        assertThat(worker(0).held).isEmpty();
        pool.resumeWorkers();

        assertThat(worker(0).held).hasSize(1);
    }

    @Test
    void whatAWorkerInItsBreakGivesBackWaitsForItsEnd() {
        WorkerPool pool = pool(1, 10);
        Invocation given = send(pool);
        pool.drainWorkers();

        worker(0).handBack(given);
        assertThat(worker(0).held).isEmpty();
        pool.resumeWorkers();

        assertThat(worker(0).held).containsExactly(given);
    }

    @Test
    void aBatchTakesOnePlaceUntilItsLastMemberIsAnswered() {
        WorkerPool pool = pool(1, 10);
        pool.invokeBatch(
                List.of(PlainEvent.of(0, 0), PlainEvent.of(0, 0)),
                TEN_SECONDS,
                List.of(new Failures(), new Failures()));
        Invocation next = send(pool);
        Invocation first = worker(0).held.getFirst();
        assertThat(first.batchNext).isNotNull();
        worker(0).held.add(first.batchNext);

        worker(0).answer(1);
        assertThat(pool.waiting()).isEqualTo(1);
        worker(0).answer(1);

        assertThat(worker(0).held).containsExactly(next);
    }

    private static final class Quiet implements PoolListener {
        @Override
        public void ready() {}

        @Override
        public void workerLost(int worker, ErrorMessage why, boolean permanent) {}
    }

    private final class Failures implements Reply {
        @Override
        public void respond(Invocation invocation, ResponseView response) {}

        @Override
        public void chunk(Invocation invocation, ByteBuffer part, boolean last, boolean failed) {}

        @Override
        public void fail(Invocation invocation, Failure failure) {
            failures.add(failure);
        }
    }
}
