package io.nucleon.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.event.Level;

/**
 * Writes records and lines to one output on a thread of its own, so that a slow output never makes anyone wait. Safe for many threads.
 *
 * <p>What waits is bounded in bytes. When three quarters are used, what is below a warning is dropped, and when all is used, everything
 * is; once the output keeps up again one record says how many were. The thread starts with the first line and sleeps while there is none.
 */
final class LogWriter implements LineSink {

    /** What may wait: a few seconds of a busy handler's records; more only delays the news that the output is too slow. */
    static final long MAX_WAITING_BYTES = 8L << 20;

    private static final int CHUNK_BYTES = 1 << 16;
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LINE_COST = 100;

    private final OutputStream out;
    private final Ticker ticker;
    private final DropReport report;
    private final Thread thread;
    private final AtomicBoolean started = new AtomicBoolean();
    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    /** Whether the thread is about to park: set by it before its last look at the queue, read by producers after they have added. */
    private volatile boolean parking;

    private final StringBuilder chunk = new StringBuilder();
    private long linesInChunk;
    private long reported;

    /** One thing to write: a line, a record with its encoding, or a mark that a flush waits for. */
    private record Waiting(String line, LogEvent event, LineEncoder encoder, CountDownLatch mark, int cost) {}

    /** Work that is done on the writer's thread between writes. */
    interface Ticker {
        /** Does what is due; returns whether it wants to be asked again within a second. */
        boolean tick();
    }

    /** Makes the record that says how many were dropped. */
    interface DropReport {
        /** The line for that many. */
        String line(long count);
    }

    LogWriter(String name, OutputStream out, Ticker ticker, DropReport report) {
        this.out = out;
        this.ticker = ticker;
        this.report = report;
        thread = Threads.writer(name, this::run);
    }

    @Override
    public boolean line(String text) {
        return add(new Waiting(text, null, null, null, LINE_COST + 2 * text.length()), false);
    }

    /** Gives a record; false if it was dropped. */
    boolean record(LogEvent event, LineEncoder encoder) {
        boolean urgent = event.level().toInt() >= Level.WARN.toInt();
        return add(new Waiting(null, event, encoder, null, event.cost()), urgent);
    }

    /** How many records and lines were dropped so far. */
    long dropped() {
        return dropped.sum();
    }

    /** Waits until what was given before is written; false if that took longer. */
    boolean flush(long timeoutNanos) {
        if (!started.get()) {
            return true;
        }
        CountDownLatch mark = new CountDownLatch(1);
        queue.add(new Waiting(null, null, null, mark, 0));
        wake();
        try {
            return mark.await(timeoutNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean add(Waiting waiting, boolean urgent) {
        long limit = urgent ? MAX_WAITING_BYTES : MAX_WAITING_BYTES / 4 * 3;
        if (waitingBytes.addAndGet(waiting.cost) > limit) {
            waitingBytes.addAndGet(-waiting.cost);
            dropped.increment();
            return false;
        }
        queue.add(waiting);
        wake();
        return true;
    }

    private void wake() {
        if (!started.get() && started.compareAndSet(false, true)) {
            thread.start();
        } else if (parking) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (true) {
            Waiting next = queue.poll();
            if (next == null) {
                write();
                rest();
            } else if (next.mark != null) {
                write();
                next.mark.countDown();
            } else {
                append(next);
                waitingBytes.addAndGet(-next.cost);
                if (chunk.length() >= CHUNK_BYTES) {
                    write();
                }
            }
        }
    }

    private void append(Waiting next) {
        int before = chunk.length();
        try {
            if (next.line != null) {
                chunk.append(next.line);
            } else {
                next.encoder.encode(next.event, chunk);
            }
        } catch (RuntimeException e) {
            chunk.setLength(before);
            chunk.append("NUC-9001 writing a log record failed: ").append(e);
        }
        chunk.append('\n');
        linesInChunk++;
    }

    private void write() {
        long lost = dropped.sum() - reported;
        if (lost > 0) {
            reported += lost;
            chunk.append(report.line(lost)).append('\n');
        }
        if (chunk.isEmpty()) {
            return;
        }
        try {
            out.write(chunk.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // Nobody can be told where the output is what fails; it may be a full disk and pass.
            dropped.add(linesInChunk);
        }
        linesInChunk = 0;
        chunk.setLength(0);
        if (chunk.capacity() > 2 * CHUNK_BYTES) {
            chunk.trimToSize();
        }
    }

    private void rest() {
        boolean again = ticker.tick();
        parking = true;
        if (queue.isEmpty()) {
            if (again) {
                LockSupport.parkNanos(this, TICK_NANOS);
            } else {
                LockSupport.park(this);
            }
        }
        parking = false;
    }
}
