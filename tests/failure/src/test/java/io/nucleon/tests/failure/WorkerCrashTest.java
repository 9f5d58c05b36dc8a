package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.error.ErrorCode;
import io.nucleon.invoke.Outcome;
import io.nucleon.os.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerCrashTest {

    private static final String HANDLER = """
            import os, sys, time
            def handler(context, event):
                if event.path == '/die':
                    sys.stderr.write('about to die\\n')
                    os.kill(os.getpid(), 11)
                if event.path == '/exit':
                    os._exit(3)
                if event.path == '/slow':
                    time.sleep(60)
                if event.path == '/short':
                    time.sleep(0.002)
                return event.path
            """;

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void theRunningEventFailsWithSignalAndStderrAndThoseBehindItAreServed(String transport, @TempDir Path folder)
            throws Exception {
        try (Middle middle = new Middle(folder, HANDLER, Middle.Setup.of(transport, 1)).awaitReady()) {
            for (int i = 0; i < 200; i++) {
                middle.send("/warm").await(); // so that prefetch puts several into the ring
            }

            Counted dying = middle.send("/die");
            List<Counted> behind = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                behind.add(middle.send("/behind" + i));
            }

            Counted.Answer lost = dying.await();
            assertThat(lost.outcome()).isEqualTo(Outcome.WORKER_LOST);
            assertThat(lost.failure().error().code()).isEqualTo(ErrorCode.WORKER_CRASHED);
            assertThat(lost.failure().error().what()).contains("SIGSEGV");
            assertThat(lost.failure().error().why()).contains("about to die");
            for (int i = 0; i < 20; i++) {
                assertThat(behind.get(i).await().body()).isEqualTo("/behind" + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void anExitOfTheHandlersProcessIsNamed(String transport, @TempDir Path folder) throws Exception {
        try (Middle middle = new Middle(folder, HANDLER, Middle.Setup.of(transport, 1)).awaitReady()) {
            Counted.Answer lost = middle.send("/exit").await();

            assertThat(lost.outcome()).isEqualTo(Outcome.WORKER_LOST);
            assertThat(lost.failure().error().what()).contains("exit 3");
            assertThat(middle.send("/after").await().body()).isEqualTo("/after");
        }
    }

    /** Every event gets exactly one answer; only what ran may be lost, and never more than one per kill. */
    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void aHundredKillsAtLoadLoseOnlyWhatRan(String transport, @TempDir Path folder) throws Exception {
        SplittableRandom random = new SplittableRandom();
        try (Middle middle = new Middle(folder, HANDLER, Middle.Setup.of(transport, 2)).awaitReady()) {
            List<Counted> sent = new ArrayList<>();
            for (int kill = 0; kill < 50; kill++) {
                for (int i = 0; i < 40; i++) {
                    sent.add(middle.send(i % 4 == 0 ? "/short" : "/x"));
                }
                await("a worker to kill")
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> !middle.pids().isEmpty());
                List<Long> pids = middle.pids();
                if (!pids.isEmpty()) {
                    Signals.toProcess(pids.get(random.nextInt(pids.size())), Signals.KILL);
                }
            }

            Map<Outcome, Integer> outcomes = new HashMap<>();
            for (Counted one : sent) {
                outcomes.merge(one.await().outcome(), 1, Integer::sum);
                assertThat(one.calls()).isEqualTo(1);
            }
            assertThat(outcomes.keySet()).isSubsetOf(Outcome.RESPONDED, Outcome.WORKER_LOST);
            assertThat(outcomes.getOrDefault(Outcome.WORKER_LOST, 0)).isLessThanOrEqualTo(50);
            assertThat(outcomes.get(Outcome.RESPONDED)).isGreaterThanOrEqualTo(sent.size() - 50);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void aStoppedWorkerIsFoundByItsTimeLimitAndReplaced(String transport, @TempDir Path folder) throws Exception {
        Middle.Setup setup = Middle.Setup.of(transport, 1).withTimeout(Duration.ofMillis(300));
        try (Middle middle = new Middle(folder, HANDLER, setup).awaitReady()) {
            long stopped = middle.worker(0).pid();
            Signals.toProcess(stopped, Signals.STOP);

            Counted.Answer late = middle.send("/x").await();

            assertThat(late.outcome()).isEqualTo(Outcome.TIMED_OUT);
            assertThat(late.failure().error().code()).isEqualTo(ErrorCode.EVENT_TIMED_OUT);
            assertThat(middle.send("/y").await().body()).isEqualTo("/y");
            assertThat(middle.worker(0).pid()).isNotEqualTo(stopped);
        }
    }

    @Test
    void aHandlerOverItsLimitIsEndedWithItsChildrenAndOthersAreServed(@TempDir Path folder) throws Exception {
        String withChild = """
                import subprocess, time
                def handler(context, event):
                    if event.path == '/slow':
                        subprocess.Popen(['sleep', '1234.5'])
                        time.sleep(60)
                    return event.path
                """;
        Middle.Setup setup = Middle.Setup.of("shm", 1).withTimeout(Duration.ofMillis(500));
        try (Middle middle = new Middle(folder, withChild, setup).awaitReady()) {
            for (int i = 0; i < 100; i++) {
                middle.send("/warm").await();
            }
            Counted slow = middle.send("/slow");
            Counted behind = middle.send("/behind");

            assertThat(slow.await().outcome()).isEqualTo(Outcome.TIMED_OUT);
            assertThat(behind.await().body()).isEqualTo("/behind");
            await("the child to be gone")
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> ProcessHandle.allProcesses()
                            .noneMatch(
                                    one -> one.info().commandLine().orElse("").contains("sleep 1234.5")));
        }
    }

    /** With idle neighbours nothing waits behind a handler that turned out to be slow, though no limit is set. */
    @Test
    void whatWaitsBehindASlowHandlerIsTakenBackForIdleWorkers(@TempDir Path folder) throws Exception {
        try (Middle middle = new Middle(folder, HANDLER, Middle.Setup.of("shm", 2)).awaitReady()) {
            for (int i = 0; i < 400; i++) {
                middle.send("/warm").await();
            }
            List<Counted> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                all.add(middle.send(i == 0 ? "/slow" : "/x" + i));
            }

            for (int i = 1; i < 40; i++) {
                assertThat(all.get(i).await().body()).isEqualTo("/x" + i);
            }
            assertThat(all.getFirst().isDone()).isFalse();
        }
    }
}
