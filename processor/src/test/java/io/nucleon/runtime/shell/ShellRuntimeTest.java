package io.nucleon.runtime.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.error.ErrorCode;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LentEvent;
import io.nucleon.invoke.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process for an event: what goes in, what comes out, and that its group ends when nobody wants it any more. */
class ShellRuntimeTest {

    /** Writes the pids of itself and of a child of its own, then waits with it. */
    private static final String HANGS = "sleep 3600 & echo $$ $! >pids.new; mv pids.new pids; wait\n";

    @TempDir
    Path folder;

    @Test
    void aLargeBodyGoesInAndComesOutAsItIs() {
        byte[] body = new byte[64 << 20];
        new Random(7).nextBytes(body);
        try (TestShell function = new TestShell(TestShell.of(folder, "exec cat\n"))) {
            RecordedReply reply = function.send(new LentEvent().body(body)).awaitEnd();

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.failed()).isFalse();
            assertThat(Arrays.equals(reply.bytes(), body)).isTrue();
            assertThat(reply.parts()).isGreaterThan(1);
        }
    }

    @Test
    void aSlowReaderHoldsTheProcessBack() {
        TestShell.Setting setting =
                TestShell.of(folder, "exec head -c 8000000 /dev/zero\n").attribute("streamAfterBytes", 0);
        try (TestShell function = new TestShell(setting)) {
            LentEvent event = new LentEvent().body("");
            RecordedReply reply = new RecordedReply(event).slow();
            Invocation invocation = function.invocation(event, reply);
            function.offer(invocation);
            reply.awaitBegun();

            await("the process waits")
                    .during(300, TimeUnit.MILLISECONDS)
                    .atMost(20, TimeUnit.SECONDS)
                    .until(() -> reply.bytes().length < 1 << 20);
            reply.fast();
            invocation.resume();

            assertThat(reply.awaitEnd().bytes()).hasSize(8_000_000);
            assertThat(invocation.outcome).isEqualTo(Outcome.RESPONDED);
        }
    }

    @Test
    void aCallerThatGoesAwayEndsTheWholeGroup() {
        try (TestShell function = new TestShell(TestShell.of(folder, HANGS))) {
            LentEvent event = new LentEvent().body("");
            RecordedReply reply = new RecordedReply(event);
            Invocation invocation = function.invocation(event, reply);
            function.offer(invocation);
            List<Long> pids = pids();

            invocation.cancel();

            awaitEnd(pids);
            function.awaitFreed(1);
            assertThat(reply.calls()).isZero();
            assertThat(invocation.outcome).isEqualTo(Outcome.CANCELLED);
        }
    }

    @Test
    void aTimeLimitEndsTheWholeGroup() {
        TestShell.Setting setting =
                TestShell.of(folder, "trap '' TERM INT HUP\n" + HANGS).timeout(Duration.ofMillis(400));
        try (TestShell function = new TestShell(setting)) {
            RecordedReply reply = function.send(new LentEvent().body(""));
            List<Long> pids = pids();

            assertThat(reply.failure().outcome()).isEqualTo(Outcome.TIMED_OUT);
            assertThat(reply.failure().error().code()).isEqualTo(ErrorCode.EVENT_TIMED_OUT);
            awaitEnd(pids);
            function.awaitFreed(1);
            assertThat(reply.calls()).isEqualTo(1);
        }
    }

    @Test
    void stopEndsWhatDoesNotFinishInTime() {
        try (TestShell function = new TestShell(TestShell.of(folder, HANGS))) {
            RecordedReply reply = function.send(new LentEvent().body(""));
            List<Long> pids = pids();

            function.worker.stop(1).toCompletableFuture().join();

            assertThat(reply.failure().outcome()).isEqualTo(Outcome.WORKER_LOST);
            assertThat(reply.failure().error().code()).isEqualTo(ErrorCode.DRAINING);
            awaitEnd(pids);
            assertThat(function.worker.snapshot().state()).isEqualTo("stopped");
        }
    }

    @Test
    void stopLetsTheRunningEventFinish() {
        try (TestShell function = new TestShell(TestShell.of(folder, "read -r line; sleep 0.2; echo \"$line\"\n"))) {
            RecordedReply reply = function.send(new LentEvent().body("hello\n"));

            function.worker
                    .stop(TimeUnit.SECONDS.toNanos(10))
                    .toCompletableFuture()
                    .join();

            assertThat(reply.text()).isEqualTo("hello\n");
            assertThat(function.lost).hasSize(1);
            assertThat(function.lost.get(0).permanent()).isTrue();
        }
    }

    @Test
    void whatIsLeftBehindEndsWithTheRuntime() {
        String text = "setsid sleep 3600 >/dev/null 2>&1 </dev/null & echo $! >pids.new; mv pids.new pids\n";
        List<Long> pids;
        try (TestShell function = new TestShell(TestShell.of(folder, text))) {
            assertThat(function.send(new LentEvent().body("")).status()).isEqualTo(200);
            pids = pids();
            assertThat(pids).allMatch(ShellRuntimeTest::runs);
        }

        awaitEnd(pids);
    }

    @Test
    void aProgramThatCanNotBeExecutedIsAFailure() throws IOException {
        TestShell.Setting setting = TestShell.of(folder, "echo x\n");
        Files.write(folder.resolve("broken"), new byte[] {0x7f, 'E', 'L', 'F', 1, 2, 3});
        folder.resolve("broken").toFile().setExecutable(true);
        try (TestShell function = new TestShell(new TestShell.Setting(folder, "broken"))) {
            RecordedReply reply = function.send(new LentEvent().body("x"));

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.text())
                    .isEqualTo("Failed to run shell command.\nError: fork/exec " + folder
                            + "/broken: exec format error\nOutput:");
            function.awaitFreed(1);
            assertThat(function.send(new LentEvent().body("x")).failed()).isTrue();
        }
        assertThat(setting).isNotNull();
    }

    @Test
    void aResidentProcessThatDiesCostsOnlyTheEventInHand() {
        String text =
                "while read -r line; do case $line in die) echo 'last words' >&2; exit 3 ;; *) echo \"$line\" ;; esac; done\n";
        TestShell.Setting setting = TestShell.of(folder, text).attribute("mode", "resident");
        try (TestShell function = new TestShell(setting)) {
            LentEvent first = new LentEvent().body("one");
            LentEvent deadly = new LentEvent().body("die");
            LentEvent behind = new LentEvent().body("two");
            RecordedReply answered = new RecordedReply(first);
            RecordedReply failed = new RecordedReply(deadly);
            Invocation handedBack = function.invocation(behind, new RecordedReply(behind));

            function.offer(function.invocation(first, answered), function.invocation(deadly, failed), handedBack);

            assertThat(answered.text()).isEqualTo("one");
            assertThat(failed.failure().outcome()).isEqualTo(Outcome.WORKER_LOST);
            assertThat(failed.failure().error().why()).contains("last words");
            assertThat(function.lost).hasSize(1);
            assertThat(function.lost.get(0).notStarted()).containsExactly(handedBack);
            assertThat(handedBack.isOpen()).isTrue();
            await("it is started again").atMost(10, TimeUnit.SECONDS).until(() -> function.readies.get() == 2);
            assertThat(function.send(new LentEvent().body("again")).text()).isEqualTo("again");
        }
    }

    @Test
    void aResidentProcessEndsAtTheEndOfItsInput() throws IOException {
        String text = "while read -r line; do echo \"$line\"; done; echo done >ended\n";
        TestShell.Setting setting = TestShell.of(folder, text).attribute("mode", "resident");
        try (TestShell function = new TestShell(setting)) {
            assertThat(function.send(new LentEvent().body("x")).text()).isEqualTo("x");

            function.worker
                    .stop(TimeUnit.SECONDS.toNanos(10))
                    .toCompletableFuture()
                    .join();

            assertThat(Files.readString(folder.resolve("ended"))).isEqualTo("done\n");
        }
    }

    private List<Long> pids() {
        Path file = folder.resolve("pids");
        await("the handler runs").atMost(10, TimeUnit.SECONDS).until(() -> Files.exists(file));
        try {
            return Arrays.stream(Files.readString(file).strip().split(" "))
                    .map(Long::parseLong)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static void awaitEnd(List<Long> pids) {
        await("they are gone")
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> pids.stream().noneMatch(ShellRuntimeTest::runs));
    }
}
