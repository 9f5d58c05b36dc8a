package io.nucleon.triggers.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.DurableEvent;
import io.nucleon.invoke.RecordingDeliverer;
import io.nucleon.invoke.SeenEvent;
import io.nucleon.loop.EventLoops;
import io.nucleon.spec.problem.SpecException;
import io.nucleon.support.broker.Mosquitto;
import io.nucleon.trigger.TestSettings;
import io.nucleon.trigger.Trigger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One broker for all; each test has a topic of its own. */
@Timeout(60)
class MqttTriggerTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static Mosquitto broker;

    private final EventLoops loops = new EventLoops(1);
    private final RecordingDeliverer deliverer = new RecordingDeliverer();
    private final String topic = "orders" + NUMBER.incrementAndGet();
    private final List<Trigger> triggers = new ArrayList<>();
    private Publisher publisher;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new Mosquitto().start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @BeforeEach
    void connect() throws Exception {
        publisher = new Publisher(broker.url(), "test-" + topic);
    }

    @AfterEach
    void stopAll() throws Exception {
        triggers.forEach(Trigger::stop);
        publisher.close();
        loops.close();
    }

    private Trigger start(int qos, String more) {
        return start(topic, qos, "", more);
    }

    private Trigger start(String filter, int qos, String fields, String more) {
        Trigger trigger = new MqttTriggerFactory()
                .create(
                        TestSettings.of(
                                "kind: mqtt\nurl: " + broker.url() + "\n" + fields
                                        + "attributes: {subscriptions: [{topic: '" + filter + "', qos: " + qos + "}]"
                                        + more + "}",
                                loops,
                                Clock.system()),
                        null,
                        deliverer);
        triggers.add(trigger);
        trigger.start();
        return trigger;
    }

    private static String bodyOf(DurableEvent event) {
        return StandardCharsets.UTF_8.decode(event.body()).toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void deliversMessagesAsNuclioShowsThem(int version) throws Exception {
        start(topic + "/#", 1, "", ", protocolVersion: " + version);
        publisher.publish(topic + "/eu", 1, "{}");

        DurableEvent event = deliverer.take();

        SeenEvent seen = SeenEvent.of(event);
        assertThat(seen.path()).isEqualTo(topic + "/eu");
        assertThat(seen.bodyText()).isEqualTo("{}");
        assertThat(seen.id()).isEqualTo("1");
        assertThat(seen.contentType()).isEmpty();
        assertThat(event.extra("topic")).isEqualTo(topic + "/eu");
        assertThat(event.extra("url")).isEqualTo(broker.url());
        assertThat(event.source().kind()).isEqualTo("mqtt");
        assertThat(event.redeliveries()).isZero();
        assertThat(event.comesAgain()).isTrue();
    }

    @Test
    void whatIsSentAtMostOnceHasNoNumberAndDoesNotComeAgain() throws Exception {
        start(0, "");
        publisher.publish(topic, 1, "once");

        DurableEvent event = deliverer.take();

        assertThat(event.id()).isEqualTo("0");
        assertThat(event.comesAgain()).isFalse();
    }

    @Test
    void version5BringsContentTypeAndHeaders() throws Exception {
        start(1, ", protocolVersion: 5");
        publisher.publish(topic, "{}", "application/json", "trace", "7");

        SeenEvent seen = SeenEvent.of(deliverer.take());

        assertThat(seen.contentType()).isEqualTo("application/json");
        assertThat(seen.headers()).containsEntry("trace", "7");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void acksWhenTheEventIsDoneAndNotBefore(int version) throws Exception {
        Trigger first = start(1, ", protocolVersion: " + version);
        publisher.publish(topic, 1, "one");
        publisher.publish(topic, 1, "two");
        deliverer.take().ack();
        assertThat(bodyOf(deliverer.take())).isEqualTo("two");
        await("the ack of one").atMost(SOON).until(() -> broker.left(topic) == 1);
        first.stop();

        start(1, ", protocolVersion: " + version);

        DurableEvent again = deliverer.take();
        assertThat(bodyOf(again)).isEqualTo("two");
        assertThat(again.redeliveries()).isEqualTo(1);
        again.ack();
        await("the ack of two").atMost(SOON).until(() -> broker.left(topic) == 0);
    }

    @Test
    void acksAreSentInTheOrderInWhichTheMessagesCame() throws Exception {
        Trigger first = start(1, "");
        publisher.publish(topic, 1, "one");
        publisher.publish(topic, 1, "two");
        publisher.publish(topic, 1, "three");
        DurableEvent one = deliverer.take();
        deliverer.take().ack();
        deliverer.take().ack();
        first.drain().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(broker.left(topic)).isEqualTo(3);

        one.nack(0); // what is left to the broker stands in nobody's way

        await("the acks behind it").atMost(SOON).until(() -> broker.left(topic) == 1);
        first.stop();
        start(1, "");
        assertThat(bodyOf(deliverer.take())).isEqualTo("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"maxInFlight: 3, protocolVersion: 5", "maxInFlight: 3"})
    void noMoreThanTheWindowIsOpen(String window) throws Exception {
        start(1, ", " + window);
        for (int i = 0; i < 40; i++) {
            publisher.publish(topic, 1, "m" + i);
        }
        Set<String> bodies = new HashSet<>();
        while (bodies.size() < 40) {
            DurableEvent event = deliverer.take();
            assertThat(deliverer.waiting()).isLessThanOrEqualTo(20); // what 3.1.1 has under way
            bodies.add(bodyOf(event));
            event.ack();
        }
        await("all acks").atMost(SOON).until(() -> broker.left(topic) == 0);
    }

    @Test
    void stopsReadingWhileMuchIsOpenWhereTheBrokerDoesNotWaitForAcks() throws Exception {
        start(0, ", maxInFlight: 3");
        String large = "x".repeat(64 << 10);
        for (int i = 0; i < 400; i++) {
            publisher.publish(topic, 1, i + ":" + large); // the receipt says that the broker has it
        }
        await("the broker's sending").atMost(SOON).until(() -> broker.sent(topic) == 400);

        assertThat(deliverer.waiting()).isLessThan(100);
        for (int i = 0; i < 400; i++) {
            DurableEvent event = deliverer.take();
            assertThat(bodyOf(event)).startsWith(i + ":");
            event.ack();
        }
    }

    @Test
    void messagesOfATopicAreOneLaneUnlessTheFileSaysNone() throws Exception {
        start(topic + "/#", 1, "numWorkers: 4\n", "");
        publisher.publish(topic + "/a", 1, "1");
        publisher.publish(topic + "/a", 1, "2");
        publisher.publish(topic + "/b", 1, "3");
        long lane = deliverer.take().lane();
        assertThat(deliverer.take().lane()).isEqualTo(lane);
        assertThat(deliverer.take().lane()).isNotEqualTo(lane);
        triggers.removeLast().stop();

        start(topic + "none", 1, "ordering: none\n", "");
        publisher.publish(topic + "none", 1, "1");
        publisher.publish(topic + "none", 1, "2");
        assertThat(deliverer.take().lane()).isNotEqualTo(deliverer.take().lane());
    }

    @Test
    void largerMessagesThanWantedAreLeftOutByVersion5() throws Exception {
        start(1, ", protocolVersion: 5, maxMessageSize: 1000");
        publisher.publish(topic, 1, "x".repeat(5_000));
        publisher.publish(topic, 1, "small");

        assertThat(bodyOf(deliverer.take())).isEqualTo("small");
    }

    @Test
    void startsWithoutItsBrokerAndReceivesWhenItIsThere() throws Exception {
        broker.kill();
        try {
            start(1, "");
        } finally {
            broker.start();
        }
        try (Publisher other = new Publisher(broker.url(), "other-" + topic)) {
            await("the subscription").atMost(SOON).until(() -> {
                other.publish(topic, 1, "hello");
                return deliverer.waiting() > 0;
            });
        }
    }

    @Test
    void receivesWhatWasSentWhileItWasAwayFromTheBroker() throws Exception {
        start(1, "");
        publisher.publish(topic, 1, "before");
        deliverer.take().ack();
        await("the ack").atMost(SOON).until(() -> broker.left(topic) == 0);

        broker.kill();
        broker.start();
        try (Publisher other = new Publisher(broker.url(), "other-" + topic)) {
            other.publish(topic, 1, "after");
        }

        DurableEvent next = deliverer.take();
        while (bodyOf(next).equals("before")) { // the ack may have died with the broker
            next.ack();
            next = deliverer.take();
        }
        assertThat(bodyOf(next)).isEqualTo("after");
    }

    @Test
    void anotherClientOfItsNameDoesNotEndItForGood() throws Exception {
        start(1, ", protocolVersion: 5, clientID: shared-" + topic);
        try (Publisher other = new Publisher(broker.url(), "shared-" + topic)) {
            other.publish(topic + "/else", 1, "hello");
        }

        // The other client's thread fails where ours cuts it off.
        await("its return").dontCatchUncaughtExceptions().atMost(SOON).until(() -> {
            publisher.publish(topic, 1, "again");
            return deliverer.waiting() > 0;
        });
    }

    @Test
    void leavesItsShareToOthersAndFinishesWhatItHas() throws Exception {
        Trigger leaving = start("$share/fn/" + topic, 1, "", ", clientID: leaving-" + topic);
        for (int i = 0; i < 40; i++) {
            publisher.publish(topic, 1, "m" + i);
        }
        DurableEvent last = deliverer.take();
        start("$share/fn/" + topic, 1, "", ", clientID: staying-" + topic);

        CompletableFuture<Void> left = leaving.drain().toCompletableFuture();
        for (int i = 1; i < 40; i++) {
            last.ack();
            last = deliverer.take();
        }
        assertThat(left).isNotDone();
        last.ack();

        left.get(20, TimeUnit.SECONDS);
        assertThat(broker.left(topic)).isZero();
        leaving.stop();
        publisher.publish(topic, 1, "for the other");
        assertThat(bodyOf(deliverer.take())).isEqualTo("for the other");
    }

    @Test
    void deadLettersGoToATopicWithHeadersAndReason() throws Exception {
        Trigger trigger = start(topic, 1, "deadLetter: topic:x\n", ", protocolVersion: 5");
        publisher.publish(topic, "poison", "text/plain", "trace", "7");
        DurableEvent event = deliverer.take();
        publisher.subscribe(topic + "/dead");

        trigger.publisher()
                .orElseThrow()
                .publish(topic + "/dead", event, List.of("X-Nucleon-Dead-Letter-Reason", "KeyError"))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);

        MqttMessage dead = publisher.take();
        assertThat(new String(dead.getPayload(), StandardCharsets.UTF_8)).isEqualTo("poison");
        assertThat(dead.getProperties().getContentType()).isEqualTo("text/plain");
        assertThat(dead.getProperties().getUserProperties())
                .extracting(property -> property.getKey() + "=" + property.getValue())
                .containsExactly("trace=7", "X-Nucleon-Dead-Letter-Reason=KeyError");
        assertThatThrownBy(() -> trigger.publisher()
                        .orElseThrow()
                        .publish(topic + "/nowhere", event, List.of())
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS))
                .hasMessageContaining("nobody has subscribed");
    }

    @Test
    void wrongAttributesAreSaidAtOnce() {
        assertThatThrownBy(() -> new MqttTriggerFactory()
                        .create(
                                TestSettings.of(
                                        "kind: mqtt\nurl: http://x\nattributes: {protocolVersion: 6, maxInFlight: 0,"
                                                + " subscriptions: [{topic: a/#/b}, {topic: a+}, {topic: $share/fn}, {topic: a, qos: 3}]}",
                                        loops,
                                        Clock.system()),
                                null,
                                deliverer))
                .isInstanceOfSatisfying(
                        SpecException.class,
                        e -> assertThat(e.problems())
                                .extracting(one -> one.path())
                                .contains(
                                        "spec.triggers.t.attributes.url",
                                        "spec.triggers.t.attributes.protocolVersion",
                                        "spec.triggers.t.attributes.maxInFlight",
                                        "spec.triggers.t.attributes.subscriptions[0].topic",
                                        "spec.triggers.t.attributes.subscriptions[1].topic",
                                        "spec.triggers.t.attributes.subscriptions[2].topic",
                                        "spec.triggers.t.attributes.subscriptions[3].qos"));
    }
}
