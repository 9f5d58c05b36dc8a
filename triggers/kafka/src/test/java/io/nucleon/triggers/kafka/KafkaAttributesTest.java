package io.nucleon.triggers.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.RecordingDeliverer;
import io.nucleon.loop.EventLoops;
import io.nucleon.spec.problem.SpecException;
import io.nucleon.trigger.TestSettings;
import org.junit.jupiter.api.Test;

class KafkaAttributesTest {

    @Test
    void wrongAttributesAreSaidAtOnce() {
        try (EventLoops loops = new EventLoops(1)) {
            assertThatThrownBy(() -> new KafkaTriggerFactory()
                            .create(
                                    TestSettings.of(
                                            "kind: kafka\nattributes: {initialOffset: newest, balanceStrategy: fair,"
                                                    + " ackWindowSize: -1, sasl: {enable: true, mechanism: GSSAPI}}",
                                            loops,
                                            Clock.system()),
                                    null,
                                    new RecordingDeliverer()))
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
    }
}
