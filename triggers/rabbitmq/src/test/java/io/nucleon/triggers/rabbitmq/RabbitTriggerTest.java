package io.nucleon.triggers.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.DurableEvent;
import io.nucleon.invoke.RecordingDeliverer;
import io.nucleon.invoke.SeenEvent;
import io.nucleon.loop.EventLoops;
import io.nucleon.spec.problem.SpecException;
import io.nucleon.support.broker.RabbitServer;
import io.nucleon.trigger.TestSettings;
import io.nucleon.trigger.Trigger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One broker for all; each test has an exchange and a queue of its own. */
@Timeout(120)
class RabbitTriggerTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static RabbitServer server;

    private final EventLoops loops = new EventLoops(1);
    private final RecordingDeliverer deliverer = new RecordingDeliverer();
    private final String exchange = "shop-" + NUMBER.incrementAndGet();
    private final String queue = exchange + "-orders";
    private Connection connection;
    private Channel channel;
    private Trigger trigger;

    @BeforeAll
    static void startServer() throws Exception {
        server = new RabbitServer().start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void connect() throws Exception {
        connection = connection();
        channel = connection.createChannel();
    }

    @AfterEach
    void stopAll() {
        if (trigger != null) {
            trigger.stop();
        }
        connection.abort(2_000);
        loops.close();
    }

    private void start(String more) {
        start(
                "",
                ", exchangeName: " + exchange + ", topics: ['orders.*'], durableQueue: true, durableExchange: true"
                        + more);
    }

    private void start(String fields, String attributes) {
        trigger = new RabbitTriggerFactory()
                .create(
                        TestSettings.of(
                                "kind: rabbit-mq\nurl: " + server.url() + "\n" + fields + "attributes: {queueName: "
                                        + queue + ", reconnectInterval: 1s" + attributes + "}",
                                loops,
                                Clock.system()),
                        null,
                        deliverer);
        trigger.start();
    }

    private void publish(String body) throws Exception {
        publish(new AMQP.BasicProperties.Builder().deliveryMode(2).build(), body);
    }

    private void publish(AMQP.BasicProperties properties, String body) throws Exception {
        channel.basicPublish(exchange, "orders.eu", properties, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Connection connection() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(server.url());
        return factory.newConnection("test");
    }

    private static String bodyOf(DurableEvent event) {
        return StandardCharsets.UTF_8.decode(event.body()).toString();
    }

    private long ready() throws Exception {
        return channel.messageCount(queue);
    }

    /** What is in the queue when nobody consumes it, unacked messages back in it. */
    private long leftWithoutTrigger() throws Exception {
        trigger.stop();
        trigger = null;
        return ready();
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // the library has no other
    void deliversMessagesAsNuclioShowsThem() throws Exception {
        start("");
        publish(
                new AMQP.BasicProperties.Builder()
                        .messageId("id-7")
                        .type("created")
                        .contentType("application/json")
                        .replyTo("answers")
                        .timestamp(new Date(1_700_000_000_000L))
                        .headers(Map.of("trace", "7", "n", 3))
                        .build(),
                "{}");

        DurableEvent event = deliverer.take();

        SeenEvent seen = SeenEvent.of(event);
        assertThat(seen.id()).isEqualTo("id-7");
        assertThat(seen.path()).isEqualTo(exchange + "/orders.eu");
        assertThat(seen.contentType()).isEqualTo("application/json");
        assertThat(seen.bodyText()).isEqualTo("{}");
        assertThat(seen.headers()).containsEntry("trace", "7").containsEntry("n", "3");
        assertThat(event.method()).isEqualTo("created");
        assertThat(event.extra("url")).isEqualTo("answers");
        assertThat(event.timeNanos()).isEqualTo(1_700_000_000_000_000_000L);
        assertThat(event.source().kind()).isEqualTo("rabbitMq");
        assertThat(event.redeliveries()).isZero();
    }

    @Test
    void acksWhenTheEventIsDone() throws Exception {
        start("");
        publish("one");
        publish("two");
        deliverer.take().ack();
        deliverer.take();

        // the other one is back, the acked one is gone
        trigger.drain().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(leftWithoutTrigger()).isEqualTo(1);
    }

    @Test
    void aMessageThatWasGivenBackComesAgainAndSaysSo() throws Exception {
        start("");
        publish("one");

        deliverer.take().nack(0);

        DurableEvent again = deliverer.take();
        assertThat(bodyOf(again)).isEqualTo("one");
        assertThat(again.redeliveries()).isEqualTo(1);
    }

    @Test
    void quorumQueuesCountDeliveries() throws Exception {
        start(", queueType: quorum");
        publish("one");
        for (int i = 0; i < 3; i++) {
            DurableEvent event = deliverer.take();
            assertThat(event.redeliveries()).isEqualTo(i);
            event.nack(0);
        }
        deliverer.take().ack();
    }

    @Test
    void noMoreThanTheWindowIsOpen() throws Exception {
        start(", prefetchCount: 3");
        for (int i = 0; i < 10; i++) {
            publish("m" + i);
        }
        List<DurableEvent> open = List.of(deliverer.take(), deliverer.take(), deliverer.take());
        assertThat(deliverer.waiting()).isZero();
        Set<String> bodies = new HashSet<>();
        List<DurableEvent> next = new ArrayList<>(open);
        while (bodies.size() < 10) {
            for (DurableEvent event : next) {
                bodies.add(bodyOf(event));
                event.ack();
            }
            next = bodies.size() < 10 ? List.of(deliverer.take()) : List.of();
        }
        await("an empty queue").atMost(SOON).until(() -> ready() == 0);
    }

    @Test
    void oneWorkerMeansOneAfterTheOtherAndMoreMeanTogether() throws Exception {
        start("");
        publish("one");
        DurableEvent alone = deliverer.take();
        assertThat(alone.lane()).isZero();
        alone.ack();
        trigger.stop();

        start(
                "numWorkers: 4\n",
                ", exchangeName: " + exchange + ", topics: ['orders.*'], durableQueue: true, durableExchange: true");
        publish("two");
        assertThat(deliverer.take().lane()).isEqualTo(DurableEvent.NO_LANE);
    }

    @Test
    void aQueueThatIsThereNeedsNoTopics() throws Exception {
        channel.queueDeclare(queue, true, false, false, Map.of());
        start("", "");
        channel.basicPublish("", queue, null, "hello".getBytes(StandardCharsets.UTF_8));

        assertThat(bodyOf(deliverer.take())).isEqualTo("hello");
    }

    @Test
    void saysWhichQueueIsMissing() {
        assertThatThrownBy(() -> start("", ""))
                .isInstanceOf(NucleonException.class)
                .hasMessageContaining("NUC-5011")
                .hasMessageContaining(queue);
    }

    @Test
    void saysWhoWasRefusedAndNotThePassword() {
        assertThatThrownBy(() -> start("username: bob\npassword: wrong-one\n", ""))
                .isInstanceOf(NucleonException.class)
                .hasMessageContaining("NUC-5011")
                .hasMessageContaining("'bob'")
                .hasMessageNotContaining("wrong-one");
    }

    @Test
    void givenUpMessagesGoToTheQueuesOwnDeadLettersIfTheFileSaysNack() throws Exception {
        channel.exchangeDeclare(exchange, "topic", true);
        channel.queueDeclare(queue + "-dead", true, false, false, Map.of());
        channel.queueDeclare(
                queue,
                true,
                false,
                false,
                Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", queue + "-dead"));
        channel.queueBind(queue, exchange, "orders.*");
        start("", ", onError: nack");
        publish("poison");

        assertThat(deliverer.take().reject())
                .hasValueSatisfying(where -> assertThat(where).contains("dead-letter exchange"));

        GetResponse dead = await("the dead letter")
                .atMost(SOON)
                .until(() -> channel.basicGet(queue + "-dead", true), one -> one != null);
        assertThat(new String(dead.getBody(), StandardCharsets.UTF_8)).isEqualTo("poison");
    }

    @Test
    void otherwiseTheyAreNotTheBrokersBusiness() throws Exception {
        start("");
        publish("poison");

        assertThat(deliverer.take().reject()).isEmpty();
    }

    @Test
    void deadLettersCanGoToAQueueWithHeadersAndReason() throws Exception {
        channel.queueDeclare(queue + "-dead", true, false, false, Map.of());
        start("deadLetter: queue:x\n", ", exchangeName: " + exchange + ", topics: ['orders.*']");
        publish(
                new AMQP.BasicProperties.Builder()
                        .messageId("id-7")
                        .headers(Map.of("trace", "7"))
                        .build(),
                "poison");
        DurableEvent event = deliverer.take();

        trigger.publisher()
                .orElseThrow()
                .publish(queue + "-dead", event, List.of("X-Nucleon-Dead-Letter-Reason", "KeyError"))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);

        GetResponse dead = channel.basicGet(queue + "-dead", true);
        assertThat(new String(dead.getBody(), StandardCharsets.UTF_8)).isEqualTo("poison");
        assertThat(dead.getProps().getMessageId()).isEqualTo("id-7");
        assertThat(dead.getProps().getHeaders().get("trace")).hasToString("7");
        assertThat(dead.getProps().getHeaders().get("X-Nucleon-Dead-Letter-Reason"))
                .hasToString("KeyError");
        assertThatThrownBy(() -> trigger.publisher()
                        .orElseThrow()
                        .publish(queue + "-nowhere", event, List.of())
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS))
                .hasMessageContaining("no queue is there");
    }

    @Test
    void declaresEverythingAgainAfterTheServerWasGone() throws Exception {
        start("");
        publish("before");
        deliverer.take().ack();

        server.kill();
        server.start();
        connection = connection();
        channel = connection.createChannel();
        await("the consumer").atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            if (!channel.isOpen()) {
                channel = connection.createChannel();
            }
            return channel.consumerCount(queue) == 1;
        });
        publish("after");

        DurableEvent next = deliverer.take();
        while (bodyOf(next).equals("before")) {
            next.ack();
            next = deliverer.take();
        }
        assertThat(bodyOf(next)).isEqualTo("after");
    }

    @Test
    void startsWithoutItsServerAndConsumesWhenItIsThere() throws Exception {
        channel.queueDeclare(queue, true, false, false, Map.of());
        channel.confirmSelect();
        channel.basicPublish(
                "",
                queue,
                new AMQP.BasicProperties.Builder().deliveryMode(2).build(),
                "kept".getBytes(StandardCharsets.UTF_8));
        // only what is confirmed is on the disk
        channel.waitForConfirmsOrDie(SOON.toMillis());
        server.keepDeclared();
        server.kill();
        try {
            start("", "");
        } finally {
            server.start();
        }

        assertThat(bodyOf(deliverer.take())).isEqualTo("kept");
    }

    @Test
    void aDeletedQueueIsMadeAgain() throws Exception {
        start("");
        publish("before");
        deliverer.take().ack();

        channel.queueDelete(queue);

        await("the queue").atMost(SOON).ignoreExceptions().until(() -> {
            if (!channel.isOpen()) {
                channel = connection.createChannel();
            }
            return channel.consumerCount(queue) == 1;
        });
        publish("after");
        assertThat(bodyOf(deliverer.take())).isEqualTo("after");
    }

    @Test
    void wrongAttributesAreSaidAtOnce() {
        assertThatThrownBy(() -> new RabbitTriggerFactory()
                        .create(
                                TestSettings.of(
                                        "kind: rabbit-mq\nurl: http://x\nattributes: {prefetchCount: -1, onError: drop}",
                                        loops,
                                        Clock.system()),
                                null,
                                deliverer))
                .isInstanceOfSatisfying(
                        SpecException.class,
                        e -> assertThat(e.problems())
                                .extracting(one -> one.path())
                                .contains(
                                        "spec.triggers.t.attributes.prefetchCount",
                                        "spec.triggers.t.attributes.onError"));
    }
}
