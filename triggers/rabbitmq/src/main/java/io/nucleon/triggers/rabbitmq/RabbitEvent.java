package io.nucleon.triggers.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.trigger.SourceEvent;
import io.nucleon.trigger.SourceMessage;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A message as nuclio shows it: method is its type, path its exchange and routing key, url where answers are wanted. */
final class RabbitEvent extends SourceEvent {

    private static final long ONLY_LANE = 0;
    /** Quorum queues count. */
    private static final String DELIVERIES = "x-delivery-count";

    private final Session session;
    private final Envelope envelope;
    private final int redeliveries;

    RabbitEvent(
            TriggerSource source,
            Session session,
            long nowNanos,
            Envelope envelope,
            AMQP.BasicProperties properties,
            byte[] body) {
        super(source, messageOf(nowNanos, envelope, properties, body));
        this.session = session;
        this.envelope = envelope;
        Object counted =
                properties.getHeaders() == null ? null : properties.getHeaders().get(DELIVERIES);
        this.redeliveries = counted instanceof Number number ? number.intValue() : envelope.isRedeliver() ? 1 : 0;
    }

    @SuppressWarnings("JavaUtilDate") // the library has no other
    private static SourceMessage messageOf(
            long nowNanos, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        Date sent = properties.getTimestamp();
        SourceMessage.Builder message = SourceMessage.at(
                        sent == null ? nowNanos : TimeUnit.MILLISECONDS.toNanos(sent.getTime()))
                .id(properties.getMessageId())
                .method(properties.getType())
                .path(envelope.getExchange() + "/" + envelope.getRoutingKey())
                .contentType(properties.getContentType())
                .url(properties.getReplyTo())
                .body(body);
        if (properties.getHeaders() != null) {
            for (Map.Entry<String, Object> header : properties.getHeaders().entrySet()) {
                message.header(header.getKey(), String.valueOf(header.getValue()));
            }
        }
        return message.build();
    }

    long tag() {
        return envelope.getDeliveryTag();
    }

    @Override
    public long lane() {
        return session.setting().inOrder() ? ONLY_LANE : NO_LANE;
    }

    @Override
    public int redeliveries() {
        return redeliveries;
    }

    @Override
    public void ack() {
        session.receipts().ack(tag());
    }

    @Override
    public void nack(long delayNanos) {
        session.receipts().giveBack(tag());
    }

    @Override
    public void hold() {
        ack(); // the kind knows no explicit ack
    }

    @Override
    public Optional<String> reject() {
        if (!session.setting().rejects()) {
            return Optional.empty();
        }
        if (session.setting().requeue()) {
            session.receipts().giveBack(tag());
            return Optional.of("it is in its queue again (requeueOnError)");
        }
        session.receipts().reject(tag());
        return Optional.of("it is where its queue sends rejected messages: to its dead-letter exchange, or nowhere");
    }
}
