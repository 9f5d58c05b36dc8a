package io.nucleon.invoke;

import io.nucleon.error.ErrorMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * An invoker for tests of triggers: keeps what it was given and answers at once, on another thread, or when the test says so. Safe for
 * many threads.
 */
public final class RecordingInvoker implements Invoker {

    private final List<SeenEvent> events = new CopyOnWriteArrayList<>();
    private final List<List<SeenEvent>> batches = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Invocation> open = new LinkedBlockingQueue<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final Function<SeenEvent, GivenResponse> handler;
    private final Executor executor;
    private final InvocationIds ids = new InvocationIds(Clock.system());

    private RecordingInvoker(Function<SeenEvent, GivenResponse> handler, Executor executor) {
        this.handler = handler;
        this.executor = executor;
    }

    /** Answers before {@code invoke} returns, as a non-blocking handler on the loop does. */
    public static RecordingInvoker answering(Function<SeenEvent, GivenResponse> handler) {
        return new RecordingInvoker(handler, Runnable::run);
    }

    /** Answers on threads of the executor, as handlers in the process do. */
    public static RecordingInvoker answering(Function<SeenEvent, GivenResponse> handler, Executor executor) {
        return new RecordingInvoker(handler, executor);
    }

    /** Leaves events open until the test takes and answers them. */
    public static RecordingInvoker holding() {
        return new RecordingInvoker(null, Runnable::run);
    }

    @Override
    public Invocation invoke(Event event, long waitNanos, Reply reply) {
        SeenEvent seen = SeenEvent.of(event);
        events.add(seen);
        Invocation invocation = new Invocation(event, reply, ids, System.nanoTime(), waitNanos);
        give(invocation, seen);
        return invocation;
    }

    @Override
    public void invokeBatch(List<? extends Event> batch, long waitNanos, List<? extends Reply> replies) {
        batches.add(batch.stream().map(SeenEvent::of).toList());
        for (int i = 0; i < batch.size(); i++) {
            Invocation invocation = new Invocation(batch.get(i), replies.get(i), ids, System.nanoTime(), waitNanos);
            invocation.batched = true;
            give(invocation, SeenEvent.of(batch.get(i)));
        }
    }

    private void give(Invocation invocation, SeenEvent seen) {
        invocation.worker = 0;
        invocation.givenNanos = System.nanoTime();
        invocation.cancelledBy(gone -> cancelled.incrementAndGet());
        if (handler == null) {
            open.add(invocation);
        } else {
            executor.execute(() -> answer(invocation, handler.apply(seen)));
        }
    }

    /** Answers it on the calling thread; false if it had been ended. */
    public static boolean answer(Invocation invocation, GivenResponse response) {
        invocation.answeredNanos = System.nanoTime();
        invocation.handlerNanos = response.handlerNanos();
        boolean won = response.more() ? invocation.beginStream() : invocation.close();
        if (won) {
            invocation.reply().respond(invocation, response);
        }
        return won;
    }

    /** Ends it without an answer. */
    public static void fail(Invocation invocation, Outcome outcome, ErrorMessage error) {
        if (invocation.close()) {
            invocation.reply().fail(invocation, new Failure(outcome, error));
        }
    }

    /** The next open invocation, waiting up to ten seconds for it. */
    public Invocation take() throws InterruptedException {
        Invocation next = open.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no event came");
        }
        return next;
    }

    /** What was given so far, batches apart. */
    public List<SeenEvent> events() {
        return new ArrayList<>(events);
    }

    /** The batches given so far. */
    public List<List<SeenEvent>> batches() {
        return new ArrayList<>(batches);
    }

    /** How many invocations nobody has taken. */
    public int openCount() {
        return open.size();
    }

    /** How many were cancelled by their trigger. */
    public int cancelled() {
        return cancelled.get();
    }

    @Override
    public boolean isCongested() {
        return false;
    }
}
