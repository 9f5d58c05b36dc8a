package io.nucleon.runtime.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LentEvent;
import io.nucleon.invoke.LogRecord;
import io.nucleon.invoke.Reply;
import io.nucleon.invoke.ResponseView;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what a reply was called with; releases the event as a trigger would. */
final class RecordedReply implements Reply {

    private final LentEvent event;
    private final CountDownLatch called = new CountDownLatch(1);
    private final List<LogRecord> logs = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean captures;
    private volatile Answered answered;
    private volatile Failure failure;
    private volatile Thread thread;

    /** A response, copied. */
    record Answered(
            int status,
            boolean failed,
            boolean noAck,
            String contentType,
            Map<String, List<String>> headers,
            Map<String, List<String>> extra,
            String text,
            String bodyHex) {}

    RecordedReply(LentEvent event) {
        this.event = event;
    }

    RecordedReply capturing() {
        captures = true;
        return this;
    }

    @Override
    public void respond(Invocation invocation, ResponseView response) {
        answered = new Answered(
                response.status(),
                response.failed(),
                response.noAck(),
                UTF_8.decode(response.contentType()).toString(),
                pairs(response.headers()),
                pairs(response.extra()),
                UTF_8.decode(response.body().duplicate()).toString(),
                HexFormat.of().formatHex(bytes(response.body())));
        close();
    }

    @Override
    public void chunk(Invocation invocation, ByteBuffer part, boolean last, boolean failed) {
        throw new AssertionError("Java handlers don't stream");
    }

    @Override
    public void fail(Invocation invocation, Failure why) {
        failure = why;
        close();
    }

    private void close() {
        calls.incrementAndGet();
        thread = Thread.currentThread();
        event.release();
        called.countDown();
    }

    @Override
    public boolean capturesLogs() {
        return captures;
    }

    @Override
    public void log(LogRecord logged) {
        if (calls.get() > 0) {
            throw new AssertionError("a log record came after the answer");
        }
        logs.add(logged);
    }

    boolean isCalled() {
        return called.getCount() == 0;
    }

    /** How often it was called; 1 is right. */
    int calls() {
        return calls.get();
    }

    Thread thread() {
        return thread;
    }

    List<LogRecord> logs() {
        return logs;
    }

    Answered answer() {
        await();
        if (answered == null) {
            throw new AssertionError("it failed: " + failure);
        }
        return answered;
    }

    Failure failure() {
        await();
        if (failure == null) {
            throw new AssertionError("it was answered: " + answered);
        }
        return failure;
    }

    private void await() {
        try {
            if (!called.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("no reply within 10 s");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for a reply", e);
        }
    }

    private static Map<String, List<String>> pairs(ByteBuffer block) {
        Map<String, List<String>> pairs = new LinkedHashMap<>();
        if (block.hasRemaining()) {
            String[] parts = UTF_8.decode(block).toString().split("\0", -1);
            for (int i = 0; i < parts.length; i += 2) {
                pairs.computeIfAbsent(parts[i], name -> new CopyOnWriteArrayList<>())
                        .add(parts[i + 1]);
            }
        }
        return pairs;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
