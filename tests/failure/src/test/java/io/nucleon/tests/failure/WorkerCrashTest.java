package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.error.ErrorCode;
import io.nucleon.invoke.Outcome;
import io.nucleon.os.Signals;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that end, hang or are over their time: what ran is lost, nothing else. */
class WorkerCrashTest {

    @EachVariant
    void theRunningEventFailsWithSignalAndStderrAndThoseBehindItAreServed(Variant variant, @TempDir Path folder)
            throws Exception {
        try (Middle middle = Middle.of(folder, Middle.Setup.of(variant, 1)).awaitReady()) {
            for (int i = 0; i < 200; i++) {
                middle.send("/warm").await(); // so that prefetch puts several into the ring
            }

            Hold dying = Hold.begin(middle, folder, "/die");
            List<Counted> behind = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                behind.add(middle.send("/behind" + i));
            }

            Counted.Answer lost = dying.letGo().await();
            assertThat(lost.outcome()).isEqualTo(Outcome.WORKER_LOST);
            assertThat(lost.failure().error().code()).isEqualTo(ErrorCode.WORKER_CRASHED);
            assertThat(lost.failure().error().what())
                    .contains(variant.language().crash());
            assertThat(lost.failure().error().why()).contains("about to die");
            for (int i = 0; i < 20; i++) {
                Counted.Answer answer = behind.get(i).await();
                assertThat(answer.failure()).as("behind %d", i).isNull();
                assertThat(answer.body()).isEqualTo("/behind" + i);
            }
        }
    }

    @EachVariant
    void anExitOfTheHandlersProcessIsNamed(Variant variant, @TempDir Path folder) throws Exception {
        try (Middle middle = Middle.of(folder, Middle.Setup.of(variant, 1)).awaitReady()) {
            Counted.Answer lost = middle.send("/exit").await();

            assertThat(lost.outcome()).isEqualTo(Outcome.WORKER_LOST);
            assertThat(lost.failure().error().what()).contains("exit 3");
            assertThat(middle.send("/after").await().body()).isEqualTo("/after");
        }
    }

    /** The end of a process may be noticed before what it printed is read. */
    @Test
    void allThatItPrintedBeforeItsEndIsRead(@TempDir Path folder) throws Exception {
        String prints = """
                import os, sys

                def handler(context, event):
                    for line in range(2000):
                        sys.stderr.write(f'line {line} of what it has to say\\n')
                    sys.stderr.write('last words\\n')
                    sys.stderr.flush()
                    os._exit(7)
                """;
        try (Middle middle = new Middle(folder, prints, Middle.Setup.of("unix", 1)).awaitReady()) {
            for (int i = 0; i < 3; i++) {
                Counted.Answer lost = middle.send("/x").await();

                assertThat(lost.failure().error().why()).endsWith("last words");
            }
        }
    }

    /** Every event gets exactly one answer; only what ran may be lost, and never more than one per kill. */
    @EachVariant
    void aHundredKillsAtLoadLoseOnlyWhatRan(Variant variant, @TempDir Path folder) throws Exception {
        SplittableRandom random = new SplittableRandom();
        int kills = variant.shareOf(100);
        try (Middle middle = Middle.of(folder, Middle.Setup.of(variant, 2)).awaitReady()) {
            List<Counted> sent = new ArrayList<>();
            for (int kill = 0; kill < kills; kill++) {
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
            assertThat(outcomes.getOrDefault(Outcome.WORKER_LOST, 0)).isLessThanOrEqualTo(kills);
            assertThat(outcomes.get(Outcome.RESPONDED)).isGreaterThanOrEqualTo(sent.size() - kills);
        }
    }

    @EachVariant
    void aStoppedWorkerIsFoundByItsTimeLimitAndReplaced(Variant variant, @TempDir Path folder) throws Exception {
        Middle.Setup setup = Middle.Setup.of(variant, 1).withTimeout(Duration.ofSeconds(1));
        try (Middle middle = Middle.of(folder, setup).awaitReady()) {
            long stopped = middle.worker(0).pid();
            Signals.toProcess(stopped, Signals.STOP);
            await("all its threads to stand still")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> threadStates(stopped).stream().allMatch(state -> state == 'T'));

            Counted.Answer late = middle.send("/x").await();

            assertThat(late.outcome()).isEqualTo(Outcome.TIMED_OUT);
            assertThat(late.failure().error().code()).isEqualTo(ErrorCode.EVENT_TIMED_OUT);
            assertThat(middle.send("/y").await().body()).isEqualTo("/y");
            assertThat(middle.worker(0).pid()).isNotEqualTo(stopped);
        }
    }

    private static List<Character> threadStates(long pid) throws IOException {
        List<Character> states = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                String stat = Files.readString(thread.resolve("stat"));
                states.add(stat.charAt(stat.lastIndexOf(')') + 2));
            }
        }
        return states;
    }

    @EachLanguage
    void aHandlerOverItsLimitIsEndedWithItsChildrenAndOthersAreServed(Variant variant, @TempDir Path folder)
            throws Exception {
        Middle.Setup setup = Middle.Setup.of(variant, 1).withTimeout(Duration.ofSeconds(1));
        try (Middle middle = Middle.of(folder, setup).awaitReady()) {
            for (int i = 0; i < 100; i++) {
                middle.send("/warm").await();
            }
            Counted slow = middle.send("/child");
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
    @EachOverShm
    void whatWaitsBehindASlowHandlerIsTakenBackForIdleWorkers(Variant variant, @TempDir Path folder) throws Exception {
        try (Middle middle = Middle.of(folder, Middle.Setup.of(variant, 2)).awaitReady()) {
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
