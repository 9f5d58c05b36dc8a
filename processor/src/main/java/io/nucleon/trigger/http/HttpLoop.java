package io.nucleon.trigger.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Clock;
import io.nucleon.loop.LoopPass;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a listener keeps for one event loop: its channels, which of them have answers to flush, buffers to write with. Confined to the
 * loop, except where a method says otherwise.
 *
 * <p>Channels with unflushed answers form a list; one entry in the loop's pass flushes each of them once per drain. Answers made on other
 * threads come through a stack that any thread pushes to and the loop takes as a whole; the loop is woken only by the push that finds it
 * empty.
 */
@SuppressWarnings("ReferenceEquality") // identity is meant
final class HttpLoop implements Runnable {

    /** How often time limits are looked at; they are tens of seconds. */
    private static final long SWEEP_SECONDS = 1;

    private static final int SCRATCH = 4096;

    final HttpListener listener;
    private final EventLoop eventLoop;
    private final LoopPass pass;
    private final ResponseHead head;
    private final byte[] scratch = new byte[SCRATCH];
    private final AtomicReference<Parcel> inbox = new AtomicReference<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final Future<?> sweeping;
    private HttpChannel dirty;
    private HttpChannel members;
    private final AtomicInteger channels = new AtomicInteger();
    private int given;
    private boolean draining;

    /** An answer, or a part of one, on its way to the loop. */
    private static final class Parcel {
        final HttpExchange exchange;
        final Object answer;
        final boolean last;
        Parcel next;

        Parcel(HttpExchange exchange, Object answer, boolean last) {
            this.exchange = exchange;
            this.answer = answer;
            this.last = last;
        }
    }

    HttpLoop(HttpListener listener, EventLoop eventLoop, LoopPass pass) {
        this.listener = listener;
        this.eventLoop = eventLoop;
        this.pass = pass;
        this.head = new ResponseHead(listener.clock());
        this.sweeping = eventLoop.scheduleAtFixedRate(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    /** Whether the caller runs on this loop. Any thread. */
    boolean isCurrent() {
        return eventLoop.inEventLoop();
    }

    /** Any thread. */
    Clock clock() {
        return listener.clock();
    }

    /** Any thread. */
    ByteBufAllocator allocator() {
        return ByteBufAllocator.DEFAULT;
    }

    /** The writer of heads of this loop. */
    ResponseHead head() {
        return head;
    }

    /** A buffer of at least that many bytes, the loop's own if the caller runs on it. Any thread. */
    byte[] scratch(int length) {
        return length <= SCRATCH && isCurrent() ? scratch : new byte[length];
    }

    /** Runs something later on this loop. Any thread. */
    void after(long delay, TimeUnit unit, Runnable task) {
        Future<?> _ = eventLoop.schedule(task, delay, unit);
    }

    // Channels.

    /** How many there are. Any thread. */
    int channels() {
        return channels.get();
    }

    void join(HttpChannel channel) {
        channel.isMember = true;
        channels.incrementAndGet();
        channel.nextMember = members;
        if (members != null) {
            members.previousMember = channel;
        }
        members = channel;
    }

    void leave(HttpChannel channel) {
        if (!channel.isMember) {
            return;
        }
        channel.isMember = false;
        channels.decrementAndGet();
        if (channel.previousMember != null) {
            channel.previousMember.nextMember = channel.nextMember;
        } else {
            members = channel.nextMember;
        }
        if (channel.nextMember != null) {
            channel.nextMember.previousMember = channel.previousMember;
        }
        channel.nextMember = null;
        channel.previousMember = null;
    }

    private void sweep() {
        long now = clock().nanoTime();
        HttpChannel channel = members;
        while (channel != null) {
            HttpChannel next = channel.nextMember;
            try {
                channel.sweep(now);
            } catch (RuntimeException e) {
                cut(channel, "looking at its time limits", e);
            }
            channel = next;
        }
    }

    /** What goes wrong with one channel must not keep the others waiting. */
    private void cut(HttpChannel channel, String what, RuntimeException cause) {
        listener.complaints()
                .say(
                        ErrorMessage.of(
                                ErrorCode.INTERNAL, what + " failed, a connection is cut", "a bug of Nucleon", ""),
                        cause);
        channel.close();
    }

    /** Notes that a channel has something to flush at the end of this pass. */
    void flushLater(HttpChannel channel) {
        if (channel.isDirty) {
            return;
        }
        channel.isDirty = true;
        channel.nextDirty = dirty;
        if (dirty == null) {
            pass.flushLater(this);
        }
        dirty = channel;
    }

    /** Flushes; called by the loop's pass. */
    @Override
    public void run() {
        HttpChannel channel = dirty;
        dirty = null;
        while (channel != null) {
            HttpChannel next = channel.nextDirty;
            channel.nextDirty = null;
            channel.isDirty = false;
            try {
                channel.flush();
            } catch (RuntimeException e) {
                cut(channel, "flushing answers", e);
            }
            channel = next;
        }
    }

    // Answers.

    /** Brings an answer, or a part of one, to its exchange. Any thread; never blocks. */
    void deliver(HttpExchange exchange, Object answer, boolean last) {
        if (isCurrent()) {
            exchange.accept(answer, last);
            return;
        }
        Parcel parcel = new Parcel(exchange, answer, last);
        Parcel head;
        do {
            head = inbox.get();
            parcel.next = head;
        } while (!inbox.compareAndSet(head, parcel));
        if (head == null) {
            try {
                eventLoop.execute(this::takeInbox);
            } catch (RejectedExecutionException e) {
                dropInbox();
            }
        }
    }

    private void takeInbox() {
        Parcel parcel = reversed(inbox.getAndSet(null));
        while (parcel != null) {
            parcel.exchange.accept(parcel.answer, parcel.last);
            parcel = parcel.next;
        }
    }

    private static Parcel reversed(Parcel newest) {
        Parcel ordered = null;
        Parcel parcel = newest;
        while (parcel != null) {
            Parcel older = parcel.next;
            parcel.next = ordered;
            ordered = parcel;
            parcel = older;
        }
        return ordered;
    }

    /** The loop has ended: nobody will read these. */
    private void dropInbox() {
        Parcel parcel = inbox.getAndSet(null);
        while (parcel != null) {
            HttpExchange.discard(parcel.answer);
            parcel = parcel.next;
        }
    }

    // Drain.

    void opened() {
        given++;
    }

    void ended() {
        given--;
        if (draining && given == 0) {
            drained.complete(null);
        }
    }

    /** New requests are refused from now on; done when every one that was given has been answered. Any thread. */
    CompletableFuture<Void> drain() {
        if (eventLoop.isShuttingDown()) {
            drained.complete(null);
            return drained;
        }
        eventLoop.execute(() -> {
            draining = true;
            if (given == 0) {
                drained.complete(null);
            }
        });
        return drained;
    }

    /** Closes every channel. Any thread. */
    void stop() {
        sweeping.cancel(false);
        if (eventLoop.isShuttingDown()) {
            return;
        }
        eventLoop.execute(() -> {
            HttpChannel channel = members;
            while (channel != null) {
                HttpChannel next = channel.nextMember;
                channel.close();
                channel = next;
            }
        });
    }
}
