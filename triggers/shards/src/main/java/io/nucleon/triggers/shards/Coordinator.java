package io.nucleon.triggers.shards;

import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Clock;
import io.nucleon.trigger.TriggerSetting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which shards this processor reads: one virtual thread that lists them, keeps the leases of those it has, writes how far they are done, and
 * takes, claims and gives away others. Everything else only leaves marks and rings.
 */
final class Coordinator {

    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

    /** Splits and merges are noticed at once by who reads the parents; this is for everybody else. */
    private static final long LIST_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** Between looks that somebody has asked for. */
    private static final long LIST_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int LOOKS_A_LEASE = 3;
    private static final long CLOSE_MILLIS = 3_000;

    private final TriggerSetting trigger;
    private final ShardSetting setting;
    private final ShardSource stream;
    private final Group group;
    private final Function<Bell, ShardReader.Shared> shared;
    private final Clock clock;
    private final Bell bell;
    private final Map<String, ShardReader> mine = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Pause listPause = new Pause();
    private final Pause leasePause = new Pause();

    private volatile boolean listAgain;
    private volatile boolean draining;
    /** Whether the engine has given everything back. */
    private volatile boolean emptied;

    private Map<String, Shard> shards = Map.of();
    private int numbers;
    private long nextList;
    private long nextLeases;
    private long lastCommit;
    private Thread thread;

    /** @param shared made for the bell that readers ring */
    Coordinator(
            TriggerSetting trigger,
            ShardSetting setting,
            ShardSource stream,
            Group group,
            Function<Bell, ShardReader.Shared> shared) {
        this.trigger = trigger;
        this.setting = setting;
        this.stream = stream;
        this.group = group;
        this.shared = shared;
        this.clock = trigger.clock();
        this.bell = new Bell(clock);
    }

    /** Returns when the server has answered, or has not within some seconds. */
    void start() {
        thread = Threads.start(trigger.source().kind() + "-" + trigger.source().name(), this::run);
        try {
            started.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof NucleonException known ? known : e;
        }
    }

    private void run() {
        ShardReader.Shared readers = shared.apply(bell);
        long begin = clock.nanoTime();
        nextList = begin;
        nextLeases = begin;
        lastCommit = begin;
        try {
            while (closing.getCount() > 0) {
                turn(readers);
                if (!started.isDone() && (allOpened() || clock.nanoTime() - begin >= START_NANOS)) {
                    started.complete(null);
                }
                if (emptied && mine.isEmpty()) {
                    drained.complete(null);
                }
                bell.await(untilNext());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the trigger ends
        } finally {
            mine.values().forEach(ShardReader::interrupt);
            group.close();
            started.complete(null);
            drained.complete(null);
        }
    }

    private boolean allOpened() {
        return mine.values().stream().allMatch(ShardReader::hasOpened);
    }

    private long untilNext() {
        long now = clock.nanoTime();
        long until = Math.min(nextList, nextLeases) - now;
        return mine.isEmpty() ? until : Math.min(until, lastCommit + setting.commitNanos() - now);
    }

    private void turn(ShardReader.Shared readers) throws InterruptedException {
        long now = clock.nanoTime();
        if (now - nextList >= 0 || (listAgain && now - nextList >= LIST_AGAIN_NANOS - LIST_NANOS)) {
            list(now);
        }
        if (closing.getCount() == 0) {
            return; // the stream is not to be had
        }
        if (now - nextLeases >= 0) {
            keepLeases(readers);
        }
        if (emptied || now - lastCommit >= setting.commitNanos() || isSomethingUrgent()) {
            lastCommit = now;
            commit(false);
        }
    }

    private void list(long now) throws InterruptedException {
        listAgain = false;
        nextList = now + LIST_NANOS;
        try {
            Map<String, Shard> found = new LinkedHashMap<>();
            stream.shards().forEach(shard -> found.put(shard.id(), shard));
            shards = found;
            nextLeases = now;
            listPause.reset();
        } catch (SourceException e) {
            failed(e);
            nextList = now + listPause.next();
        }
    }

    private void keepLeases(ShardReader.Shared readers) throws InterruptedException {
        nextLeases = clock.nanoTime() + setting.leaseNanos() / LOOKS_A_LEASE;
        try {
            group.look(shards.keySet());
            adopt(readers);
            drop();
            commit(true);
            if (!draining) {
                group.take(shards);
                adopt(readers);
            }
            leasePause.reset();
        } catch (SourceException e) {
            failed(e);
            nextLeases = clock.nanoTime() + leasePause.next();
        }
    }

    /** What ends a start is only an entry in the log later on. */
    private void failed(SourceException e) {
        if (e.isRefusal() && started.completeExceptionally(e)) {
            closing.countDown();
        } else {
            LOG.error("{}", e.error().line());
            started.complete(null);
        }
    }

    /** Reads the shards whose lease says that they are ours, and learns what others have written into those leases. */
    private void adopt(ShardReader.Shared readers) {
        for (Lease lease : group.mine()) {
            ShardReader known = mine.get(lease.shard());
            Shard shard = shards.get(lease.shard());
            if (known != null) {
                known.setLease(lease);
            } else if (shard != null && !lease.position().isEnd()) {
                ShardReader reader = new ShardReader(readers, shard, numbers++, lease);
                mine.put(shard.id(), reader);
                reader.start(group.begins(lease) ? Position.LATEST : lease.position());
                LOG.debug("trigger {} reads {}", trigger.source().name(), shard.id());
            }
        }
    }

    /** What another has now, or the stream has no more, is called back; what runs of it is done twice, or for nobody. */
    private void drop() throws InterruptedException {
        for (ShardReader reader : List.copyOf(mine.values())) {
            boolean gone =
                    !shards.isEmpty() && !shards.containsKey(reader.shard().id());
            if (gone || !group.isMine(reader.shard().id())) {
                mine.remove(reader.shard().id());
                reader.leave();
                LOG.info(
                        gone ? "trigger {}: {} is no more" : "trigger {}: another processor has {}",
                        trigger.source().name(),
                        reader.shard().id());
            }
            if (gone) {
                group.remove(reader.lease());
            }
        }
    }

    private boolean isSomethingUrgent() {
        return mine.values().stream().anyMatch(reader -> reader.isMuchDone() || reader.hasLeft() || reader.isOver());
    }

    /** Writes how far each shard is done, if that is news or {@code renew}; gives away those that have been asked for. */
    private void commit(boolean renew) throws InterruptedException {
        List<ShardReader> readers = new ArrayList<>(mine.values());
        try {
            for (ShardReader reader : readers) {
                commit(reader, renew);
            }
        } catch (SourceException e) {
            LOG.error("{}", e.error().line());
            nextLeases = clock.nanoTime() + leasePause.next();
        }
    }

    private void commit(ShardReader reader, boolean renew) throws InterruptedException {
        if (!reader.lease().next().isEmpty() && !reader.isLeaving() && !draining) {
            reader.leave();
        }
        boolean over = reader.isOver();
        boolean away = emptied || reader.hasLeft();
        Progress.Reached reached = reader.progress().reached();
        if (!over && !away && !renew && reached == null) {
            return;
        }
        Lease before = reader.lease();
        Position position =
                over ? Position.END : reached == null ? before.position() : Position.after(reached.sequence());
        Lease now = over
                ? before.with("", "", position)
                : away
                        ? before.with(before.next(), "", position)
                        : before.with(before.owner(), before.next(), position);
        if (!group.write(now)) {
            nextLeases = clock.nanoTime(); // somebody has asked for it, or has it
            return;
        }
        reader.setLease(now);
        if (reached != null) {
            reader.confirmed(reached);
        }
        if (over || away) {
            reader.stop();
            mine.remove(reader.shard().id());
            listAgain = over || listAgain;
        }
    }

    /** The list of shards may be old; any thread. */
    void listAgain() {
        listAgain = true;
        bell.ring();
    }

    boolean isDraining() {
        return draining;
    }

    /** A handler has acked by itself; any thread. */
    void acked(int partition, long number) {
        for (ShardReader reader : mine.values()) {
            if (reader.shard().id().equals(Integer.toString(partition))) {
                reader.acked(number);
            }
        }
    }

    /** Reads no more, then has everything given back; done when the leases say how far it came and are nobody's. */
    CompletionStage<Void> drain(Supplier<CompletionStage<Void>> giveBack) {
        draining = true;
        if (thread == null) {
            drained.complete(null);
        }
        giveBack.get().thenRun(() -> {
            emptied = true;
            bell.ring();
        });
        return drained;
    }

    /** Ends; waits for it a little. */
    void close() {
        closing.countDown();
        bell.ring();
        if (thread != null) {
            try {
                thread.join(CLOSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread.interrupt();
        }
    }
}
