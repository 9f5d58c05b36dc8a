package io.nucleon.triggers.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.nucleon.invoke.Deliverer;
import io.nucleon.spec.trigger.Ordering;
import io.nucleon.trigger.SourceMessage;
import io.nucleon.trigger.TriggerSetting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What a connection has received. Belongs to the connection's loop.
 *
 * <p>Messages are acked in the order in which they came, as the protocol wants it: one that is done waits until those before it are done,
 * or left to the broker. No more than a window of them, or {@link #MOST_OPEN_BYTES}, is open at once: beyond that nothing is read, and the
 * rest stays with the broker.
 */
final class Intake {

    /** Bit of the lanes of messages that come again when the connection is lost. */
    static final long COMES_AGAIN = 1L << 62;

    private static final long MOST_OPEN_BYTES = 64L << 20;

    private final TriggerSetting trigger;
    private final MqttSetting setting;
    private final Deliverer deliverer;
    private final Session session;
    private final ArrayDeque<MqttEvent> unacked = new ArrayDeque<>();
    /** Numbers of those: some old brokers send what is not acked once more in the same connection. */
    private final BitSet numbers = new BitSet();

    private final ArrayList<MqttEvent> arrived = new ArrayList<>();
    private int open;
    private long openBytes;
    private long turn;
    private boolean refuses;

    Intake(TriggerSetting trigger, MqttSetting setting, Deliverer deliverer, Session session) {
        this.trigger = trigger;
        this.setting = setting;
        this.deliverer = deliverer;
        this.session = session;
    }

    /** From now on what comes is left to the broker. */
    void refuse() {
        refuses = true;
    }

    /** Takes a message; the caller releases it. */
    void received(MqttPublishMessage message) {
        int packetId = Math.max(0, message.variableHeader().packetId());
        if (refuses || (packetId > 0 && numbers.get(packetId))) {
            return;
        }
        MqttEvent event = eventOf(message, packetId);
        if (packetId > 0) {
            numbers.set(packetId);
            unacked.add(event);
        }
        open++;
        openBytes += event.bodyLength();
        arrived.add(event);
    }

    private MqttEvent eventOf(MqttPublishMessage message, int packetId) {
        String topic = message.variableHeader().topicName();
        ByteBuf payload = message.payload();
        SourceMessage.Builder mapped = SourceMessage.at(trigger.clock().wallNanos())
                .id(Integer.toString(packetId))
                .path(topic)
                .topic(topic)
                .url(setting.broker().url())
                .body(ByteBufUtil.getBytes(payload));
        MqttProperties properties = message.variableHeader().properties();
        if (properties.getProperty(MqttProperties.CONTENT_TYPE) instanceof MqttProperties.StringProperty type) {
            mapped.contentType(type.value());
        }
        for (MqttProperties.MqttProperty<?> property : properties.getProperties(MqttProperties.USER_PROPERTY)) {
            if (property instanceof MqttProperties.UserProperty user) {
                mapped.header(user.value().key, user.value().value);
            }
        }
        return new MqttEvent(
                trigger.source(),
                mapped.build(),
                session,
                packetId,
                laneOf(topic, packetId > 0),
                message.fixedHeader().isDup());
    }

    /** Order is kept among messages of one topic, which is what the protocol promises. */
    private long laneOf(String topic, boolean comesAgain) {
        long lane = trigger.spec().delivery().ordering() == Ordering.NONE
                ? turn++
                : Integer.toUnsignedLong(topic.hashCode());
        return comesAgain ? lane | COMES_AGAIN : lane;
    }

    /** Hands over what came in one read, and stops reading if that was enough. */
    void readComplete(Channel channel) {
        if (arrived.isEmpty()) {
            return;
        }
        List<MqttEvent> events = List.copyOf(arrived);
        arrived.clear();
        if (isFull()) {
            channel.config().setAutoRead(false);
        }
        deliverer.deliver(events);
    }

    private boolean isFull() {
        return open >= setting.window() || openBytes >= MOST_OPEN_BYTES;
    }

    /** An event's receipt was called. Writes the acks that are due and reads on if there is room again. */
    void heard(MqttEvent event, MqttEvent.State state, Channel channel) {
        event.state(state);
        open--;
        openBytes -= event.bodyLength();
        while (!unacked.isEmpty() && unacked.peek().state() != MqttEvent.State.OPEN) {
            MqttEvent next = unacked.poll();
            numbers.clear(next.packetId());
            if (next.state() == MqttEvent.State.DONE) {
                channel.write(Packets.ack(next.packetId()));
            }
        }
        if (!channel.config().isAutoRead() && !isFull()) {
            channel.config().setAutoRead(true);
        }
    }

    /** Whether nothing is open. */
    boolean isEmpty() {
        return open == 0;
    }
}
