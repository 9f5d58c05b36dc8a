package io.nucleon.trigger.kickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.RecordingDeliverer;
import io.nucleon.invoke.SeenEvent;
import io.nucleon.loop.EventLoops;
import io.nucleon.spec.problem.SpecException;
import io.nucleon.trigger.TestSettings;
import io.nucleon.trigger.Trigger;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KickstartTriggerTest {

    private final EventLoops loops = new EventLoops(1);
    private final RecordingDeliverer deliverer = new RecordingDeliverer();

    @AfterEach
    void closeLoops() {
        loops.close();
    }

    private Trigger trigger(String attributes) {
        return new KickstartTriggerFactory()
                .create(
                        TestSettings.of("kind: kickstart\nattributes: " + attributes, loops, Clock.system()),
                        null,
                        deliverer);
    }

    @Test
    void deliversOneEventWhenItStarts() throws Exception {
        Trigger trigger = trigger("{event: {body: go, path: /begin, headers: {x: 1}}}");
        assertThat(deliverer.waiting()).isZero();

        trigger.start();

        SeenEvent seen = SeenEvent.of(deliverer.take());
        assertThat(seen.bodyText()).isEqualTo("go");
        assertThat(seen.path()).isEqualTo("/begin");
        assertThat(seen.headers()).containsEntry("x", "1");
        assertThat(deliverer.waiting()).isZero();
        trigger.drain().toCompletableFuture().get(10, TimeUnit.SECONDS);
        trigger.stop();
    }

    @Test
    void theEventMayBeEmpty() throws Exception {
        trigger("{}").start();

        assertThat(SeenEvent.of(deliverer.take()).bodyText()).isEmpty();
    }

    @Test
    void wrongAttributesAreSaidAtOnce() {
        assertThatThrownBy(() -> trigger("{event: [1]}")).isInstanceOf(SpecException.class);
    }
}
