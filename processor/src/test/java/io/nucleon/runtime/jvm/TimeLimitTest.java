package io.nucleon.runtime.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.error.ErrorCode;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LentEvent;
import io.nucleon.invoke.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to handlers that take too long. */
class TimeLimitTest {

    private static final Duration LIMIT = Duration.ofMillis(150);

    @TempDir
    Path folder;

    private TestFunction blocks() {
        Path code = Sources.write(folder, "Blocks.java", Sources.BLOCKS);
        return new TestFunction(new TestFunction.Setting(code).timeout(LIMIT)).awaitReady();
    }

    @Test
    void anEventOverItsLimitFailsAndTheWorkerIsReplaced() {
        try (TestFunction function = blocks()) {
            LentEvent waiting = new LentEvent().body("x");
            Invocation behind = function.invocation(waiting, new RecordedReply(waiting));
            RecordedReply slow = function.send(new LentEvent().body("block"));
            function.offer(behind);

            assertThat(slow.failure().outcome()).isEqualTo(Outcome.TIMED_OUT);
            assertThat(slow.failure().error().code()).isEqualTo(ErrorCode.EVENT_TIMED_OUT);
            assertThat(slow.failure().error().what()).isEqualTo("an event passed its time limit of 150 ms");
            assertThat(slow.failure().error().why())
                    .matches("handler still running at Blocks\\.java:\\d+ \\(.*\\) when stopped");

            await("a new worker is ready").atMost(10, TimeUnit.SECONDS).until(() -> function.readies.get() == 2);
            assertThat(function.lost).hasSize(1);
            assertThat(function.lost.get(0).permanent()).isFalse();
            assertThat(function.lost.get(0).notStarted()).containsExactly(behind);
            assertThat(behind.isOpen()).isTrue();
            RecordedReply next = function.send(new LentEvent().body("next"));
            assertThat(next.answer().text()).as("a new instance").isEqualTo("next 1");
            assertThat(slow.calls()).isEqualTo(1);
            assertThat(function.worker.snapshot().restarts()).isEqualTo(1);
            await("the interrupted thread ends")
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> ((JvmRuntime) function.runtime).stuck() == 0);
        }
    }

    @Test
    void fastEventsNeverTimeOutHoweverLongTheyQueue() {
        String source = Sources.handler("Works", """
                public Response handleEvent(Context context, Event event) {
                    long end = System.nanoTime() + 10_000_000;
                    while (System.nanoTime() < end) { Thread.onSpinWait(); }
                    return new Response();
                }
                """);
        Path code = Sources.write(folder, "Works.java", source);
        try (TestFunction function =
                new TestFunction(new TestFunction.Setting(code).timeout(Duration.ofMillis(300))).awaitReady()) {
            for (int i = 0; i < 40; i++) {
                function.send(new LentEvent());
            }

            assertThat(function.replies).allMatch(reply -> reply.answer().status() == 200);
            assertThat(function.lost).isEmpty();
        }
    }

    @Test
    void handlersThatDoNotEndAreCounted() {
        try (TestFunction function = blocks()) {
            JvmRuntime runtime = (JvmRuntime) function.runtime;
            for (int i = 1; i <= 3; i++) {
                int round = i;
                RecordedReply slow = function.send(new LentEvent().body("spin"));
                assertThat(slow.failure().outcome()).isEqualTo(Outcome.TIMED_OUT);
                await("replaced").atMost(10, TimeUnit.SECONDS).until(() -> function.readies.get() == round + 1);
            }

            assertThat(runtime.stuck()).isEqualTo(3);
            assertThat(runtime.stuckMessage(3).line())
                    .startsWith("NUC-4031 3 calls of handler Blocks of function 'orders' passed their time limit");
            assertThat(function.worker.snapshot().lastError()).startsWith("NUC-4031 3 calls");

            Blocks.release(folder);
            await("they end").atMost(10, TimeUnit.SECONDS).until(() -> runtime.stuck() == 0);
        }
    }

    @Test
    void anAbandonedHandlerCannotReadItsEventAnyMore() {
        String source = Sources.handler("Late", """
                public Response handleEvent(Context context, Event event) {
                    if (event.getPath().equals("/slow")) {
                        while (!Thread.interrupted()) { Thread.onSpinWait(); }
                        try {
                            event.getBody();
                            context.getLogger().error("read");
                        } catch (IllegalStateException e) {
                            context.getLogger().info("refused");
                        }
                    }
                    return new Response();
                }
                """);
        Path code = Sources.write(folder, "Late.java", source);
        try (TestFunction function = new TestFunction(new TestFunction.Setting(code).timeout(LIMIT)).awaitReady()) {
            LentEvent event = new LentEvent();
            event.path = "/slow";

            function.send(event).failure();

            await("the handler has tried").atMost(10, TimeUnit.SECONDS).until(() -> !function.logged.isEmpty());
            assertThat(function.logged.get(0).record().message()).isEqualTo("refused");
            assertThat(function.logged.get(0).invocation()).isNull();
        }
    }
}
