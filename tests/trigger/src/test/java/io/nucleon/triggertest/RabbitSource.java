package io.nucleon.triggertest;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.nucleon.support.broker.BrokerProcess;
import io.nucleon.support.broker.RabbitServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A durable queue of its own. */
final class RabbitSource implements Source {

    private static final int WINDOW = 16;
    private static final long CONFIRM_MILLIS = 10_000;

    private final RabbitServer server;
    private final String queue;
    private Connection connection;
    private Channel channel;

    RabbitSource(RabbitServer server, String queue) throws Exception {
        this.server = server;
        this.queue = queue;
        connect();
        channel.queueDeclare(queue + "-dead", true, false, false, Map.of());
        channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
        server.keepDeclared();
    }

    private void connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(server.url());
        factory.setAutomaticRecoveryEnabled(false);
        connection = factory.newConnection("test");
        channel = connection.createChannel();
        channel.confirmSelect();
    }

    @Override
    public String trigger() {
        return "kind: rabbit-mq\nurl: " + server.url() + "\nattributes: {queueName: " + queue + ", prefetchCount: "
                + WINDOW + ", reconnectInterval: 1s}";
    }

    @Override
    public String deadLetters() {
        return "queue:" + queue + "-dead";
    }

    @Override
    public synchronized long deadLetterCount() throws Exception {
        return channel.messageCount(queue + "-dead");
    }

    @Override
    public int partitions() {
        return 1;
    }

    @Override
    public synchronized void send(int partition, String body) throws Exception {
        List<String> tries = new CopyOnWriteArrayList<>();
        try {
            Awaitility.await("the server's receipt")
                    .atMost(Duration.ofSeconds(90))
                    .pollDelay(Duration.ZERO)
                    .until(() -> isConfirmed(body, tries));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "\n" + tries + "\n" + server.printed(), e);
        }
    }

    /**
     * A queue that chooses its leader, as after a kill, may lose what comes meanwhile: without a receipt it is to be sent again.
     *
     * @param tries gets why there is none
     */
    private boolean isConfirmed(String body, List<String> tries) throws Exception {
        try {
            if (!channel.isOpen()) {
                connect();
            }
            channel.basicPublish(
                    "",
                    queue,
                    new AMQP.BasicProperties.Builder().deliveryMode(2).build(),
                    body.getBytes(StandardCharsets.UTF_8));
            boolean confirmed = channel.waitForConfirms(CONFIRM_MILLIS);
            if (!confirmed) {
                tries.add("refused");
            }
            return confirmed;
        } catch (IOException | AlreadyClosedException | TimeoutException e) {
            tries.add(e.toString());
            connection.abort(2_000);
            return false;
        }
    }

    /** The protocol tells only of messages that nobody has in hand, at once; the server's own tool knows both, some seconds later. */
    @Override
    public synchronized long left() throws Exception {
        AtomicLong left = new AtomicLong();
        server.queues().forEach((name, messages) -> {
            if (name.equals(queue)) {
                left.set(messages);
            }
        });
        if (!channel.isOpen()) {
            connect();
        }
        return Math.max(left.get(), channel.messageCount(queue));
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
        connection.abort(2_000);
    }
}
