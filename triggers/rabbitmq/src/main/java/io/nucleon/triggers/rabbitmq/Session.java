package io.nucleon.triggers.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.nucleon.invoke.Deliverer;
import io.nucleon.trigger.TriggerSetting;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** One connection, from its beginning to its loss: declares what the file asks for, consumes, and is then thrown away. */
final class Session extends DefaultConsumer {

    private static final int CLOSE_MILLIS = 2_000;

    private final TriggerSetting trigger;
    private final RabbitSetting setting;
    private final Deliverer deliverer;
    private final Connection connection;
    private final Receipts receipts;
    private final CountDownLatch lost = new CountDownLatch(1);
    private volatile boolean draining;

    private Session(
            TriggerSetting trigger,
            RabbitSetting setting,
            Deliverer deliverer,
            Connection connection,
            Channel channel) {
        super(channel);
        this.trigger = trigger;
        this.setting = setting;
        this.deliverer = deliverer;
        this.connection = connection;
        this.receipts =
                new Receipts(channel, "rabbitmq-acks-" + trigger.source().name());
    }

    /** Consumes from now on; closes the connection if that can't be. */
    static Session open(TriggerSetting trigger, RabbitSetting setting, Deliverer deliverer, Connection connection)
            throws IOException {
        Channel channel = connection.createChannel();
        Session session = new Session(trigger, setting, deliverer, connection, channel);
        try {
            channel.addShutdownListener(cause -> session.lost.countDown());
            session.declare();
            channel.basicQos(setting.window());
            channel.basicConsume(setting.queue(), false, session.tag(), session);
        } catch (IOException | AlreadyClosedException e) {
            session.close();
            throw e;
        }
        return session;
    }

    private String tag() {
        String host = System.getenv().getOrDefault("HOSTNAME", "");
        String unique = Long.toHexString(System.identityHashCode(this))
                + Long.toHexString(ProcessHandle.current().pid());
        return (host.isEmpty() ? "" : host + "-") + trigger.source().name() + "-" + unique;
    }

    private void declare() throws IOException {
        if (setting.topics().isEmpty()) {
            getChannel().queueDeclarePassive(setting.queue());
            return;
        }
        getChannel().exchangeDeclare(setting.exchange(), "topic", setting.durableExchange());
        Map<String, Object> arguments = setting.quorum() ? Map.of("x-queue-type", "quorum") : Map.of();
        getChannel().queueDeclare(setting.queue(), setting.durableQueue(), false, false, arguments);
        for (String topic : setting.topics()) {
            getChannel().queueBind(setting.queue(), setting.exchange(), topic);
        }
    }

    RabbitSetting setting() {
        return setting;
    }

    Receipts receipts() {
        return receipts;
    }

    /** On the library's threads, one message after the other. */
    @Override
    public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        RabbitEvent event =
                new RabbitEvent(trigger.source(), this, trigger.clock().wallNanos(), envelope, properties, body);
        if (draining) {
            event.nack(0);
        } else {
            deliverer.deliver(List.of(event));
        }
    }

    /** The queue was deleted, or moved. */
    @Override
    public void handleCancel(String tag) {
        lost.countDown();
    }

    @Override
    public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
        lost.countDown();
    }

    void waitForLoss() throws InterruptedException {
        lost.await();
    }

    /** Takes no more messages; receipts are still written. */
    void drain() {
        draining = true;
        try {
            getChannel().basicCancel(getConsumerTag());
        } catch (IOException | AlreadyClosedException e) {
            // nothing comes from a lost connection either
        }
    }

    void close() {
        try {
            receipts.close(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.abort(CLOSE_MILLIS);
        lost.countDown();
    }
}
