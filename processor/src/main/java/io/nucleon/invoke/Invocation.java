package io.nucleon.invoke;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One event on its way, open until its reply. The only object that the middle makes for an event.
 *
 * <p>Whoever ends an invocation (an answer, a time limit, the death of its worker, drain, cancel) must win {@link #close()} first; the
 * winner calls the reply, the others do nothing. Apart from that and {@link #cancel()}, its fields belong to the thread that owns the
 * worker it is on.
 */
public final class Invocation {

    private static final int OPEN = 0;
    private static final int STREAMING = 1;
    private static final int CLOSED = 2;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Invocation.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Reply reply;
    private final InvocationIds ids;
    private Event event;
    private long number;
    private long arrivedNanos;
    private long waitUntilNanos;
    private volatile int state;
    private volatile Canceller canceller;

    /** When it was given to its worker (nanoTime), 0 while it waits. */
    public long givenNanos;
    /** When the answer arrived (nanoTime). */
    public long answeredNanos;
    /** ns spent in the handler, as the worker measured it. */
    public long handlerNanos;
    /** Place in its worker's table of open invocations, chosen by the runtime. */
    public long correlation;
    /** Request position behind its frame: started if the worker's {@code claimed} has reached it. */
    public long endPosition;
    /** How many workers died with it started. */
    public int crashes;
    /** Index of the worker that has or had it, -1 for none. */
    public int worker = -1;
    /** How it ended; null while it is open. Set by the winner of {@link #close()}. */
    public Outcome outcome;
    /** The handler's status, 0 if it gave none. */
    public int status;
    /** Bytes of the answer's body so far. */
    public long answerBytes;
    /** What its handler raised; null if it did not. */
    public Raised raised;
    /** The next member of its batch; null for the last one and for a single event. */
    public Invocation batchNext;
    /** Counts the members of its batch; null for a single event. */
    public BatchCount batch;
    /** Whether it came as part of a batch. */
    public boolean batched;
    /** The run that it is of, with which its worker may go on; null if it came by itself. */
    public EventRun run;
    /** What a handler in the processor reads; set before it begins. */
    public Loan loan;
    /** Called by {@link #resume()}; set by the runtime while it holds a stream back. */
    public volatile Runnable resumer;

    /** Ends an invocation that is still on its way; made by whoever holds it. */
    @FunctionalInterface
    public interface Canceller {
        /** Called at most once, from any thread. */
        void cancel(Invocation invocation);
    }

    /** What a handler was lent of the event. */
    @FunctionalInterface
    public interface Loan {
        /** Returns when nobody reads it any more. Any thread. */
        void revoke();
    }

    /** An open invocation that takes the next of the ids; times as {@link Clock#nanoTime()}. */
    public Invocation(Event event, Reply reply, InvocationIds ids, long arrivedNanos, long waitNanos) {
        this(event, reply, ids, ids.next(arrivedNanos, 1), arrivedNanos, arrivedNanos + waitNanos);
    }

    private Invocation(
            Event event, Reply reply, InvocationIds ids, long number, long arrivedNanos, long waitUntilNanos) {
        this.event = event;
        this.reply = reply;
        this.ids = ids;
        this.number = number;
        this.arrivedNanos = arrivedNanos;
        this.waitUntilNanos = waitUntilNanos;
    }

    /** The first of a run, for all of which it takes ids. */
    public static Invocation firstOf(EventRun run, InvocationIds ids, long arrivedNanos, long waitNanos) {
        long number = ids.next(arrivedNanos, run.size());
        Invocation first = new Invocation(run.event(0), run, ids, number, arrivedNanos, arrivedNanos + waitNanos);
        first.run = run;
        run.begins(first);
        return first;
    }

    /** The first of a batch of at least one event, chained to the others; each event has the reply of the same index. */
    public static Invocation firstOf(
            List<? extends Event> events,
            List<? extends Reply> replies,
            InvocationIds ids,
            long arrivedNanos,
            long waitNanos) {
        BatchCount count = new BatchCount(events.size());
        Invocation first = null;
        Invocation last = null;
        for (int i = 0; i < events.size(); i++) {
            Invocation one = new Invocation(events.get(i), replies.get(i), ids, arrivedNanos, waitNanos);
            one.batched = true;
            one.batch = count;
            if (first == null) {
                first = one;
            } else {
                last.batchNext = one;
            }
            last = one;
        }
        return first;
    }

    /**
     * The one behind it in its run, of that event, which its worker begins now.
     *
     * @param used an invocation of the run that is done and that nobody holds any more, to be used again; null for none
     */
    Invocation following(Invocation used, Event next, long nowNanos) {
        Invocation following = used == null ? new Invocation(next, reply, ids, 0, 0, 0) : used;
        following.event = next;
        following.number = number + 1;
        following.arrivedNanos = nowNanos;
        following.waitUntilNanos = nowNanos;
        following.givenNanos = nowNanos;
        following.run = run;
        following.worker = worker;
        return following;
    }

    /** The worker's thread, of one that is not a run's first: when it was begun and how long its handler took. */
    public void tookFrom(long begunNanos, long nanos) {
        arrivedNanos = begunNanos;
        waitUntilNanos = begunNanos;
        givenNanos = begunNanos;
        answeredNanos = begunNanos + nanos;
        handlerNanos = nanos;
    }

    /** How many events its end ends: those of its whole run. */
    public int weight() {
        return run == null ? 1 : run.size();
    }

    public Event event() {
        return event;
    }

    public Reply reply() {
        return reply;
    }

    /** What logs, the command line and the journal call this event; {@link Event#id()} is its source's own. Made with each call. */
    public String id() {
        byte[] text = new byte[InvocationIds.LENGTH];
        putId(text, 0);
        return new String(text, StandardCharsets.US_ASCII);
    }

    /** Writes {@link #id()}, {@link InvocationIds#LENGTH} bytes. */
    @SuppressWarnings("deprecation") // the method that takes the low bytes only: ids are ASCII
    public void putId(byte[] target, int at) {
        String given = event.invocationId();
        if (given.length() == InvocationIds.LENGTH) {
            given.getBytes(0, InvocationIds.LENGTH, target, at);
            return;
        }
        ids.put(number, target, at);
    }

    public long arrivedNanos() {
        return arrivedNanos;
    }

    /** Until when it may wait for a worker. */
    public long waitUntilNanos() {
        return waitUntilNanos;
    }

    /** Whether nobody has ended it. */
    public boolean isOpen() {
        return state != CLOSED;
    }

    /** Whether its answer has begun but not ended. */
    public boolean isStreaming() {
        return state == STREAMING;
    }

    /** Ends it; true for exactly one caller, who must then call the reply (or drop the result, if it was the caller's own cancel). */
    public boolean close() {
        int seen = state;
        return seen != CLOSED && (int) STATE.getAndSet(this, CLOSED) != CLOSED;
    }

    /** Takes back what its handler was lent; for whoever has closed it while that runs. */
    public void revokeLoan() {
        if (loan != null) {
            loan.revoke();
        }
    }

    /** Notes that the answer has begun; false if it has been ended meanwhile. */
    public boolean beginStream() {
        return STATE.compareAndSet(this, OPEN, STREAMING);
    }

    /** Names who can take it out of the way when its caller goes away. */
    public void cancelledBy(Canceller holder) {
        canceller = holder;
    }

    /** The caller is gone: nobody will read the answer. Any thread. The reply is not called any more. */
    public void cancel() {
        if (close()) {
            outcome = Outcome.CANCELLED;
            Canceller holder = canceller;
            if (holder != null) {
                holder.cancel(this);
            }
        }
    }

    /** The reader of a stream keeps up again. Any thread. */
    public void resume() {
        Runnable waiting = resumer;
        if (waiting != null) {
            waiting.run();
        }
    }
}
