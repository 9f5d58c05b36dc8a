package io.nucleon.bench.kafka;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic full of equal records, read again by each group. */
final class Topic implements AutoCloseable {

    static final String NAME = "load";

    private static final long PATIENCE_SECONDS = 60;

    private final String address;
    private final Admin admin;

    Topic(String address) {
        this.address = address;
        this.admin = Admin.create(Map.of("bootstrap.servers", address));
    }

    /** Makes it and fills it. */
    void fill(int partitions, long records, int bytes)
            throws InterruptedException, ExecutionException, TimeoutException {
        admin.createTopics(List.of(new NewTopic(NAME, partitions, (short) 1)))
                .all()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        byte[] value = new byte[bytes];
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address, "linger.ms", 20, "batch.size", 1 << 16),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (long i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>(NAME, (int) (i % partitions), null, value));
            }
        }
    }

    /** Records that a group has done, as far as the broker knows. */
    long done(String group) throws InterruptedException, ExecutionException, TimeoutException {
        return admin
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .values()
                .stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    /** Removes a group that nobody is in any more. */
    void forget(String group) throws InterruptedException, ExecutionException, TimeoutException {
        admin.deleteConsumerGroups(Set.of(group)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        admin.close();
    }
}
