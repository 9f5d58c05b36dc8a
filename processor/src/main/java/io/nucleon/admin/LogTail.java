package io.nucleon.admin;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LogRecord;
import io.nucleon.runtime.FunctionLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The last log records and prints of the functions of a host, kept for {@code nucleon logs}: a bounded number of bounded lines. Safe for
 * many threads; whoever logs waits for nobody but another one that adds a line.
 */
public final class LogTail {
    /** An hour of a chatty function, and a few MiB at most. */
    private static final int MOST_LINES = 5_000;

    private static final int LONGEST = 4_096;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Deque<Line> lines = new ArrayDeque<>();
    private final AtomicLong last = new AtomicLong();

    /**
     * One line.
     *
     * @param number counts up from 1 over all functions of the host
     * @param level {@code debug}, {@code info}, {@code warn}, {@code error}, or {@code out}, {@code err} for prints
     * @param event invocation id, empty outside of one
     * @param with JSON object text of a handler's fields, unchecked; empty for none
     */
    record Line(
            long number,
            long millis,
            String function,
            String level,
            int worker,
            String event,
            String message,
            String with) {}

    /** Nothing kept yet. */
    public LogTail(Clock clock) {
        this.clock = clock;
    }

    /** What hears of a function's log, keeps it and hands it on. */
    public FunctionLog keeping(String function, FunctionLog next) {
        return new FunctionLog() {
            @Override
            public void record(Invocation invocation, LogRecord logged) {
                String event = invocation == null ? "" : invocation.id();
                add(function, level(logged.level()), logged.worker(), event, logged.message(), logged.with());
                next.record(invocation, logged);
            }

            @Override
            public void line(int worker, boolean error, String line) {
                add(function, error ? "err" : "out", worker, "", line, "");
                next.line(worker, error, line);
            }
        };
    }

    /** The number of the newest line; 0 if there is none. */
    long newest() {
        return last.get();
    }

    /** Lines with a number above that one, oldest first; all that are still kept. */
    List<Line> after(long number) {
        lock.lock();
        try {
            return new ArrayList<>(
                    lines.stream().filter(line -> line.number > number).toList());
        } finally {
            lock.unlock();
        }
    }

    /** The same, but waits for one if there is none. */
    List<Line> await(long number, long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (last.get() <= number && left > 0) {
                left = added.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        return after(number);
    }

    private void add(String function, String level, int worker, String event, String message, String with) {
        // Fields that had to be cut would be no JSON any more.
        String fields = with == null || with.length() > LONGEST ? "" : with;
        long millis = TimeUnit.NANOSECONDS.toMillis(clock.wallNanos());
        lock.lock();
        try {
            lines.add(new Line(last.incrementAndGet(), millis, function, level, worker, event, cut(message), fields));
            if (lines.size() > MOST_LINES) {
                lines.remove();
            }
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static String cut(String text) {
        return text == null ? "" : text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static String level(int level) {
        return switch (level) {
            case 1 -> "info";
            case 2 -> "warn";
            case 3 -> "error";
            default -> "debug";
        };
    }
}
