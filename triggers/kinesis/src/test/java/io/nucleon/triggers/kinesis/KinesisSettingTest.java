package io.nucleon.triggers.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.RecordingDeliverer;
import io.nucleon.loop.EventLoops;
import io.nucleon.spec.problem.SpecException;
import io.nucleon.trigger.TestSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KinesisSettingTest {

    private final EventLoops loops = new EventLoops(1);

    @AfterEach
    void closeLoops() {
        loops.close();
    }

    @Test
    void findsEverythingThatIsWrongWithItsAttributes() {
        assertThatThrownBy(() -> new KinesisTriggerFactory()
                        .create(
                                TestSettings.of(
                                        "kind: kinesis\nurl: nowhere\nattributes: {accessKeyID: key, regionName: "
                                                + "'eu west', iteratorType: SOMEWHERE, pollingPeriod: often}",
                                        loops,
                                        Clock.system()),
                                null,
                                new RecordingDeliverer()))
                .isInstanceOfSatisfying(
                        SpecException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.path())
                                .containsExactlyInAnyOrder(
                                        "spec.triggers.t.attributes.streamName",
                                        "spec.triggers.t.attributes.url",
                                        "spec.triggers.t.attributes.regionName",
                                        "spec.triggers.t.attributes.secretAccessKey",
                                        "spec.triggers.t.attributes.iteratorType",
                                        "spec.triggers.t.attributes.pollingPeriod"));
    }
}
