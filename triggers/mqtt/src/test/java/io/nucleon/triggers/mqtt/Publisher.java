package io.nucleon.triggers.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** Somebody else at the broker, with a client that is not ours. Used by one thread. */
final class Publisher implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 20_000;

    private final MqttClient client;
    private final BlockingQueue<MqttMessage> received = new LinkedBlockingQueue<>();

    Publisher(String url, String clientId) throws MqttException {
        this(url, clientId, new MqttConnectionOptions());
    }

    private Publisher(String url, String clientId, MqttConnectionOptions options) throws MqttException {
        client = new MqttClient(url, clientId, new MemoryPersistence());
        client.setTimeToWait(PATIENCE_MILLIS);
        options.setCleanStart(true);
        client.connect(options);
    }

    /** Over TLS; believes that certificate and no other. */
    static Publisher encrypted(String url, String clientId, Path certificate)
            throws MqttException, GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "broker", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setSocketFactory(context.getSocketFactory());
        return new Publisher(url, clientId, options);
    }

    /** Publishes and waits for the receipt, if there is one. */
    void publish(String topic, int qos, String body) throws MqttException {
        client.publish(topic, body.getBytes(StandardCharsets.UTF_8), qos, false);
    }

    /** With what version 5 adds. */
    void publish(String topic, String body, String contentType, String header, String value) throws MqttException {
        MqttMessage message = new MqttMessage(body.getBytes(StandardCharsets.UTF_8), 1, false, new MqttProperties());
        message.getProperties().setContentType(contentType);
        message.getProperties().setUserProperties(List.of(new UserProperty(header, value)));
        client.publish(topic, message);
    }

    void subscribe(String topic) throws MqttException {
        client.subscribe(
                new MqttSubscription[] {new MqttSubscription(topic, 1)},
                new IMqttMessageListener[] {(of, message) -> received.add(message)});
    }

    /** The next message of what it has subscribed to. */
    MqttMessage take() throws InterruptedException {
        MqttMessage next = received.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("no message came");
        }
        return next;
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(0, 0, false);
        client.close(true);
    }
}
