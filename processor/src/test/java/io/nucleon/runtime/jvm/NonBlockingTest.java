package io.nucleon.runtime.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LentEvent;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handlers that are called where their events arrive. */
class NonBlockingTest {

    private static final String SOURCE = "@NonBlocking\n" + Sources.handler("Quick", """
                    private int calls;
                    public Response handleEvent(Context context, Event event) {
                        calls++;
                        if (event.getPath().equals("/slow")) {
                            long end = System.nanoTime() + 15_000_000;
                            while (System.nanoTime() < end) { Thread.onSpinWait(); }
                        }
                        ClassLoader loader = Thread.currentThread().getContextClassLoader();
                        return new Response().setBody(calls + " " + (loader == getClass().getClassLoader()) + " "
                            + Thread.currentThread().getName());
                    }
                    """);

    @TempDir
    Path folder;

    @Test
    void runsInTheCallOfOffer() {
        try (TestFunction function = TestFunction.of(folder, "Quick.java", SOURCE)) {
            LentEvent event = new LentEvent();
            RecordedReply reply = new RecordedReply(event);
            Invocation invocation = function.invocation(event, reply);

            boolean answered = function.onLoop(() -> {
                function.worker.offer(invocation);
                return reply.isCalled() && function.freed.contains(invocation);
            });

            assertThat(answered).isTrue();
            assertThat(reply.answer().text())
                    .isEqualTo("1 true " + reply.thread().getName());
            assertThat(invocation.handlerNanos).isPositive();
            assertThat(function.<ClassLoader>onLoop(() -> Thread.currentThread().getContextClassLoader()))
                    .isSameAs(getClass().getClassLoader());
        }
    }

    @Test
    void runsWhatIsOfferedByAReplyAfterTheReply() {
        try (TestFunction function = TestFunction.of(folder, "Quick.java", SOURCE)) {
            LentEvent second = new LentEvent();
            RecordedReply secondReply = new RecordedReply(second);
            Invocation next = function.invocation(second, secondReply);
            function.whenFreed = () -> {
                function.whenFreed = () -> {};
                function.worker.offer(next);
                assertThat(secondReply.isCalled()).as("not on top of the first").isFalse();
            };

            RecordedReply first = function.send(new LentEvent());

            assertThat(first.answer().text()).startsWith("1 ");
            assertThat(secondReply.answer().text()).startsWith("2 ");
        }
    }

    @Test
    void forgivesOneSlowCallButNotTwoNorOneThatIsFarTooSlow() {
        long slow = SlowCalls.SLOW_NANOS + 1;
        SlowCalls calls = new SlowCalls();

        assertThat(calls.count(SlowCalls.FAR_TOO_SLOW_NANOS + 1))
                .as("the first loads classes")
                .isFalse();
        assertThat(calls.count(SlowCalls.SLOW_NANOS)).isFalse();
        assertThat(calls.count(slow)).as("again").isTrue();

        SlowCalls rare = new SlowCalls();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(rare.count(1)).isFalse();
            }
            assertThat(rare.count(slow)).as("one in a thousand").isFalse();
        }
        for (int i = 0; i < 1_000; i++) {
            rare.count(1);
        }
        assertThat(rare.count(SlowCalls.FAR_TOO_SLOW_NANOS + 1)).isTrue();
    }

    @Test
    void movesToThreadsForGoodWhenItTakesTooLong() {
        try (TestFunction function = TestFunction.of(folder, "Quick.java", SOURCE)) {
            for (int i = 1; i <= 2; i++) {
                LentEvent slow = new LentEvent();
                slow.path = "/slow";
                assertThat(function.send(slow).answer().text())
                        .startsWith(i + " ")
                        .doesNotContain("handler-");
            }

            assertThat(function.send(new LentEvent()).answer().text()).isEqualTo("3 true handler-orders-w0");
            assertThat(function.send(new LentEvent()).answer().text()).isEqualTo("4 true handler-orders-w0");
            await("all are freed").atMost(5, TimeUnit.SECONDS).until(() -> function.freed.size() == 4);
        }
    }
}
