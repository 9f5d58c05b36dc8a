package io.nucleon.triggers.kafka;

import io.nucleon.invoke.Deliverer;
import io.nucleon.spec.trigger.Delivery;
import io.nucleon.spec.trigger.ExplicitAck;
import io.nucleon.spec.trigger.Ordering;
import io.nucleon.trigger.Backlog;
import io.nucleon.trigger.Lanes;
import io.nucleon.trigger.TriggerSetting;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions that a consumer has now. Belongs to the reader's thread; {@link #acked} may be called from any. */
final class Assignment implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

    /** How long a look at the broker may take; also how late an end is noticed. */
    private static final Duration WHILE_READING = Duration.ofMillis(100);
    /** Between looks while some partition rests: records of the others wait so long at most. */
    private static final long WHILE_PAUSED_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Between commits: what a killed processor does again. */
    private static final long COMMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final TriggerSetting trigger;
    private final KafkaSetting setting;
    private final Consumer<byte[], ByteBuffer> consumer;
    private final Deliverer deliverer;
    private final Reader reader;
    private final Backlog backlog;
    private final Lanes lanes;
    /** Whether the records of a partition end in their order: they are of one lane, and no handler acks by itself. */
    private final boolean endInOrder;

    private final Map<TopicPartition, Partition> partitions = new ConcurrentHashMap<>();
    private final Object settled = new Object();
    private final Thread reading = Thread.currentThread();
    /** Whether the reader waits for late acks. */
    private volatile boolean awaited;

    private int numbers;
    private int paused;
    /** Commits that the broker has not answered. */
    private int commits;

    private long lastCommit;

    Assignment(
            TriggerSetting trigger,
            KafkaSetting setting,
            Consumer<byte[], ByteBuffer> consumer,
            Deliverer deliverer,
            Reader reader,
            Backlog backlog) {
        this.trigger = trigger;
        this.setting = setting;
        this.consumer = consumer;
        this.deliverer = deliverer;
        this.reader = reader;
        this.backlog = backlog;
        Delivery delivery = trigger.spec().delivery();
        this.lanes = new Lanes(delivery.ordering());
        this.endInOrder = delivery.ordering() == Ordering.PARTITION && delivery.explicitAck() == ExplicitAck.DISABLE;
        this.lastCommit = trigger.clock().nanoTime();
    }

    private void deliver(ConsumerRecords<byte[], ByteBuffer> records) {
        if (records.isEmpty()) {
            return;
        }
        List<Stretch> stretches = new ArrayList<>();
        for (TopicPartition id : records.partitions()) {
            List<ConsumerRecord<byte[], ByteBuffer>> run = records.records(id);
            if (endInOrder) {
                stretches.add(stretch(partitionOf(id), run));
            } else {
                for (ConsumerRecord<byte[], ByteBuffer> one : run) {
                    stretches.add(stretch(partitionOf(id), List.of(one)));
                }
            }
        }
        deliverer.deliverSpans(stretches);
    }

    private Stretch stretch(Partition partition, List<ConsumerRecord<byte[], ByteBuffer>> run) {
        long bytes = 0;
        boolean plain = true;
        // Looked at here, where the client has just made them, and not by the thread that goes through them.
        for (ConsumerRecord<byte[], ByteBuffer> record : run) {
            plain &= !KafkaEvent.hasHeaders(record);
            bytes += record.value() == null ? 0 : record.value().remaining();
        }
        ConsumerRecord<byte[], ByteBuffer> first = run.getFirst();
        long lane = lanes.of(partition.number(), first.key(), first.offset());
        Stretch stretch = new Stretch(trigger.source(), reader, partition, lane, run, bytes, plain);
        backlog.add(bytes);
        partition.add(stretch);
        return stretch;
    }

    private Partition partitionOf(TopicPartition id) {
        Partition known = partitions.get(id);
        if (known == null) {
            Window window = new Window(setting.window(), setting.mostWindow());
            known = new Partition(id, numbers++, window, () -> LockSupport.unpark(reading));
            partitions.put(id, known);
        }
        return known;
    }

    /** Lets partitions rest that have much open, and all of them if {@code stop}; wakes those that have room again. */
    void regulate(boolean stop) {
        Set<TopicPartition> mine = consumer.assignment();
        boolean full = stop || backlog.isFull();
        long now = trigger.clock().nanoTime();
        List<TopicPartition> rest = new ArrayList<>();
        List<TopicPartition> wake = new ArrayList<>();
        paused = 0;
        for (TopicPartition id : mine) {
            Partition partition = partitionOf(id);
            Window window = partition.window();
            boolean rests = full
                    || partition.open() >= (partition.isPaused() ? window.restart() : window.size())
                    || partition.unconfirmed() >= window.size() + setting.ackWindow();
            if (rests != partition.isPaused()) {
                (rests ? rest : wake).add(id);
                partition.setPaused(rests);
                if (rests) {
                    window.rests(now);
                } else {
                    window.goesOn(now);
                }
            }
            paused += rests ? 1 : 0;
        }
        if (!rest.isEmpty()) {
            consumer.pause(rest);
        }
        if (!wake.isEmpty()) {
            consumer.resume(wake);
        }
    }

    /**
     * Takes what has come. The client counts what it holds of resting partitions as come, and would look for it again and again until its
     * time is over; so while some rest the wait for room is made here.
     */
    void read() {
        if (paused == 0) {
            deliver(consumer.poll(WHILE_READING));
            return;
        }
        ConsumerRecords<byte[], ByteBuffer> records = consumer.poll(Duration.ZERO);
        if (records.isEmpty()) {
            LockSupport.parkNanos(this, WHILE_PAUSED_NANOS);
        }
        deliver(records);
    }

    void acked(String topic, int partition, long offset) {
        Partition known = partitions.get(new TopicPartition(topic, partition));
        if (known != null) {
            known.acked(offset);
            changed();
        }
    }

    /** Commits what is done, if it is time to or much is done; does not wait for the broker. */
    void commitSome() {
        long now = trigger.clock().nanoTime();
        boolean early = now - lastCommit < COMMIT_NANOS && !isMuchDone();
        if (commits > 0 || early) {
            return;
        }
        lastCommit = now;
        Commit commit = prepare(partitions.values());
        if (!commit.offsets.isEmpty()) {
            commits++;
            consumer.commitAsync(commit.offsets, (which, failure) -> {
                commits--;
                commit.ended(failure);
            });
        }
    }

    private boolean isMuchDone() {
        for (Partition partition : partitions.values()) {
            if (2 * partition.unconfirmed() >= partition.window().size()) {
                return true;
            }
        }
        return false;
    }

    void commitAll() {
        commit(partitions.values());
    }

    private void commit(Collection<Partition> which) {
        Commit commit = prepare(which);
        if (commit.offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(commit.offsets, Duration.ofMillis(Clients.START_MILLIS));
            commit.ended(null);
        } catch (KafkaException e) {
            commit.ended(e);
            LOG.warn(
                    "trigger {} could not commit offsets, some records will be done again: {}",
                    trigger.source().name(),
                    e.getMessage());
        }
    }

    /** Offsets on their way to the broker, and how many records each of them passes. */
    private record Commit(Map<TopicPartition, OffsetAndMetadata> offsets, Map<Partition, Integer> records) {
        void ended(Exception failure) {
            records.forEach((partition, number) -> {
                if (failure == null) {
                    partition.confirmed(number);
                } else {
                    partition.notCommitted();
                }
            });
        }
    }

    private Commit prepare(Collection<Partition> which) {
        Commit commit = new Commit(new HashMap<>(), new HashMap<>());
        for (Partition partition : which) {
            long position = partition.position(setting.ackWindow());
            if (position >= 0) {
                commit.offsets.put(partition.id(), new OffsetAndMetadata(position));
                commit.records.put(partition, partition.committed(position));
            }
        }
        return commit;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> given) {
        LOG.debug("trigger {} has partitions {}", trigger.source().name(), given);
    }

    /**
     * They go to another member: what runs may end, workers run their drain callbacks, what is done is committed, the rest is the other's.
     */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> taken) {
        List<Partition> leaving = known(taken);
        if (leaving.isEmpty()) {
            return;
        }
        long end = trigger.clock().nanoTime() + setting.handlerWait().toNanos();
        waitFor(recall(leaving), end);
        try {
            waitFor(deliverer.drainWorkers().toCompletableFuture(), end);
            if (trigger.spec().delivery().explicitAck() != ExplicitAck.DISABLE) {
                waitForAcks(leaving);
            }
            commit(leaving);
            leaving.forEach(partition -> partitions.remove(partition.id()));
        } finally {
            deliverer.resumeWorkers();
        }
    }

    /** They are another's already: nothing can be committed. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> taken) {
        List<Partition> leaving = known(taken);
        recall(leaving);
        leaving.forEach(partition -> partitions.remove(partition.id()));
    }

    private List<Partition> known(Collection<TopicPartition> ids) {
        return ids.stream().map(partitions::get).filter(one -> one != null).toList();
    }

    private Future<Void> recall(List<Partition> leaving) {
        Set<Integer> numbersLeaving = leaving.stream().map(Partition::number).collect(Collectors.toSet());
        return deliverer
                .recall(lane -> numbersLeaving.stream().anyMatch(number -> Lanes.isOf(lane, number)))
                .toCompletableFuture();
    }

    private void waitFor(Future<Void> ends, long end) {
        try {
            ends.get(Math.max(0, end - trigger.clock().nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.warn(
                    "trigger {} gives up partitions while handlers still run: their records will be done again",
                    trigger.source().name());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void waitForAcks(List<Partition> leaving) {
        long end = trigger.clock().nanoTime() + setting.explicitAckWait().toNanos();
        awaited = true;
        try {
            synchronized (settled) {
                long left = end - trigger.clock().nanoTime();
                while (left > 0 && !leaving.stream().allMatch(Partition::isSettled)) {
                    TimeUnit.NANOSECONDS.timedWait(settled, left);
                    left = end - trigger.clock().nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            awaited = false;
        }
    }

    /** A record has ended or was acked; any thread. */
    void changed() {
        if (awaited) {
            synchronized (settled) {
                settled.notifyAll();
            }
        }
    }
}
