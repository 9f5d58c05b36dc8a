package io.nucleon.triggers.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.nucleon.invoke.Event;
import io.nucleon.spec.trigger.DeadLetter.Target;
import io.nucleon.trigger.EventPublisher;
import io.nucleon.trigger.TriggerSetting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Puts events into queues, or into the trigger's exchange under a routing key, and waits for the broker to have them. Its connection is
 * made when it is first needed. Safe for many threads; one message at a time, as dead letters are rare.
 */
final class RabbitPublisher implements EventPublisher {

    private static final int PERSISTENT = 2;
    private static final long CONFIRM_MILLIS = 10_000;
    private static final int CLOSE_MILLIS = 2_000;

    private final TriggerSetting trigger;
    private final RabbitSetting setting;
    private final Connector connector;
    private Connection connection;

    RabbitPublisher(TriggerSetting trigger, RabbitSetting setting, Connector connector) {
        this.trigger = trigger;
        this.setting = setting;
        this.connector = connector;
    }

    @Override
    public CompletionStage<Void> publish(String place, Event event, List<String> headers) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Threads.start("rabbitmq-publish", () -> {
            try {
                send(place, event, headers);
                done.complete(null);
            } catch (IOException | TimeoutException | AlreadyClosedException e) {
                done.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private synchronized void send(String place, Event event, List<String> headers)
            throws IOException, InterruptedException, TimeoutException {
        if (connection == null || !connection.isOpen()) {
            connection = connector.connect("-dead-letters");
        }
        Target target = trigger.spec().delivery().deadLetter().target();
        String exchange = target == Target.TOPIC ? setting.exchange() : "";
        AtomicReference<String> returned = new AtomicReference<>();
        try (Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.addReturnListener(message -> returned.set(message.getReplyText()));
            channel.basicPublish(exchange, place, true, properties(event, headers), bytes(event.body()));
            channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
        }
        if (returned.get() != null) {
            throw new IOException("no queue is there for it: " + returned.get());
        }
    }

    private static AMQP.BasicProperties properties(Event event, List<String> headers) {
        Map<String, Object> all = new HashMap<>();
        event.forEachHeader(all::put);
        for (int i = 0; i < headers.size(); i += 2) {
            all.put(headers.get(i), headers.get(i + 1));
        }
        return new AMQP.BasicProperties.Builder()
                .headers(all)
                .deliveryMode(PERSISTENT)
                .contentType(event.contentType().isEmpty() ? null : event.contentType())
                .messageId(event.id().isEmpty() ? null : event.id())
                .type(event.method().isEmpty() ? null : event.method())
                .build();
    }

    private static byte[] bytes(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return bytes;
    }

    synchronized void close() {
        if (connection != null) {
            connection.abort(CLOSE_MILLIS);
        }
    }
}
