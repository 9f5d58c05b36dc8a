package io.nucleon.triggertest;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nucleon.support.broker.BrokerProcess;
import io.nucleon.support.broker.NatsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;

/** A stream and a pull consumer of its own. */
final class JetStreamSource implements Source {

    private static final int WINDOW = 16;
    private static final Duration ACK_WAIT = Duration.ofSeconds(4);

    private final NatsServer server;
    private final String stream;
    private final Connection connection;

    JetStreamSource(NatsServer server, String stream) throws Exception {
        this.server = server;
        this.stream = stream;
        connection = Nats.connect(new Options.Builder()
                .server(server.url())
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(200))
                .build());
        connection
                .jetStreamManagement()
                .addStream(StreamConfiguration.builder()
                        .name(stream)
                        .subjects(stream + ".>")
                        .storageType(StorageType.File)
                        .build());
        connection
                .jetStreamManagement()
                .addOrUpdateConsumer(
                        stream,
                        ConsumerConfiguration.builder()
                                .durable("fn")
                                .ackPolicy(AckPolicy.Explicit)
                                .ackWait(ACK_WAIT)
                                .build());
    }

    @Override
    public String trigger() {
        return "kind: natsjetstream\nurl: " + server.url() + "\nattributes: {stream: " + stream
                + ", consumer: fn, maxInFlight: " + WINDOW + ", reconnectWait: 200ms}";
    }

    @Override
    public String deadLetters() {
        return "journal";
    }

    @Override
    public boolean keepsOrder() {
        return false;
    }

    @Override
    public int partitions() {
        return 1;
    }

    @Override
    public void send(int partition, String body) {
        Awaitility.await("the server's receipt")
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsMatching(e -> e instanceof IOException || e instanceof IllegalStateException)
                .until(() -> connection
                                .jetStream()
                                .publish(stream + ".all", body.getBytes(StandardCharsets.UTF_8))
                                .getSeqno()
                        > 0);
    }

    @Override
    public long left() throws Exception {
        ConsumerInfo info = connection.jetStreamManagement().getConsumerInfo(stream, "fn");
        return info.getNumPending() + info.getNumAckPending();
    }

    /** Sequences that its consumer was told to give to nobody any more, as the server announces them from now on. */
    BlockingQueue<String> terminations() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        connection
                .createDispatcher(message -> told.add(new String(message.getData(), StandardCharsets.UTF_8)))
                .subscribe("$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED." + stream + ".fn");
        connection.flush(Duration.ofSeconds(10));
        return told;
    }

    @Override
    public int mostAgain() {
        return WINDOW;
    }

    @Override
    public BrokerProcess broker() {
        return server;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
