package io.nucleon.triggers.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.RecordingDeliverer;
import io.nucleon.loop.EventLoops;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.SpecException;
import io.nucleon.trigger.TestSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaAttributesTest {

    /** Which of the attributes a trigger can't be made with. */
    private static List<String> refused(String attributes) {
        try (EventLoops loops = new EventLoops(1)) {
            SpecException refusal = catchThrowableOfType(
                    SpecException.class,
                    () -> new KafkaTriggerFactory()
                            .create(
                                    TestSettings.of(
                                            "kind: kafka\nattributes: {" + attributes + "}", loops, Clock.system()),
                                    null,
                                    new RecordingDeliverer()));
            return refusal.problems().stream()
                    .map(Problem::path)
                    .map(path -> path.replace("spec.triggers.t.attributes.", ""))
                    .toList();
        }
    }

    @Test
    void wrongAttributesAreSaidAtOnce() {
        assertThat(refused("initialOffset: newest, balanceStrategy: fair, ackWindowSize: -1,"
                        + " sasl: {enable: true, mechanism: GSSAPI}"))
                .contains(
                        "brokers",
                        "topics",
                        "consumerGroup",
                        "initialOffset",
                        "balanceStrategy",
                        "ackWindowSize",
                        "sasl.mechanism");
    }

    @Test
    void tokensNeedAClientAndAnAddress() {
        assertThat(refused("brokers: ['b:9092'], topics: [t], consumerGroup: g,"
                        + " sasl: {enable: true, mechanism: OAUTHBEARER, oauth: {clientSecret: s}}"))
                .containsExactlyInAnyOrder("sasl.oauth.clientID", "sasl.oauth.tokenURL");
    }
}
