package io.nucleon.triggertest;

import io.nucleon.support.broker.BrokerProcess;
import io.nucleon.support.broker.KafkaBroker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic of two partitions and a group of its own. */
final class KafkaSource implements Source {

    private static final int PARTITIONS = 2;
    private static final int WINDOW = 16;

    private final KafkaBroker broker;
    private final String topic;
    private final Admin admin;
    private final Producer<String, String> producer;

    KafkaSource(KafkaBroker broker, String topic) throws Exception {
        this(broker, topic, Map.of());
    }

    /** @param security what the broker asks of this test's own clients */
    KafkaSource(KafkaBroker broker, String topic, Map<String, Object> security) throws Exception {
        this.broker = broker;
        this.topic = topic;
        Map<String, Object> client = new HashMap<>(security);
        client.put("bootstrap.servers", broker.address());
        admin = Admin.create(client);
        client.put("linger.ms", 0);
        producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer());
        admin.createTopics(List.of(
                        new NewTopic(topic, PARTITIONS, (short) 1), new NewTopic(topic + "-dead", 1, (short) 1)))
                .all()
                .get(60, TimeUnit.SECONDS);
    }

    @Override
    public String trigger() {
        return "kind: kafka-cluster\nattributes: {brokers: ['" + broker.address() + "'], topics: [" + topic
                + "], consumerGroup: g-" + topic + ", initialOffset: earliest, channelBufferSize: " + WINDOW + "}";
    }

    @Override
    public String deadLetters() {
        return "topic:" + topic + "-dead";
    }

    @Override
    public long deadLetterCount() throws Exception {
        return end(new TopicPartition(topic + "-dead", 0));
    }

    private long end(TopicPartition partition) throws Exception {
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get(60, TimeUnit.SECONDS)
                .offset();
    }

    @Override
    public int partitions() {
        return PARTITIONS;
    }

    @Override
    public void send(int partition, String body) throws Exception {
        send(partition, null, body);
    }

    /** @param key null for none */
    void send(int partition, String key, String body) throws Exception {
        producer.send(new ProducerRecord<>(topic, partition, key, body)).get(60, TimeUnit.SECONDS);
    }

    @Override
    public long left() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets("g-" + topic)
                .partitionsToOffsetAndMetadata()
                .get(60, TimeUnit.SECONDS);
        long left = 0;
        for (int i = 0; i < PARTITIONS; i++) {
            TopicPartition partition = new TopicPartition(topic, i);
            OffsetAndMetadata done = committed.get(partition);
            left += end(partition) - (done == null ? 0 : done.offset());
        }
        return left;
    }

    /** A poll beyond the window may be open, and a window's worth done without the broker having heard of it. */
    @Override
    public int mostAgain() {
        return 3 * WINDOW;
    }

    @Override
    public BrokerProcess broker() {
        return broker;
    }

    String address() {
        return broker.address();
    }

    String topic() {
        return topic;
    }

    Admin admin() {
        return admin;
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
    }
}
