package io.nucleon.triggers.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.DurableEvent;
import io.nucleon.invoke.RecordingDeliverer;
import io.nucleon.invoke.SeenEvent;
import io.nucleon.loop.EventLoops;
import io.nucleon.support.broker.KafkaBroker;
import io.nucleon.trigger.TestSettings;
import io.nucleon.trigger.Trigger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One broker for all; each test has a topic and a group of its own. */
@Timeout(120)
class KafkaTriggerTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static KafkaBroker broker;
    private static Admin admin;
    private static Producer<String, String> producer;

    private final EventLoops loops = new EventLoops(1);
    private final RecordingDeliverer deliverer = new RecordingDeliverer();
    private final List<Trigger> triggers = new ArrayList<>();
    private final String topic = "orders-" + NUMBER.incrementAndGet();
    private final String group = "group-of-" + topic;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new KafkaBroker(Map.of()).start();
        admin = Admin.create(Map.of("bootstrap.servers", broker.address()));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address(), "linger.ms", 0, "delivery.timeout.ms", 60_000),
                new StringSerializer(),
                new StringSerializer());
    }

    @AfterAll
    static void stopBroker() throws Exception {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
        broker.close();
    }

    @BeforeEach
    void makeTopic() throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void stopAll() {
        triggers.forEach(Trigger::stop);
        loops.close();
    }

    private Trigger start(String more, RecordingDeliverer into) {
        return start(broker.address(), more, "", into);
    }

    private Trigger start(String address, String more, String fields, RecordingDeliverer into) {
        Trigger trigger = new KafkaTriggerFactory()
                .create(
                        TestSettings.of(
                                "kind: kafka-cluster\n" + fields + "attributes: {brokers: ['" + address
                                        + "'], topics: ["
                                        + topic + "], consumerGroup: " + group + ", initialOffset: earliest" + more
                                        + "}",
                                loops,
                                Clock.system()),
                        null,
                        into);
        triggers.add(trigger);
        trigger.start();
        return trigger;
    }

    private void send(int partition, String key, String value) throws Exception {
        producer.send(new ProducerRecord<>(topic, partition, key, value)).get(60, TimeUnit.SECONDS);
    }

    private long committed(int partition) throws Exception {
        OffsetAndMetadata offset = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(30, TimeUnit.SECONDS)
                .get(new TopicPartition(topic, partition));
        return offset == null ? -1 : offset.offset();
    }

    private static String bodyOf(DurableEvent event) {
        return StandardCharsets.UTF_8.decode(event.body()).toString();
    }

    @Test
    void deliversRecordsWithAllTheirParts() throws Exception {
        start("", deliverer);
        ProducerRecord<String, String> sent = new ProducerRecord<>(topic, 1, 1_700_000_000_123L, "ada", "{}");
        sent.headers().add("Content-Type", "application/json".getBytes(StandardCharsets.UTF_8));
        sent.headers().add("trace", "7".getBytes(StandardCharsets.UTF_8));
        producer.send(sent).get(30, TimeUnit.SECONDS);

        DurableEvent event = deliverer.take();

        SeenEvent seen = SeenEvent.of(event);
        assertThat(seen.path()).isEqualTo(topic);
        assertThat(seen.bodyText()).isEqualTo("{}");
        assertThat(seen.contentType()).isEqualTo("application/json");
        assertThat(seen.headers()).containsEntry("trace", "7").containsEntry("X-Nucleon-Key", "ada");
        assertThat(event.extra("topic")).isEqualTo(topic);
        assertThat(event.shard()).isEqualTo(1);
        assertThat(event.streamOffset()).isZero();
        assertThat(event.timeNanos()).isEqualTo(1_700_000_000_123_000_000L);
        assertThat(event.source().kind()).isEqualTo("kafka-cluster");
    }

    @Test
    void commitsUpToTheFirstRecordThatIsNotDone() throws Exception {
        start(broker.address(), "", "ordering: none\n", deliverer);
        for (String value : List.of("a", "b", "c")) {
            send(0, null, value);
        }
        DurableEvent first = deliverer.take();
        DurableEvent second = deliverer.take();
        DurableEvent third = deliverer.take();

        first.ack();
        third.ack();
        await("the first offset").atMost(SOON).until(() -> committed(0) == 1);

        second.ack();
        await("all offsets").atMost(SOON).until(() -> committed(0) == 3);
    }

    @Test
    void staysBehindByTheWindowThatIsAskedFor() throws Exception {
        start(", ackWindowSize: 2", deliverer);
        for (int i = 0; i < 5; i++) {
            send(0, null, "v" + i);
            deliverer.take().ack();
        }

        await("the offset").atMost(SOON).until(() -> committed(0) == 3);
    }

    @Test
    void whatWasNotDoneIsReadAgainByTheNext() throws Exception {
        Trigger first = start("", deliverer);
        send(0, null, "a");
        send(0, null, "b");
        deliverer.take().ack();

        first.drain().toCompletableFuture().get(30, TimeUnit.SECONDS);
        first.stop();

        assertThat(committed(0)).isEqualTo(1);
        start("", deliverer);
        assertThat(bodyOf(deliverer.take())).isEqualTo("b");
    }

    @Test
    void recordsOfAPartitionShareALaneUnlessOrderIsOfLessWorth() throws Exception {
        start("", deliverer);
        send(0, "x", "1");
        send(0, "y", "2");
        send(1, "x", "3");
        List<DurableEvent> events = List.of(deliverer.take(), deliverer.take(), deliverer.take());
        Set<Long> lanes = new HashSet<>();
        events.forEach(event -> lanes.add(event.lane()));
        assertThat(lanes).hasSize(2);
        triggers.getFirst().stop();

        RecordingDeliverer byKey = new RecordingDeliverer();
        start(broker.address(), "", "ordering: key\n", byKey);
        List<DurableEvent> again = List.of(byKey.take(), byKey.take(), byKey.take());
        lanes.clear();
        again.forEach(event -> lanes.add(event.lane()));
        assertThat(lanes).hasSize(3);
    }

    @Test
    void restsWhileMuchIsOpenAndGoesOnWithRoom() throws Exception {
        start(", channelBufferSize: 4", deliverer);
        for (int i = 0; i < 40; i++) {
            send(0, null, "v" + i);
        }
        List<DurableEvent> open = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            open.add(deliverer.take());
        }
        // Two polls' worth at most.
        assertThat(deliverer.waiting()).isLessThanOrEqualTo(4);
        open.forEach(DurableEvent::ack);

        for (int i = 4; i < 40; i++) {
            DurableEvent event = deliverer.take();
            assertThat(bodyOf(event)).isEqualTo("v" + i);
            event.ack();
        }
        await("all").atMost(SOON).until(() -> committed(0) == 40);
    }

    @Test
    void readsNothingWhileTheDelivererIsCongested() throws Exception {
        deliverer.congested(true);
        start("", deliverer);
        send(0, null, "first");
        await("the group's member")
                .atMost(SOON)
                .until(() -> !admin.describeConsumerGroups(List.of(group))
                        .all()
                        .get(30, TimeUnit.SECONDS)
                        .get(group)
                        .members()
                        .isEmpty());

        await("nothing").during(Duration.ofMillis(500)).atMost(SOON).until(() -> deliverer.waiting() == 0);
        deliverer.congested(false);

        assertThat(bodyOf(deliverer.take())).isEqualTo("first");
    }

    @Test
    void whatHandlersHoldIsCommittedWhenTheyAckIt() throws Exception {
        Trigger trigger =
                start(broker.address(), ", workerAllocationMode: static", "explicitAckMode: enable\n", deliverer);
        for (int i = 0; i < 3; i++) {
            send(0, null, "v" + i);
        }
        deliverer.take().hold();
        deliverer.take().hold();
        deliverer.take().ack();

        trigger.acked(topic, 0, 0);
        await("the first").atMost(SOON).until(() -> committed(0) == 1);

        trigger.acked(topic, 0, 1);
        await("all").atMost(SOON).until(() -> committed(0) == 3);
    }

    @Test
    void whatWorkersAckInTheirBreakIsCommittedBeforeThePartitionGoes() throws Exception {
        String held = "explicitAckMode: enable\nwaitExplicitAckDuringRebalanceTimeout: 0s\n";
        Trigger first = start(broker.address(), ", workerAllocationMode: static", held, deliverer);
        send(0, null, "a");
        send(1, null, "b");
        deliverer.take().hold();
        deliverer.take().hold();
        deliverer.onDrainWorkers(() -> {
            first.acked(topic, 0, 0);
            first.acked(topic, 1, 0);
            return CompletableFuture.completedFuture(null);
        });
        RecordingDeliverer other = new RecordingDeliverer();

        start(broker.address(), ", workerAllocationMode: static", held, other);

        await("both commits").atMost(SOON).until(() -> committed(0) == 1 && committed(1) == 1);
        await("the second's share").atMost(Duration.ofSeconds(60)).until(() -> {
            send(0, null, "probe");
            send(1, null, "probe");
            return other.waiting() > 0;
        });
        assertThat(bodyOf(other.take())).isEqualTo("probe");
        assertThat(deliverer.asked()).startsWith("drain", "resume");
    }

    @Test
    void twoOfAGroupShareThePartitionsAndOneTakesOverWithoutLoss() throws Exception {
        shareAndTakeOver("");
    }

    @Test
    void theOlderGroupProtocolSharesToo() throws Exception {
        shareAndTakeOver(", balanceStrategy: range, sessionTimeout: 6s, heartbeatInterval: 500ms");
    }

    private void shareAndTakeOver(String protocol) throws Exception {
        RecordingDeliverer other = new RecordingDeliverer();
        start(protocol, deliverer);
        send(0, null, "early");
        deliverer.take().ack();
        Trigger second = start(protocol, other);
        await("the second's share").atMost(Duration.ofSeconds(60)).until(() -> {
            send(0, null, "probe");
            send(1, null, "probe");
            takeAll(deliverer);
            return takeAll(other) > 0;
        });

        second.drain().toCompletableFuture().get(30, TimeUnit.SECONDS);
        second.stop();
        takeAll(deliverer);
        send(0, null, "last");
        send(1, null, "last");

        Set<Integer> seen = new HashSet<>();
        while (seen.size() < 2) {
            DurableEvent event = deliverer.take();
            if (bodyOf(event).equals("last")) {
                seen.add(event.shard());
            }
            event.ack();
        }
    }

    private static int takeAll(RecordingDeliverer from) throws InterruptedException {
        int taken = 0;
        while (from.waiting() > 0) {
            from.take().ack();
            taken++;
        }
        return taken;
    }

    @Test
    void goesOnAfterTheBrokerWasGone() throws Exception {
        start("", deliverer);
        send(0, null, "before");
        deliverer.take().ack();

        broker.kill();
        broker.start();
        send(0, null, "after");

        DurableEvent next = deliverer.take();
        while (bodyOf(next).equals("before")) {
            next.ack();
            next = deliverer.take();
        }
        assertThat(bodyOf(next)).isEqualTo("after");
    }

    @Test
    void startsWithoutItsBrokerAndReadsWhenItIsThere() throws Exception {
        send(0, null, "kept");
        broker.kill();
        try {
            start("", deliverer);
        } finally {
            broker.start();
        }

        assertThat(bodyOf(deliverer.take())).isEqualTo("kept");
    }

    @Test
    void saysWhichTopicIsMissing() {
        assertThatThrownBy(() -> new KafkaTriggerFactory()
                        .create(
                                TestSettings.of(
                                        "kind: kafka\nurl: " + broker.address()
                                                + "\nattributes: {topics: [nowhere], consumerGroup: g}",
                                        loops,
                                        Clock.system()),
                                null,
                                deliverer)
                        .start())
                .isInstanceOf(NucleonException.class)
                .hasMessageContaining("NUC-5011")
                .hasMessageContaining("no topic 'nowhere'");
    }

    @Test
    void saysWhoWasRefusedAndNotThePassword() throws Exception {
        Map<String, String> guarded = Map.of(
                "listener.security.protocol.map",
                "CLIENT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "sasl.mechanism.inter.broker.protocol",
                "PLAIN",
                "listener.name.client.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ada\" password=\"right\""
                        + " user_ada=\"right\";");
        try (KafkaBroker other = new KafkaBroker(guarded).start()) {
            assertThatThrownBy(() -> start(
                            other.address(), ", sasl: {enable: true, user: bob, password: wrong-one}", "", deliverer))
                    .isInstanceOf(NucleonException.class)
                    .hasMessageContaining("NUC-5011")
                    .hasMessageContaining("'bob'")
                    .hasMessageNotContaining("wrong-one");
            try (Admin own = Admin.create(signedIn(other))) {
                own.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            start(other.address(), ", sasl: {enable: true, user: ada, password: right}", "", deliverer);
            try (Producer<String, String> own =
                    new KafkaProducer<>(signedIn(other), new StringSerializer(), new StringSerializer())) {
                own.send(new ProducerRecord<>(topic, "hello")).get(30, TimeUnit.SECONDS);
            }
            assertThat(bodyOf(deliverer.take())).isEqualTo("hello");
            triggers.forEach(Trigger::stop);
        }
    }

    private static Map<String, Object> signedIn(KafkaBroker other) {
        return Map.of(
                "bootstrap.servers",
                other.address(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ada\" password=\"right\";");
    }

    @Test
    void deadLettersGoToATopicWithKeyHeadersAndReason() throws Exception {
        String dead = topic + "-dead";
        admin.createTopics(List.of(new NewTopic(dead, 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
        Trigger trigger = start("", deliverer);
        ProducerRecord<String, String> sent = new ProducerRecord<>(topic, 0, "ada", "poison");
        sent.headers().add("trace", "7".getBytes(StandardCharsets.UTF_8));
        producer.send(sent).get(30, TimeUnit.SECONDS);
        DurableEvent event = deliverer.take();

        trigger.publisher()
                .orElseThrow()
                .publish(dead, event, List.of("X-Nucleon-Dead-Letter-Reason", "KeyError 'price'"))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);

        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address(), ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(dead, 0)));
            ConsumerRecord<String, byte[]> letter =
                    consumer.poll(SOON).records(dead).iterator().next();
            assertThat(letter.key()).isEqualTo("ada");
            assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("poison");
            assertThat(letter.headers().lastHeader("trace").value()).isEqualTo("7".getBytes(StandardCharsets.UTF_8));
            assertThat(letter.headers()
                            .lastHeader("X-Nucleon-Dead-Letter-Reason")
                            .value())
                    .isEqualTo("KeyError 'price'".getBytes(StandardCharsets.UTF_8));
            assertThat(letter.headers().lastHeader("X-Nucleon-Key")).isNull();
        }
    }

    @Test
    void aDeadLetterForATopicThatIsNotThereIsRefused() throws Exception {
        Trigger trigger = start(", retryBackoff: 100ms", deliverer);
        send(0, null, "poison");
        DurableEvent event = deliverer.take();

        assertThatThrownBy(() -> trigger.publisher()
                        .orElseThrow()
                        .publish("nowhere-" + topic, event, List.of())
                        .toCompletableFuture()
                        .get(90, TimeUnit.SECONDS))
                .hasMessageContaining("nowhere-" + topic);
    }
}
