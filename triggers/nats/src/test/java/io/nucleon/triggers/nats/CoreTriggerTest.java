package io.nucleon.triggers.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.DurableEvent;
import io.nucleon.invoke.RecordingDeliverer;
import io.nucleon.loop.EventLoops;
import io.nucleon.support.broker.NatsServer;
import io.nucleon.trigger.TestSettings;
import io.nucleon.trigger.Trigger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CoreTriggerTest {

    private final EventLoops loops = new EventLoops(1);
    private final RecordingDeliverer deliverer = new RecordingDeliverer();
    private NatsServer server;
    private Connection connection;

    @BeforeEach
    void startServer() throws Exception {
        server = new NatsServer().start();
        connection = Nats.connect(server.url());
    }

    @AfterEach
    void stopAll() throws Exception {
        connection.close();
        server.close();
        loops.close();
    }

    private Trigger start(RecordingDeliverer target) {
        Trigger trigger = new NatsTriggerFactory()
                .create(
                        TestSettings.of(
                                "kind: nats\nurl: " + server.url() + "\nattributes: {topic: 'orders.*'}",
                                loops,
                                Clock.system()),
                        null,
                        target);
        trigger.start();
        return trigger;
    }

    /** Until a subscription has arrived nobody gets a message. */
    private DurableEvent firstOf(String subject, RecordingDeliverer target) throws Exception {
        await("the subscription").atMost(Duration.ofSeconds(20)).until(() -> {
            connection.publish(subject, "x".getBytes(StandardCharsets.UTF_8));
            connection.flush(Duration.ofSeconds(5));
            return target.waiting() > 0;
        });
        return target.take();
    }

    @Test
    void deliversWhatItsSubjectGets() throws Exception {
        Trigger trigger = start(deliverer);

        DurableEvent event = firstOf("orders.eu", deliverer);

        assertThat(event.path()).isEqualTo("orders.eu");
        assertThat(event.bodyLength()).isEqualTo(1);
        event.ack();
        trigger.stop();
    }

    @Test
    void replicasShareMessages() throws Exception {
        RecordingDeliverer other = new RecordingDeliverer();
        Trigger one = start(deliverer);
        firstOf("orders.a", deliverer).ack();
        Trigger two = start(other);
        firstOf("orders.a", other).ack();

        for (int i = 0; i < 100; i++) {
            connection.publish("orders.shared", new byte[] {1});
        }
        connection.flush(Duration.ofSeconds(5));

        await("a hundred in all")
                .atMost(Duration.ofSeconds(10))
                .until(() -> deliverer.waiting("orders.shared") + other.waiting("orders.shared") == 100);
        assertThat(deliverer.waiting("orders.shared")).isPositive();
        assertThat(other.waiting("orders.shared")).isPositive();
        one.stop();
        two.stop();
    }

    @Test
    void nothingComesAfterDrain() throws Exception {
        Trigger trigger = start(deliverer);
        firstOf("orders.a", deliverer).ack();

        trigger.drain().toCompletableFuture().get(10, TimeUnit.SECONDS);
        connection.publish("orders.a", new byte[] {1});
        connection.flush(Duration.ofSeconds(5));

        assertThat(deliverer.waiting()).isZero();
        trigger.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "'{{.Namespace}}.{{.Name}}-{{.Id}}', tests.orders-t",
        "plain, plain",
        "'{{ .Name }}', orders",
        "'{{.Labels.team}}x', x",
        "'{{index .Annotations \"a b\"}}y', y"
    })
    void queueNamesAreTemplates(String template, String name) {
        assertThat(QueueName.of(
                        template,
                        TestSettings.of("kind: nats\nurl: nats://h\nattributes: {topic: a}", loops, Clock.system())))
                .isEqualTo(name);
    }
}
