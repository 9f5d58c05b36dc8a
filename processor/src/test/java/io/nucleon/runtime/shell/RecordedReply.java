package io.nucleon.runtime.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LentEvent;
import io.nucleon.invoke.Reply;
import io.nucleon.invoke.ResponseView;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what a reply was called with; releases the event as a trigger would. A reader that can be told to be slow. */
final class RecordedReply implements Reply {

    private final LentEvent event;
    private final CountDownLatch called = new CountDownLatch(1);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile boolean slow;
    private volatile int status;
    private volatile boolean failed;
    private volatile Failure failure;
    private final AtomicInteger parts = new AtomicInteger();

    RecordedReply(LentEvent event) {
        this.event = event;
    }

    RecordedReply slow() {
        slow = true;
        return this;
    }

    /** From now on it keeps up; whoever calls this calls {@link Invocation#resume()} too. */
    void fast() {
        slow = false;
    }

    @Override
    public boolean isWritable() {
        return !slow;
    }

    @Override
    public void respond(Invocation invocation, ResponseView response) {
        status = response.status();
        failed = response.failed();
        add(response.body());
        begun.countDown();
        if (!response.more()) {
            close();
        }
    }

    @Override
    public void chunk(Invocation invocation, ByteBuffer part, boolean last, boolean brokenOff) {
        add(part);
        parts.incrementAndGet();
        if (last) {
            failed = brokenOff;
            close();
        }
    }

    @Override
    public void fail(Invocation invocation, Failure why) {
        failure = why;
        close();
    }

    private synchronized void add(ByteBuffer part) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        body.writeBytes(bytes);
    }

    private void close() {
        calls.incrementAndGet();
        event.release();
        called.countDown();
    }

    /** How often it was called for the last time; 1 is right. */
    int calls() {
        return calls.get();
    }

    RecordedReply awaitBegun() {
        await(begun);
        return this;
    }

    RecordedReply awaitEnd() {
        await(called);
        return this;
    }

    int status() {
        return awaitEnd().status;
    }

    boolean failed() {
        return awaitEnd().failed;
    }

    Failure failure() {
        return awaitEnd().failure;
    }

    int parts() {
        return parts.get();
    }

    synchronized byte[] bytes() {
        return body.toByteArray();
    }

    String text() {
        awaitEnd();
        return new String(bytes(), UTF_8);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("no reply within 20 s");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for a reply", e);
        }
    }
}
