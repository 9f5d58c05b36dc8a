package io.nucleon.triggers.shards;

import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.trigger.Backlog;
import io.nucleon.trigger.Lanes;
import io.nucleon.trigger.TriggerSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shard in the hands of this processor: read page by page on a virtual thread of its own, as long as there is room. Started and stopped
 * by the coordinator, which owns its lease.
 */
final class ShardReader {

    private static final Logger LOG = LoggerFactory.getLogger(ShardReader.class);

    /** Workers that are free again don't ring. */
    private static final long LOOK_FOR_ROOM_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long BUSY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * What the readers of a trigger share.
     *
     * @param reads looks into shards at once: each may bring megabytes
     * @param resting whether none of them is to read
     * @param coordinator rung when something has changed that it should look at
     * @param lost rung when the list of shards should be looked at
     */
    record Shared(
            TriggerSetting trigger,
            ShardSetting setting,
            ShardSource stream,
            Deliverer deliverer,
            Backlog backlog,
            Lanes lanes,
            Semaphore reads,
            BooleanSupplier resting,
            Bell coordinator,
            Runnable lost) {}

    private final Shared shared;
    private final Shard shard;
    private final int number;
    private final Progress progress;
    private final Bell bell;
    /** Looks for a record or two each would be all that a shard allows. */
    private final int leastRoom;

    private final Pause pause = new Pause();

    private volatile boolean stopped;
    private volatile boolean opened;
    private volatile boolean ended;
    private Lease lease;
    private CompletableFuture<Void> leaving;
    private Thread thread;

    // The reader's thread only.
    private Position at;
    private String cursor = "";
    private long lastRead;
    private long delivered;
    private boolean troubled;

    /** @param number names its lanes, different for every reader of the trigger */
    ShardReader(Shared shared, Shard shard, int number, Lease lease) {
        this.shared = shared;
        this.shard = shard;
        this.number = number;
        this.lease = lease;
        this.progress = new Progress(shared.setting.behind());
        this.bell = new Bell(shared.trigger.clock());
        this.leastRoom = Math.max(1, shared.setting.window() / 2);
    }

    /** Reads on from there. */
    void start(Position from) {
        at = from;
        lastRead = shared.trigger.clock().nanoTime() - shared.setting.paceNanos();
        thread = Threads.start(shared.trigger.source().kind() + "-" + shard.id(), this::run);
    }

    private void run() {
        try {
            while (!stopped && !ended) {
                if (room() < leastRoom || shared.resting.getAsBoolean() || shared.backlog.isFull()) {
                    bell.await(LOOK_FOR_ROOM_NANOS);
                } else {
                    look();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the trigger ends
        }
    }

    private int room() {
        return shared.setting.window() + shared.setting.behind() - progress.unconfirmed();
    }

    private void look() throws InterruptedException {
        try {
            if (cursor.isEmpty()) {
                cursor = shared.stream.open(shard, at);
            }
            noteOpened();
            waitFor(shared.setting.paceNanos() - (shared.trigger.clock().nanoTime() - lastRead));
            if (stopped) {
                return;
            }
            Page page = read();
            deliver(page);
            noteRecovery();
            cursor = page.next();
            if (page.isLast()) {
                ended = true;
                shared.coordinator.ring();
            } else if (page.records().isEmpty()) {
                waitFor(shared.setting.pollNanos());
            }
        } catch (SourceException e) {
            noteOpened();
            recover(e);
        }
    }

    private void noteOpened() {
        if (!opened) {
            opened = true;
            shared.coordinator.ring();
        }
    }

    /** What went on while the server was away may have changed the stream. */
    private void noteRecovery() {
        pause.reset();
        if (troubled) {
            troubled = false;
            shared.lost.run();
        }
    }

    private Page read() throws InterruptedException {
        shared.reads.acquire();
        try {
            lastRead = shared.trigger.clock().nanoTime();
            return shared.stream.read(shard, cursor, room());
        } finally {
            shared.reads.release();
        }
    }

    private void recover(SourceException e) throws InterruptedException {
        switch (e.kind()) {
            case EXPIRED -> {
                cursor = "";
                waitFor(shared.setting.paceNanos());
            }
            case BUSY -> waitFor(BUSY_NANOS);
            case TRIMMED -> {
                LOG.warn(
                        "trigger {}: records of {} are gone that were not read yet; going on with the oldest that are left",
                        shared.trigger.source().name(),
                        shard.id());
                at = Position.START;
                cursor = "";
            }
            case MISSING -> {
                LOG.warn("{}", e.error().line());
                cursor = "";
                shared.lost.run();
                waitFor(pause.next());
            }
            case REFUSED, UNREACHABLE, CONFLICT -> {
                LOG.error("{}", e.error().line());
                cursor = "";
                troubled = true;
                waitFor(pause.next());
            }
        }
    }

    /** Unless it is stopped; confirmed positions ring meanwhile. */
    private void waitFor(long nanos) throws InterruptedException {
        long start = shared.trigger.clock().nanoTime();
        for (long left = nanos;
                left > 0 && !stopped;
                left = nanos - (shared.trigger.clock().nanoTime() - start)) {
            bell.await(left);
        }
    }

    /** Nothing is delivered once {@link #stop} has returned. */
    private synchronized void deliver(Page page) {
        if (stopped || page.records().isEmpty()) {
            return;
        }
        List<ShardEvent> events = new ArrayList<>(page.records().size());
        for (ShardRecord one : page.records()) {
            Progress.Entry entry = progress.add(one.sequence(), one.number());
            ShardEvent event =
                    new ShardEvent(this, one.message(), entry, shared.lanes.of(number, one.key(), delivered++));
            shared.backlog.add(event.bodyLength());
            events.add(event);
        }
        at = Position.after(page.records().getLast().sequence());
        shared.deliverer.deliver(events);
    }

    /** A record's receipt was called; on an event loop. */
    void ended(ShardEvent event, Progress.Entry entry, Progress.State state) {
        shared.backlog.remove(event.bodyLength());
        boolean holds = state == Progress.State.HELD && shared.setting.explicitAck();
        progress.end(entry, state == Progress.State.HELD && !holds ? Progress.State.DONE : state);
        if (isMuchDone() || ended) {
            shared.coordinator.ring();
        }
    }

    /** Whether so much is done that its position should be written early. */
    boolean isMuchDone() {
        return 2 * progress.done() >= shared.setting.window();
    }

    /** A handler has acked by itself. */
    void acked(long record) {
        progress.acked(record);
        shared.coordinator.ring();
    }

    /** The lease's position was written that far, so there is room again. */
    void confirmed(Progress.Reached position) {
        progress.confirmed(position);
        bell.ring();
    }

    /** Delivers no more. */
    void stop() {
        synchronized (this) {
            stopped = true;
        }
        bell.ring();
    }

    /** Ends its thread, whatever it waits for. */
    void interrupt() {
        stop();
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Stops and calls back what has not started; {@link #hasLeft} tells when the rest has ended. */
    void leave() {
        stop();
        leaving = shared.deliverer
                .recall(lane -> Lanes.isOf(lane, number))
                .toCompletableFuture()
                .whenComplete((done, failure) -> shared.coordinator.ring());
    }

    boolean isLeaving() {
        return leaving != null;
    }

    boolean hasLeft() {
        return leaving != null && leaving.isDone();
    }

    /** Whether everything in the shard is done and nothing more can come. */
    boolean isOver() {
        return ended && progress.isSettled();
    }

    /** Whether the server has said something about the shard, if only that it is not well. */
    boolean hasOpened() {
        return opened;
    }

    Shard shard() {
        return shard;
    }

    int number() {
        return number;
    }

    Progress progress() {
        return progress;
    }

    TriggerSource source() {
        return shared.trigger.source();
    }

    Lease lease() {
        return lease;
    }

    void setLease(Lease now) {
        lease = now;
    }
}
