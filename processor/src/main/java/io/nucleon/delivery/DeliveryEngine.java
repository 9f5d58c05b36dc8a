package io.nucleon.delivery;

import io.netty.channel.EventLoop;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.DurableEvent;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.EventSpan;
import io.nucleon.invoke.Invoker;
import io.nucleon.invoke.ResponseView;
import io.nucleon.loop.EventLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The delivery of one trigger.
 *
 * <p>A lane runs one event at a time: while one is tried again, those behind it wait, so their order is kept. Each lane belongs to one
 * event loop, where all its decisions are made; sources hand events over in lists, one hop to a loop for each list. An event that did
 * not start, for want of a free worker, waits here and no try is counted: nothing is dropped, and the source pauses meanwhile
 * ({@link #isCongested()}). After the last try, or when a third worker has died with it, an event goes to the dead letters ({@link
 * Burials}), and only then is its source told.
 */
public final class DeliveryEngine implements Deliverer {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryEngine.class);

    /** Tries left or not: an event that takes its third worker down does it every time. */
    private static final int MOST_CRASHES = 3;

    private static final long FIRST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MOST_WAIT_DOUBLINGS = 6;

    private final DeliverySetting setting;
    private final Invoker invoker;
    private final Burials burials;
    private final Retries retries;
    private final Clock clock;
    private final RetryDelays delays;
    private final LaneTable[] tables;
    private final DeliveryStats stats = new DeliveryStats();
    private final AtomicInteger turn = new AtomicInteger();

    private volatile boolean draining;

    /** Waiting events outlive nothing. */
    public DeliveryEngine(
            DeliverySetting setting, Invoker invoker, DeadLetters deadLetters, EventLoops loops, Clock clock) {
        this(setting, invoker, deadLetters, Retries.NONE, loops, clock);
    }

    public DeliveryEngine(
            DeliverySetting setting,
            Invoker invoker,
            DeadLetters deadLetters,
            Retries retries,
            EventLoops loops,
            Clock clock) {
        this.setting = setting;
        this.invoker = invoker;
        this.burials = new Burials(this, setting.function(), deadLetters);
        this.retries = retries;
        this.clock = clock;
        this.delays = RetryDelays.of(
                setting.retry(), () -> ThreadLocalRandom.current().nextDouble());
        this.tables = new LaneTable[loops.count()];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = new LaneTable(loops.loop(i));
        }
    }

    public DeliveryStats stats() {
        return stats;
    }

    @Override
    public void deliver(List<? extends DurableEvent> events) {
        List<EventSpan> spans = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= events.size(); i++) {
            long lane = events.get(from).lane();
            // Events of one lane mostly come in a row.
            if (i == events.size()
                    || lane == DurableEvent.NO_LANE
                    || events.get(i).lane() != lane) {
                spans.add(EventSpan.of(events, from, i));
                from = i;
            }
        }
        deliverSpans(spans);
    }

    @Override
    public void deliverSpans(List<? extends EventSpan> spans) {
        if (tables.length == 1) {
            onLoop(tables[0], () -> take(tables[0], spans));
            return;
        }
        List<List<EventSpan>> parts = new ArrayList<>();
        for (int i = 0; i < tables.length; i++) {
            parts.add(new ArrayList<>());
        }
        for (EventSpan span : spans) {
            long place = span.lane() == DurableEvent.NO_LANE ? turn.getAndIncrement() : span.lane();
            parts.get((int) Math.floorMod(place, (long) tables.length)).add(span);
        }
        for (int i = 0; i < tables.length; i++) {
            LaneTable table = tables[i];
            List<EventSpan> part = parts.get(i);
            if (!part.isEmpty()) {
                onLoop(table, () -> take(table, part));
            }
        }
    }

    static void onLoop(LaneTable table, Runnable task) {
        EventLoop loop = table.loop;
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    private void take(LaneTable table, List<? extends EventSpan> spans) {
        for (EventSpan span : spans) {
            stats.taken.add(span.size());
            Lane lane = table.laneOf(span.lane());
            lane.add(span);
            table.ready(lane);
        }
        table.pump(this);
    }

    /** Gives the lane's next event to a worker, and with it what follows in its span to one that goes through that by itself. */
    void begin(Lane lane) {
        DurableEvent event = lane.span().event(lane.place());
        boolean last = lane.place() + 1 == lane.span().size();
        Event face = last || draining || !invoker.knowsRuns() ? null : faceInRun(event);
        if (face != null) {
            LaneRun run = new LaneRun(this, lane, face);
            lane.begins(run);
            invoker.invokeRun(run, setting.waitNanos());
        } else {
            Attempt attempt = new Attempt(this, lane, event);
            lane.begins(attempt);
            run(attempt);
        }
    }

    /**
     * What the handler sees of an event as one of many; null if the event is to be looked at alone: it is not what it says, or was kept before,
     * so that it has an id, there is something to note when it is done, and somebody may look for its answer.
     */
    Event faceInRun(DurableEvent event) {
        return event.invocationId().isEmpty() ? setting.face().apply(event) : null;
    }

    /** Gives the lane's current event to a worker. */
    void run(Attempt attempt) {
        if (draining) {
            giveBack(attempt);
            return;
        }
        Event face = setting.face().apply(attempt.event);
        if (face != null) {
            invoker.invoke(face, setting.waitNanos(), attempt);
        } else {
            attempt.malformed();
            burials.bury(attempt, letter(attempt, count(attempt)));
        }
    }

    /** A try has ended; any thread. */
    void ended(Attempt attempt) {
        EventLoop loop = attempt.lane.table.loop;
        if (loop.inEventLoop()) {
            settled(attempt);
        } else {
            loop.execute(() -> settled(attempt));
        }
    }

    private void settled(Attempt attempt) {
        LaneRun run = attempt.run;
        if (run != null) {
            attempt.run = null;
            run.ended(attempt);
        }
        settle(attempt);
        attempt.lane.table.pump(this);
    }

    private void settle(Attempt attempt) {
        switch (attempt.verdict) {
            case DONE -> {
                stats.acked.increment();
                finish(attempt);
                over(attempt, false);
                attempt.event.ack();
            }
            case HELD -> {
                stats.held.increment();
                finish(attempt);
                over(attempt, false);
                attempt.event.hold();
            }
            case NOT_STARTED -> waitForRoom(attempt);
            case FAILED -> failed(attempt);
        }
    }

    private void finish(Attempt attempt) {
        attempt.lane.done();
        attempt.lane.table.ready(attempt.lane);
    }

    private void giveBack(Attempt attempt) {
        finish(attempt);
        returned(attempt);
    }

    private void returned(Attempt attempt) {
        stats.returned.increment();
        burials.leave(attempt);
        keep(attempt, 0);
        attempt.event.nack(0);
    }

    /** Nobody else will give such an event again. */
    private void keep(Attempt attempt, long waitNanos) {
        if (!attempt.event.comesAgain()) {
            long now = clock.wallNanos();
            retries.waits(letter(attempt, now), now + waitNanos);
            attempt.kept = true;
        }
    }

    private void over(Attempt attempt, boolean deadLettered) {
        if (attempt.kept) {
            retries.over(attempt.id, deadLettered);
        }
    }

    private DeadLetter letter(Attempt attempt, long now) {
        return new DeadLetter(
                attempt.id,
                attempt.event,
                setting.trigger(),
                attempt.code,
                attempt.reason,
                attempt.failures,
                setting.retry().maxAttempts(),
                attempt.crashes,
                attempt.firstFailureNanos,
                now);
    }

    private void waitForRoom(Attempt attempt) {
        long wait = FIRST_WAIT_NANOS << Math.min(attempt.refusals++, MOST_WAIT_DOUBLINGS);
        restOrGiveBack(attempt, wait, () -> run(attempt));
    }

    /** Counts a failed try; returns the wall clock. */
    private long count(Attempt attempt) {
        attempt.failures++;
        attempt.refusals = 0;
        long now = clock.wallNanos();
        if (attempt.firstFailureNanos == 0) {
            attempt.firstFailureNanos = now;
        }
        return now;
    }

    private void failed(Attempt attempt) {
        long now = count(attempt);
        if (attempt.failures >= setting.retry().maxAttempts() || attempt.crashes >= MOST_CRASHES) {
            burials.bury(attempt, letter(attempt, now));
            return;
        }
        long wait = delays.afterFailures(attempt.failures);
        boolean rests = restOrGiveBack(attempt, wait, () -> {
            stats.retried.increment();
            run(attempt);
        });
        if (rests) {
            keep(attempt, wait);
        }
    }

    /** Goes on with it after a while, unless its source wants it back by now; whether it rests. */
    boolean restOrGiveBack(Attempt attempt, long nanos, Runnable task) {
        if (draining || attempt.lane.table.isRecalled(attempt.lane)) {
            giveBack(attempt);
            return false;
        }
        attempt.lane.rests();
        later(attempt, nanos, task);
        return true;
    }

    /** Does it after a while, unless the event was taken back meanwhile. */
    private void later(Attempt attempt, long nanos, Runnable task) {
        attempt.lane.table.loop.schedule(
                () -> {
                    if (attempt.lane.isResting(attempt)) {
                        attempt.lane.runsAgain();
                        task.run();
                        attempt.lane.table.pump(this);
                    }
                },
                nanos,
                TimeUnit.NANOSECONDS);
    }

    /** Nobody here will try it again. */
    void givenUp(Attempt attempt, ErrorMessage notice) {
        stats.deadLettered.increment();
        stats.acked.increment();
        LOG.warn("{}", notice.line());
        finish(attempt);
        over(attempt, true);
    }

    /** What an answer means for its event; any thread. */
    Attempt.Verdict verdictOn(ResponseView response) {
        if (response.failed() || isFailure(response.status())) {
            return Attempt.Verdict.FAILED;
        }
        boolean held = switch (setting.explicitAck()) {
            case DISABLE -> false;
            case ENABLE -> response.noAck();
            case EXPLICIT_ONLY -> true;
        };
        return held ? Attempt.Verdict.HELD : Attempt.Verdict.DONE;
    }

    private boolean isFailure(int status) {
        // Asked for each event: most triggers have no such list, and looking in it makes an object of the status.
        return !setting.retry().onStatus().isEmpty()
                && setting.retry().onStatus().contains(status);
    }

    @Override
    public boolean isCongested() {
        return burials.isAnyHomeless() || invoker.isCongested();
    }

    @Override
    public CompletionStage<Void> recall(LongPredicate lanes) {
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        for (LaneTable table : tables) {
            CompletableFuture<Void> part = new CompletableFuture<>();
            parts.add(part);
            onLoop(table, () -> {
                table.recall(this, lanes, part).forEach(this::returned);
            });
        }
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new));
    }

    @Override
    public CompletionStage<Void> drainWorkers() {
        return invoker.drainWorkers();
    }

    @Override
    public void resumeWorkers() {
        invoker.resumeWorkers();
    }

    @Override
    public CompletionStage<Void> drain() {
        draining = true;
        return recall(lane -> true);
    }
}
