package io.nucleon.triggers.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.RecordingDeliverer;
import io.nucleon.loop.EventLoops;
import io.nucleon.spec.problem.SpecException;
import io.nucleon.trigger.TestSettings;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;

class KafkaAttributesTest {

    private static ThrowableAssert.ThrowingCallable create(String attributes) {
        return () -> {
            try (EventLoops loops = new EventLoops(1)) {
                new KafkaTriggerFactory()
                        .create(
                                TestSettings.of("kind: kafka\nattributes: {" + attributes + "}", loops, Clock.system()),
                                null,
                                new RecordingDeliverer());
            }
        };
    }

    @Test
    void wrongAttributesAreSaidAtOnce() {
        assertThatThrownBy(create("initialOffset: newest, balanceStrategy: fair, ackWindowSize: -1,"
                        + " sasl: {enable: true, mechanism: GSSAPI}"))
                .isInstanceOfSatisfying(
                        SpecException.class,
                        e -> assertThat(e.problems())
                                .extracting(one -> one.path())
                                .contains(
                                        "spec.triggers.t.attributes.brokers",
                                        "spec.triggers.t.attributes.topics",
                                        "spec.triggers.t.attributes.consumerGroup",
                                        "spec.triggers.t.attributes.initialOffset",
                                        "spec.triggers.t.attributes.balanceStrategy",
                                        "spec.triggers.t.attributes.ackWindowSize",
                                        "spec.triggers.t.attributes.sasl.mechanism"));
    }

    @Test
    void tokensNeedAClientAndAnAddress() {
        assertThatThrownBy(create("brokers: ['b:9092'], topics: [t], consumerGroup: g,"
                        + " sasl: {enable: true, mechanism: OAUTHBEARER, oauth: {clientSecret: s}}"))
                .isInstanceOfSatisfying(
                        SpecException.class,
                        e -> assertThat(e.problems())
                                .extracting(one -> one.path())
                                .containsExactlyInAnyOrder(
                                        "spec.triggers.t.attributes.sasl.oauth.clientID",
                                        "spec.triggers.t.attributes.sasl.oauth.tokenURL"));
    }
}
