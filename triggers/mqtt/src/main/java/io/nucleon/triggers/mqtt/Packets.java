package io.nucleon.triggers.mqtt;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperty;
import io.netty.handler.codec.mqtt.MqttPubAckMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.nucleon.invoke.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a client of MQTT sends. */
final class Packets {

    private Packets() {}

    static MqttMessage connect(MqttSetting setting, int keepAliveSeconds) {
        MqttMessageBuilders.ConnectBuilder connect = MqttMessageBuilders.connect()
                .protocolVersion(versionOf(setting.version()))
                .clientId(setting.clientId())
                .cleanSession(!setting.keepsSession())
                .keepAlive(keepAliveSeconds);
        if (!setting.user().isEmpty()) {
            connect.username(setting.user());
            if (!setting.password().isEmpty()) {
                connect.password(setting.password().getBytes(StandardCharsets.UTF_8));
            }
        }
        if (setting.isVersion5()) {
            MqttProperties properties = new MqttProperties();
            properties.add(number(MqttProperties.RECEIVE_MAXIMUM, setting.window()));
            properties.add(number(MqttProperties.MAXIMUM_PACKET_SIZE, setting.mostBytes()));
            if (setting.keepsSession()) {
                long seconds = Math.clamp(setting.sessionExpiry().toSeconds(), 1, Integer.MAX_VALUE);
                properties.add(number(MqttProperties.SESSION_EXPIRY_INTERVAL, (int) seconds));
            }
            connect.properties(properties);
        }
        return connect.build();
    }

    private static IntegerProperty number(int type, int value) {
        return new IntegerProperty(type, value);
    }

    private static MqttVersion versionOf(int level) {
        return switch (level) {
            case MqttSetting.VERSION_3_1 -> MqttVersion.MQTT_3_1;
            case MqttSetting.VERSION_5 -> MqttVersion.MQTT_5;
            default -> MqttVersion.MQTT_3_1_1;
        };
    }

    /** What is retained comes with a new subscription only, where the version lets one say so. */
    static MqttMessage subscribe(int id, MqttSetting setting) {
        MqttMessageBuilders.SubscribeBuilder subscribe =
                MqttMessageBuilders.subscribe().messageId(id);
        for (Subscription one : setting.subscriptions()) {
            MqttQoS qos = MqttQoS.valueOf(one.qos());
            if (setting.isVersion5()) {
                subscribe.addSubscription(
                        one.filter(),
                        new MqttSubscriptionOption(
                                qos, false, false, RetainedHandlingPolicy.SEND_AT_SUBSCRIBE_IF_NOT_YET_EXISTS));
            } else {
                subscribe.addSubscription(qos, one.filter());
            }
        }
        return subscribe.build();
    }

    static MqttMessage unsubscribe(int id, List<Subscription> subscriptions) {
        MqttMessageBuilders.UnsubscribeBuilder unsubscribe =
                MqttMessageBuilders.unsubscribe().messageId(id);
        subscriptions.forEach(one -> unsubscribe.addTopicFilter(one.filter()));
        return unsubscribe.build();
    }

    static MqttMessage ack(int id) {
        return new MqttPubAckMessage(plain(MqttMessageType.PUBACK), MqttMessageIdVariableHeader.from(id));
    }

    static MqttMessage ping() {
        return new MqttMessage(plain(MqttMessageType.PINGREQ));
    }

    static MqttMessage disconnect() {
        return new MqttMessage(plain(MqttMessageType.DISCONNECT));
    }

    private static MqttFixedHeader plain(MqttMessageType type) {
        return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
    }

    /**
     * An event as a message that the broker acks. Only version 5 carries headers.
     *
     * @param headers name, value, name, value; added to the event's own
     */
    static MqttPublishMessage publish(MqttSetting setting, int id, String topic, Event event, List<String> headers) {
        MqttProperties properties = new MqttProperties();
        if (setting.isVersion5()) {
            event.forEachHeader((name, value) -> properties.add(new UserProperty(name, value)));
            for (int i = 0; i < headers.size(); i += 2) {
                properties.add(new UserProperty(headers.get(i), headers.get(i + 1)));
            }
            if (!event.contentType().isEmpty()) {
                properties.add(new StringProperty(MqttProperties.CONTENT_TYPE, event.contentType()));
            }
        }
        return MqttMessageBuilders.publish()
                .topicName(topic)
                .qos(MqttQoS.AT_LEAST_ONCE)
                .messageId(id)
                .properties(properties)
                .payload(Unpooled.wrappedBuffer(event.body()))
                .build();
    }
}
