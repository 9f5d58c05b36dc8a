package io.nucleon.record;

import io.nucleon.journal.Entry;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Calls that wait for their turn, in order. Safe for many threads; one takes. */
final class CallQueue {

    /** Of bodies that wait in memory; those of more calls are read again when their turn comes. */
    private static final long MOST_BYTES = 16L << 20;

    /** Between offers of a call for which there was no worker. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final int window;
    private int given;
    private long bytes;
    private boolean pause;
    private boolean closed;
    private Runnable whenIdle;

    /** @param entry null if it is to be read from the journal */
    record Waiting(String id, Entry entry) {
        long bytes() {
            return entry == null
                    ? 0
                    : entry.event().map(event -> event.body().remaining()).orElse(0);
        }
    }

    /** @param window calls that may be given at once */
    CallQueue(int window) {
        this.window = window;
    }

    void add(String id, Entry entry) {
        lock.lock();
        try {
            Waiting one = new Waiting(id, entry);
            boolean kept = bytes + one.bytes() <= MOST_BYTES;
            bytes += kept ? one.bytes() : 0;
            waiting.add(kept ? one : new Waiting(id, null));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next and for a place among those that are given; null once it is closed. */
    Waiting take() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && (waiting.isEmpty() || given >= window || pause)) {
                if (pause) {
                    for (long left = PAUSE_NANOS; left > 0 && !closed; left = changed.awaitNanos(left)) {
                        // whatever else is signalled
                    }
                    pause = false;
                } else {
                    changed.await();
                }
            }
            if (closed) {
                return null;
            }
            Waiting next = waiting.poll();
            bytes -= next.bytes();
            given++;
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** One that was given has ended. */
    void ended() {
        lock.lock();
        try {
            given--;
            changed.signalAll();
            tellIfIdle();
        } finally {
            lock.unlock();
        }
    }

    /** One that was given did not start: it is the next again, after a while. */
    void later(Waiting one) {
        lock.lock();
        try {
            given--;
            bytes += one.bytes();
            waiting.addFirst(one);
            pause = true;
            changed.signalAll();
            tellIfIdle();
        } finally {
            lock.unlock();
        }
    }

    /** Gives none any more; tells when those that were given have ended. */
    void close(Runnable idle) {
        lock.lock();
        try {
            closed = true;
            whenIdle = idle;
            changed.signalAll();
            tellIfIdle();
        } finally {
            lock.unlock();
        }
    }

    private void tellIfIdle() {
        if (closed && given == 0 && whenIdle != null) {
            whenIdle.run();
            whenIdle = null;
        }
    }
}
