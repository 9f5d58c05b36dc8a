package io.nucleon.triggers.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.DurableEvent;
import io.nucleon.invoke.RecordingDeliverer;
import io.nucleon.invoke.SeenEvent;
import io.nucleon.loop.EventLoops;
import io.nucleon.spec.problem.SpecException;
import io.nucleon.support.broker.NatsServer;
import io.nucleon.trigger.TestSettings;
import io.nucleon.trigger.Trigger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class JetStreamTriggerTest {

    private static final Duration ACK_WAIT = Duration.ofSeconds(1);

    private final EventLoops loops = new EventLoops(1);
    private final RecordingDeliverer deliverer = new RecordingDeliverer();
    private NatsServer server;
    private Connection connection;
    private Trigger trigger;

    @BeforeEach
    void startServer() throws Exception {
        server = new NatsServer().start();
        connection = Nats.connect(
                new Options.Builder().server(server.url()).maxReconnects(-1).build());
        JetStreamManagement management = connection.jetStreamManagement();
        management.addStream(StreamConfiguration.builder()
                .name("orders")
                .subjects("orders.>")
                .build());
        management.addOrUpdateConsumer(
                "orders",
                ConsumerConfiguration.builder()
                        .durable("fn")
                        .ackPolicy(AckPolicy.Explicit)
                        .ackWait(ACK_WAIT)
                        .build());
    }

    @AfterEach
    void stopAll() throws Exception {
        if (trigger != null) {
            trigger.stop();
        }
        connection.close();
        server.close();
        loops.close();
    }

    private void start(String more) {
        trigger = new NatsTriggerFactory()
                .create(
                        TestSettings.of(
                                "kind: natsjetstream\nurl: " + server.url()
                                        + "\nattributes: {stream: orders, consumer: fn" + more + "}",
                                loops,
                                Clock.system()),
                        null,
                        deliverer);
        trigger.start();
    }

    private void publish(String subject, String body) throws Exception {
        connection.jetStream().publish(subject, body.getBytes(StandardCharsets.UTF_8));
    }

    private long unacked() throws Exception {
        return connection.jetStreamManagement().getConsumerInfo("orders", "fn").getNumAckPending();
    }

    private static String bodyOf(DurableEvent event) {
        return StandardCharsets.UTF_8.decode(event.body()).toString();
    }

    @Test
    void deliversMessagesAsNuclioShowsThem() throws Exception {
        start("");
        Headers headers = new Headers()
                .add("Content-Type", "application/json")
                .add("Nats-Msg-Id", "id-7")
                .add("x-two", "1")
                .add("x-two", "2");
        connection
                .jetStream()
                .publish(NatsMessage.builder()
                        .subject("orders.eu")
                        .headers(headers)
                        .data("{}".getBytes(StandardCharsets.UTF_8))
                        .build());

        DurableEvent event = deliverer.take();

        SeenEvent seen = SeenEvent.of(event);
        assertThat(seen.path()).isEqualTo("orders.eu");
        assertThat(seen.bodyText()).isEqualTo("{}");
        assertThat(seen.contentType()).isEqualTo("application/json");
        assertThat(seen.id()).isEqualTo("id-7");
        assertThat(seen.headers()).containsEntry("x-two", "2");
        assertThat(event.extra("topic")).isEqualTo("orders");
        assertThat(event.streamOffset()).isEqualTo(1);
        assertThat(event.redeliveries()).isZero();
        assertThat(Math.abs(event.timeNanos() - Clock.system().wallNanos())).isLessThan(TimeUnit.MINUTES.toNanos(1));
    }

    @Test
    void acksWhenTheEventIsDone() throws Exception {
        start("");
        publish("orders.a", "one");
        DurableEvent event = deliverer.take();
        assertThat(unacked()).isEqualTo(1);

        event.ack();

        await("the ack").atMost(Duration.ofSeconds(10)).until(() -> unacked() == 0);
        assertThat(deliverer.waiting()).isZero();
    }

    @Test
    void aMessageThatWasGivenBackComesAgainAndSaysSo() throws Exception {
        start("");
        publish("orders.a", "one");

        deliverer.take().nack(0);

        DurableEvent again = deliverer.take();
        assertThat(bodyOf(again)).isEqualTo("one");
        assertThat(again.redeliveries()).isEqualTo(1);
    }

    @Test
    void workInProgressIsNotGivenToSomebodyElse() throws Exception {
        start("");
        publish("orders.a", "slow");
        DurableEvent event = deliverer.take();
        long end = Clock.system().nanoTime() + 3 * ACK_WAIT.toNanos();

        await("three times the ack wait")
                .atMost(Duration.ofSeconds(20))
                .until(() -> Clock.system().nanoTime() > end);

        assertThat(deliverer.waiting()).isZero();
        event.ack();
        await("the ack").atMost(Duration.ofSeconds(10)).until(() -> unacked() == 0);
    }

    @Test
    void noMoreThanTheWindowIsOpen() throws Exception {
        start(", maxInFlight: 3");
        for (int i = 0; i < 10; i++) {
            publish("orders.a", "m" + i);
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

        await("all acks").atMost(Duration.ofSeconds(10)).until(() -> unacked() == 0);
    }

    @Test
    void goesOnAfterTheServerWasGone() throws Exception {
        start("");
        publish("orders.a", "before");
        deliverer.take().ack();

        server.kill();
        server.start();
        await("our own connection")
                .atMost(Duration.ofSeconds(20))
                .until(() -> connection.getStatus() == Connection.Status.CONNECTED);
        publish("orders.a", "after");

        DurableEvent next = deliverer.take();
        while (bodyOf(next).equals("before")) {
            next.ack(); // its ack was lost with the server
            next = deliverer.take();
        }
        assertThat(bodyOf(next)).isEqualTo("after");
    }

    @Test
    void startsWithoutItsServerAndGoesOnWhenItIsThere() throws Exception {
        server.kill();
        start("");
        server.start();
        await("our own connection")
                .atMost(Duration.ofSeconds(20))
                .until(() -> connection.getStatus() == Connection.Status.CONNECTED);
        publish("orders.a", "late");

        assertThat(bodyOf(deliverer.take())).isEqualTo("late");
    }

    @Test
    void saysWhichConsumerIsMissing() throws Exception {
        connection.jetStreamManagement().deleteConsumer("orders", "fn");

        assertThatThrownBy(() -> start(""))
                .isInstanceOf(NucleonException.class)
                .hasMessageContaining("NUC-5011")
                .hasMessageContaining("consumer 'fn' of stream 'orders'");
    }

    private void consumer(ConsumerConfiguration.Builder more) throws Exception {
        connection.jetStreamManagement().deleteConsumer("orders", "fn");
        connection
                .jetStreamManagement()
                .addOrUpdateConsumer("orders", more.durable("fn").build());
    }

    @Test
    void aConsumerWhoseAcksCoverOthersIsRefused() throws Exception {
        consumer(ConsumerConfiguration.builder().ackPolicy(AckPolicy.All));

        assertThatThrownBy(() -> start("")).hasMessageContaining("NUC-5011").hasMessageContaining("ack policy is all");
    }

    @Test
    void saysWhichMessagesTheServerWillNotGiveAgain() throws Exception {
        consumer(ConsumerConfiguration.builder()
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(ACK_WAIT)
                .maxDeliver(2));
        start("");
        publish("orders.eu", "one");

        DurableEvent first = deliverer.take();
        assertThat(first.comesAgain()).isTrue();
        first.nack(0);
        assertThat(deliverer.take().comesAgain()).isFalse();
    }

    @Test
    void withoutAcksNoMessageComesAgain() throws Exception {
        consumer(ConsumerConfiguration.builder().ackPolicy(AckPolicy.None));
        start("");
        publish("orders.eu", "one");

        assertThat(deliverer.take().comesAgain()).isFalse();
    }

    @Test
    void saysWhoWasRefused() throws Exception {
        try (NatsServer guarded = new NatsServer("--user", "ada", "--pass", "secret").start()) {
            String fields = "kind: natsjetstream\nurl: " + guarded.url()
                    + "\nusername: bob\npassword: wrong\nattributes: {stream: orders, consumer: fn}";
            Trigger refused =
                    new NatsTriggerFactory().create(TestSettings.of(fields, loops, Clock.system()), null, deliverer);

            assertThatThrownBy(refused::start)
                    .isInstanceOf(NucleonException.class)
                    .hasMessageContaining("NUC-5011")
                    .hasMessageContaining("'bob'")
                    .hasMessageNotContaining("wrong");
        }
    }

    @Test
    void wrongAttributesAreSaidAtOnce() {
        assertThatThrownBy(() -> new NatsTriggerFactory()
                        .create(
                                TestSettings.of(
                                        "kind: natsjetstream\nurl: http://x\nattributes: {maxInFlight: 0}",
                                        loops,
                                        Clock.system()),
                                null,
                                deliverer))
                .isInstanceOfSatisfying(
                        SpecException.class,
                        e -> assertThat(e.problems())
                                .extracting(one -> one.path())
                                .contains(
                                        "spec.triggers.t.attributes.stream",
                                        "spec.triggers.t.attributes.consumer",
                                        "spec.triggers.t.attributes.maxInFlight"));
    }
}
