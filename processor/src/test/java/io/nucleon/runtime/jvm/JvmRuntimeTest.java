package io.nucleon.runtime.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import io.nucleon.invoke.BatchCount;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LentEvent;
import io.nucleon.invoke.LogRecord;
import io.nucleon.invoke.Outcome;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handler is called and its answer comes back, on the right threads, once. */
class JvmRuntimeTest {

    private static final String ECHO = Sources.handler("Echo", """
            private int calls;
            public Response handleEvent(Context context, Event event) {
                calls++;
                return new Response().setBody(Thread.currentThread().getName() + " " + calls + " " + new String(event.getBody()));
            }
            """);

    @TempDir
    Path folder;

    @Test
    void aClassFolderAnswers() {
        Path classes = Sources.compile(folder.resolve("src"), folder.resolve("classes"), "Echo.java", ECHO);
        try (TestFunction function = new TestFunction(new TestFunction.Setting(classes)).awaitReady()) {
            RecordedReply reply = function.send(new LentEvent().body("hello"));

            assertThat(reply.answer().text()).isEqualTo("handler-orders-w0 1 hello");
            assertThat(reply.answer().status()).isEqualTo(200);
            assertThat(reply.answer().contentType()).isEqualTo("text/plain");
            assertThat(reply.answer().failed()).isFalse();
        }
    }

    @Test
    void repliesOnTheLoopAndFreesAfterwards() {
        try (TestFunction function = TestFunction.of(folder, "Echo.java", ECHO)) {
            LentEvent event = new LentEvent().body("x");
            RecordedReply reply = new RecordedReply(event);
            Invocation invocation = function.invocation(event, reply);

            function.offer(invocation);
            reply.answer();

            assertThat(reply.thread().getName()).doesNotStartWith("handler-");
            await("it is freed").atMost(5, TimeUnit.SECONDS).until(() -> function.freed.contains(invocation));
            assertThat(invocation.outcome).isEqualTo(Outcome.RESPONDED);
            assertThat(invocation.status).isEqualTo(200);
            assertThat(invocation.worker).isZero();
            assertThat(invocation.givenNanos).isGreaterThanOrEqualTo(invocation.arrivedNanos());
            assertThat(invocation.answeredNanos).isGreaterThanOrEqualTo(invocation.givenNanos);
            assertThat(invocation.handlerNanos).isPositive();
        }
    }

    @Test
    void runsMoreThanItsRingHoldsInOrderAndOnce() {
        try (TestFunction function = TestFunction.of(folder, "Echo.java", ECHO)) {
            List<Invocation> many = new ArrayList<>();
            List<RecordedReply> replies = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                LentEvent event = new LentEvent().body("x");
                replies.add(new RecordedReply(event));
                many.add(function.invocation(event, replies.get(i)));
            }

            function.offer(many.toArray(Invocation[]::new));

            assertThat(replies)
                    .extracting(reply -> reply.answer().text().split(" ")[1])
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 1000)
                            .mapToObj(Integer::toString)
                            .toList());
            await("all are freed").atMost(5, TimeUnit.SECONDS).until(() -> function.freed.size() == 1000);
            assertThat(replies).allMatch(reply -> reply.calls() == 1);
            assertThat(function.worker.snapshot().open()).isZero();
        }
    }

    @Test
    void runsEachMemberOfABatch() {
        try (TestFunction function = TestFunction.of(folder, "Echo.java", ECHO)) {
            Invocation first = null;
            Invocation last = null;
            BatchCount count = new BatchCount(3);
            for (String text : List.of("a", "b", "c")) {
                LentEvent event = new LentEvent().body(text);
                Invocation member = function.invocation(event, new RecordedReply(event));
                member.batched = true;
                member.batch = count;
                if (last == null) {
                    first = member;
                } else {
                    last.batchNext = member;
                }
                last = member;
            }

            function.offer(first);

            assertThat(function.replies)
                    .extracting(reply -> reply.answer().text().substring("handler-orders-w0 ".length()))
                    .containsExactly("1 a", "2 b", "3 c");
            await("every member is freed").atMost(5, TimeUnit.SECONDS).until(() -> function.freed.size() == 3);
        }
    }

    @Test
    void doesNotRunWhatWasCancelled() {
        try (TestFunction function = TestFunction.of(folder, "Echo.java", ECHO)) {
            LentEvent event = new LentEvent();
            Invocation cancelled = function.invocation(event, new RecordedReply(event));
            cancelled.cancel();

            function.offer(cancelled);
            RecordedReply next = function.send(new LentEvent().body("x"));

            assertThat(next.answer().text()).endsWith(" 1 x");
            assertThat(function.replies.get(0).calls()).isZero();
            await("its place is free").atMost(5, TimeUnit.SECONDS).until(() -> function.freed.contains(cancelled));
            assertThat(cancelled.outcome).isEqualTo(Outcome.CANCELLED);
        }
    }

    @Test
    void anExceptionIsAnAnswerAndTheWorkerLives() {
        String source = Sources.handler("Moody", """
                public Response handleEvent(Context context, Event event) {
                    switch (new String(event.getBody())) {
                        case "throw": throw new IllegalStateException("boom");
                        case "error": throw new StackOverflowError();
                        case "null": return null;
                        default: return new Response().setBody("fine");
                    }
                }
                """);
        try (TestFunction function = TestFunction.of(folder, "Moody.java", source)) {
            RecordedReply thrown = function.send(new LentEvent().body("throw"));
            RecordedReply error = function.send(new LentEvent().body("error"));
            RecordedReply nothing = function.send(new LentEvent().body("null"));
            RecordedReply fine = function.send(new LentEvent().body(""));

            assertThat(thrown.answer().text())
                    .isEqualTo("Error in handler: java.lang.IllegalStateException: boom\n"
                            + "\tat Moody.handleEvent(Moody.java:5)");
            assertThat(thrown.answer().status()).isEqualTo(500);
            assertThat(thrown.answer().extra())
                    .containsEntry("error", List.of("java.lang.IllegalStateException"))
                    .containsEntry("at", List.of("Moody.java:5"))
                    .containsEntry("message", List.of("boom"));
            assertThat(error.answer().text()).startsWith("Error in handler: java.lang.StackOverflowError");
            assertThat(nothing.answer().text()).isEqualTo("Error in handler: Moody returned null");
            assertThat(List.of(thrown, error, nothing))
                    .allMatch(reply -> reply.answer().failed());
            assertThat(fine.answer().text()).isEqualTo("fine");
            assertThat(function.lost).isEmpty();
        }
    }

    @Test
    void logsWithTheEventInHand() {
        String source = Sources.handler("Logs", """
                public Response handleEvent(Context context, Event event) {
                    context.getLogger().infoWith("stored", "id", 7);
                    Thread other = new Thread(() -> context.getLogger().warn("from elsewhere"));
                    other.start();
                    try { other.join(); } catch (InterruptedException e) { throw new IllegalStateException(e); }
                    return new Response();
                }
                """);
        try (TestFunction function = TestFunction.of(folder, "Logs.java", source)) {
            LentEvent event = new LentEvent();
            RecordedReply captures = new RecordedReply(event).capturing();
            Invocation invocation = function.invocation(event, captures);

            function.offer(invocation);
            captures.answer();

            assertThat(function.logged).hasSize(2);
            assertThat(function.logged.get(0).invocation()).isSameAs(invocation);
            assertThat(function.logged.get(1).invocation()).isNull();
            LogRecord stored = function.logged.get(0).record();
            assertThat(stored.level()).isEqualTo(1);
            assertThat(stored.worker()).isZero();
            assertThat(stored.message()).isEqualTo("stored");
            assertThat(stored.with()).isEqualTo("{\"id\":7,\"worker_id\":\"0\"}");
            assertThat(captures.logs()).containsExactly(stored);
        }
    }

    @Test
    void givesWhatWaitsBehindARunningHandlerBack() {
        try (TestFunction function = TestFunction.of(folder, "Blocks.java", Sources.BLOCKS)) {
            List<Invocation> offered = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                LentEvent event = new LentEvent().body(i == 0 ? "block" : "x");
                offered.add(function.invocation(event, new RecordedReply(event)));
            }
            function.offer(offered.toArray(Invocation[]::new));
            function.awaitLog("blocked");

            List<Invocation> taken = function.onLoop(function.worker::takeBack);
            RecordedReply later = function.send(new LentEvent().body("later"));
            function.send(new LentEvent().body("later too"));
            Blocks.release(folder);

            assertThat(taken).containsExactlyElementsOf(offered.subList(1, 100));
            assertThat(function.replies.get(0).answer().text()).isEqualTo("block 1");
            assertThat(later.answer().text()).isEqualTo("later 2");
            assertThat(taken).allMatch(Invocation::isOpen);
            await("freed").atMost(5, TimeUnit.SECONDS).until(() -> function.freed.size() == 3);
            assertThat(function.onLoop(function.worker::takeBack)).isEmpty();
        }
    }

    @Test
    void stopLetsTheRunningEventFinishAndHandsTheRestBack() {
        try (TestFunction function = TestFunction.of(folder, "Blocks.java", Sources.BLOCKS)) {
            LentEvent blocking = new LentEvent().body("block");
            LentEvent waiting = new LentEvent().body("x");
            Invocation notBegun = function.invocation(waiting, new RecordedReply(waiting));
            RecordedReply begun = function.send(blocking);
            function.offer(notBegun);
            function.awaitLog("blocked");

            var stopped = function.worker.stop(TimeUnit.SECONDS.toNanos(10)).toCompletableFuture();
            assertThat(stopped).isNotDone();
            Blocks.release(folder);
            stopped.join();

            assertThat(begun.answer().text()).isEqualTo("block 1");
            assertThat(function.lost).hasSize(1);
            assertThat(function.lost.get(0).notStarted()).containsExactly(notBegun);
            assertThat(function.lost.get(0).permanent()).isTrue();
            assertThat(function.worker.snapshot().state()).isEqualTo("stopped");
        }
    }

    @Test
    void stopEndsWhatDoesNotFinishInTime() {
        try (TestFunction function = TestFunction.of(folder, "Blocks.java", Sources.BLOCKS)) {
            RecordedReply begun = function.send(new LentEvent().body("block"));
            function.awaitLog("blocked");

            function.worker.stop(1).toCompletableFuture().join();

            assertThat(begun.failure().outcome()).isEqualTo(Outcome.WORKER_LOST);
            assertThat(begun.failure().error().code()).isEqualTo(ErrorCode.DRAINING);
            assertThat(begun.calls()).isEqualTo(1);
        }
    }

    @Test
    void aConstructorThatThrowsLosesTheWorkerForGood() {
        String source = Sources.handler("Fails", """
                public Fails() { throw new IllegalStateException("no database"); }
                public Response handleEvent(Context context, Event event) { return null; }
                """);
        try (TestFunction function =
                new TestFunction(new TestFunction.Setting(Sources.write(folder, "Fails.java", source)))) {
            await("it is lost").atMost(10, TimeUnit.SECONDS).until(() -> !function.lost.isEmpty());

            assertThat(function.lost.get(0).permanent()).isTrue();
            assertThat(function.lost.get(0).why().code()).isEqualTo(ErrorCode.INIT_FAILED);
            assertThat(function.worker.snapshot().lastError()).contains("no database");
        }
    }

    @Test
    void aHandlerThatIsNotThereFailsBeforeAnythingStarts() {
        Path code = Sources.write(folder, "Echo.java", ECHO);
        TestFunction.Setting setting = new TestFunction.Setting(code).handler("Ecco");

        NucleonException thrown = catchThrowableOfType(
                NucleonException.class, () -> new JvmRuntimeFactory().create(setting.build(), null));

        assertThat(thrown.code()).isEqualTo(ErrorCode.HANDLER_MISSING);
        assertThat(thrown.error().fix()).containsExactly("did you mean 'Echo'? set spec.handler: Echo");
    }

    @Test
    void theCodeIsUnloadedAfterTheLastWorkerAndTheRuntimeAreClosed() {
        WeakReference<ClassLoader> loader = runAndClose();

        await("the class loader is unloaded").atMost(20, TimeUnit.SECONDS).until(() -> {
            System.gc();
            return loader.refersTo(null);
        });
    }

    private WeakReference<ClassLoader> runAndClose() {
        try (TestFunction function = TestFunction.of(folder, "Echo.java", ECHO)) {
            function.send(new LentEvent().body("x")).answer();
            return new WeakReference<>(((JvmRuntime) function.runtime).handler().classLoader());
        }
    }
}
