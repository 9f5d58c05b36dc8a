package io.nucleon.triggertest;

import io.nucleon.support.broker.BrokerProcess;
import io.nucleon.support.broker.Mosquitto;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttSubscription;

/** A topic of its own, acked messages. */
final class MqttSource implements Source {

    /** What the broker sends before it waits for an ack. */
    private static final int WINDOW = 20;

    /** The same with version 5, where the processor says it. */
    private static final int WINDOW_5 = 64;

    private static final int AT_LEAST_ONCE = 1;
    private static final long PATIENCE_MILLIS = 10_000;

    private final Mosquitto broker;
    private final String topic;
    private final int version;
    private final AtomicLong deadLetters = new AtomicLong();
    private MqttClient client;

    /** @param version of the protocol that processors speak: 4 (3.1.1) or 5 */
    MqttSource(Mosquitto broker, String topic, int version) throws Exception {
        this.broker = broker;
        this.topic = topic;
        this.version = version;
        connect();
    }

    private void connect() throws MqttException {
        if (client != null) {
            close();
        }
        client = new MqttClient(broker.url(), "test-" + topic, new MemoryPersistence());
        client.setTimeToWait(PATIENCE_MILLIS);
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        client.connect(options);
        client.subscribe(
                new MqttSubscription[] {new MqttSubscription(topic + "/dead", AT_LEAST_ONCE)},
                new IMqttMessageListener[] {(of, message) -> deadLetters.incrementAndGet()});
    }

    @Override
    public String trigger() {
        return trigger(topic);
    }

    @Override
    public String sharedTrigger() {
        return trigger("$share/fn/" + topic);
    }

    private String trigger(String filter) {
        return "kind: mqtt\nurl: " + broker.url() + "\nattributes: {protocolVersion: " + version
                + ", subscriptions: [{topic: " + filter + ", qos: 1}]}";
    }

    @Override
    public String deadLetters() {
        return "topic:" + topic + "/dead";
    }

    @Override
    public long deadLetterCount() {
        return deadLetters.get();
    }

    @Override
    public int partitions() {
        return 1;
    }

    @Override
    public synchronized void send(int partition, String body) {
        Awaitility.await("the broker's receipt")
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsMatching(e -> e instanceof MqttException)
                .until(() -> {
                    if (!client.isConnected()) {
                        connect();
                    }
                    client.publish(topic, body.getBytes(StandardCharsets.UTF_8), AT_LEAST_ONCE, false);
                    return true;
                });
    }

    @Override
    public long left() throws Exception {
        return broker.left(topic);
    }

    @Override
    public int mostAgain() {
        return version == 5 ? WINDOW_5 : WINDOW;
    }

    @Override
    public BrokerProcess broker() {
        return broker;
    }

    @Override
    public void close() {
        try {
            client.disconnectForcibly(0, 0, false);
            client.close(true);
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }
}
