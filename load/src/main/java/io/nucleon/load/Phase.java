package io.nucleon.load;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One run on one loop: sends what is due, counts what comes back. Confined to the loop, but for {@link #soFar}.
 *
 * <p>In an open loop the n-th request is due at {@code start + n / rate}. Requests that are due and find no free connection go out in
 * their order as connections become free, so two counters are the whole waiting line.
 */
final class Phase {
    /** What is sent when. {@code first}: ns behind the start, so that several loops don't send at the same moments. */
    record Schedule(Pace pace, LoadPlan.Length length, long firstNanos) {}

    private static final int FAILED_STATUS = 500;

    private final Driver driver;
    private final LoadPlan plan;
    private final long firstNanos;
    private final double intervalNanos;
    private final long lengthNanos;
    private final boolean isOpen;
    private final Latencies latencies = new Latencies();
    private final Map<Integer, Long> statuses = new HashMap<>();
    private final CompletableFuture<RunResult> ended = new CompletableFuture<>();
    private long most;
    private long start;
    private long startCpu;
    private long lastAnswer;
    private long due;
    private long sent;
    private long answered;
    private long failed;
    private long broken;
    private long timedOut;
    private long unsent;
    private long late;
    private boolean sending = true;
    private volatile Tally soFar = Tally.NONE;

    Phase(Driver driver, LoadPlan plan, Schedule schedule) {
        this.driver = driver;
        this.plan = plan;
        this.firstNanos = schedule.firstNanos();
        this.lengthNanos = schedule.length().duration().toNanos();
        this.isOpen = schedule.pace() instanceof Pace.Open;
        this.intervalNanos = schedule.pace() instanceof Pace.Open open ? 1e9 / open.perSecond() : 0;
        long inTime = isOpen ? (long) Math.max(1, Math.floor(lengthNanos / intervalNanos)) : Long.MAX_VALUE;
        this.most = Math.min(schedule.length().count(), inTime);
    }

    CompletableFuture<RunResult> ended() {
        return ended;
    }

    /** How far it is; of the last tick. */
    Tally soFar() {
        return soFar;
    }

    void start() {
        startCpu = cpu();
        start = Stopwatch.nanos() + firstNanos;
        lastAnswer = start;
        if (isOpen) {
            sendDue();
        } else {
            for (LoadConnection connection : driver.takeAllFree()) {
                if (!use(connection)) {
                    driver.release(connection);
                }
            }
        }
    }

    /** Sends on a connection what waits for one; false if nothing does. */
    boolean use(LoadConnection connection) {
        if (ended.isDone()) {
            return false;
        }
        long now = Stopwatch.nanos();
        if (isOpen) {
            if (sent >= due) {
                return false;
            }
            send(connection, intended(sent), now);
            return true;
        }
        if (!sending || sent >= most || now - start >= lengthNanos) {
            stopSending();
            return false;
        }
        send(connection, now, now);
        return true;
    }

    void answered(LoadConnection connection, long now) {
        AnswerScanner answer = connection.answer();
        lastAnswer = now;
        answered++;
        statuses.merge(answer.status(), 1L, Long::sum);
        if (answer.status() >= FAILED_STATUS || answer.failed()) {
            failed++;
        }
        long total = now - connection.intended();
        if (answer.queueNanos() >= 0 && answer.handlerNanos() >= 0) {
            latencies.add(
                    total, connection.sent() - connection.intended() + answer.queueNanos(), answer.handlerNanos());
        } else {
            latencies.add(total);
        }
        endIfDone();
    }

    /** Its connection broke, or was closed since the answer took too long. What it has waited counts: it would have been longer. */
    void unanswered(LoadConnection connection, long now) {
        lastAnswer = now;
        failed++;
        if (connection.timedOut()) {
            timedOut++;
        } else {
            broken++;
        }
        latencies.add(now - connection.intended());
        endIfDone();
    }

    /** No more is sent; what is open is waited for. */
    void stopSending() {
        if (sending) {
            sending = false;
            most = isOpen ? due : sent;
            endIfDone();
        }
    }

    void fail(Exception cause) {
        sending = false;
        ended.completeExceptionally(cause);
    }

    void tick(long now) {
        soFar = tally();
        if (!isOpen && sending && now - start >= lengthNanos) {
            stopSending();
        }
        if (isOpen
                && !sending
                && sent < due
                && now - intended(due - 1) > plan.timeout().toNanos()) {
            giveUpUnsent(now);
        }
    }

    /** Connections never became free for what still waits. */
    private void giveUpUnsent(long now) {
        for (; sent < due; sent++) {
            latencies.add(now - intended(sent));
            failed++;
            timedOut++;
            unsent++;
        }
        endIfDone();
    }

    private long intended(long index) {
        return start + (long) (index * intervalNanos);
    }

    private void sendDue() {
        if (ended.isDone()) {
            return;
        }
        long now = Stopwatch.nanos();
        while (due < most && intended(due) - now <= 0) {
            long moment = intended(due++);
            latencies.addLateness(now - moment);
            late += now - moment > RunResult.LATE_NANOS ? 1 : 0;
            LoadConnection connection = sent == due - 1 ? driver.takeFree() : null;
            if (connection != null) {
                send(connection, moment, now);
                now = Stopwatch.nanos();
            }
        }
        if (due < most) {
            driver.loop().schedule(this::sendDue, intended(due) - Stopwatch.nanos(), TimeUnit.NANOSECONDS);
        } else {
            stopSending();
        }
    }

    private void send(LoadConnection connection, long intended, long now) {
        Request request = plan.requests().get((int) (sent++ % plan.requests().size()));
        connection.send(request, intended, now);
    }

    private void endIfDone() {
        if (sending || ended.isDone() || sent < most || answered + broken + timedOut < sent) {
            return;
        }
        soFar = tally();
        double share = (double) (cpu() - startCpu) / Math.max(1, Stopwatch.nanos() - start);
        long sendNanos = isOpen ? (long) (most * intervalNanos) : Math.min(lengthNanos, lastAnswer - start);
        ended.complete(new RunResult(tally(), latencies, lastAnswer - start, sendNanos, late, share));
    }

    private Tally tally() {
        return new Tally(isOpen ? due : sent, sent - unsent, answered, failed, broken, timedOut, statuses);
    }

    /** CPU time of the loop's thread. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
