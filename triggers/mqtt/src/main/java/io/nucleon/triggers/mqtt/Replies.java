package io.nucleon.triggers.mqtt;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;

/** What stands in a broker's packets; before version 5 most of it does not. */
final class Replies {

    private Replies() {}

    /** Published messages that the broker takes before it has acked one. */
    static int receiveMaximum(MqttConnAckMessage answer) {
        return number(answer, MqttProperties.RECEIVE_MAXIMUM, Integer.MAX_VALUE);
    }

    /** How long a client may be silent. */
    static int keepAliveSeconds(MqttConnAckMessage answer) {
        return number(answer, MqttProperties.SERVER_KEEP_ALIVE, Heartbeat.KEEP_ALIVE_SECONDS);
    }

    private static int number(MqttConnAckMessage answer, int type, int otherwise) {
        return answer.variableHeader().properties().getProperty(type) instanceof MqttProperties.IntegerProperty number
                ? number.value()
                : otherwise;
    }

    /** Which published message the broker has. */
    static int numberOf(MqttMessage ack) {
        return ((MqttMessageIdVariableHeader) ack.variableHeader()).messageId();
    }

    /** How the broker took it; 0 = well. */
    static int reasonOf(MqttMessage ack) {
        return ack.variableHeader() instanceof MqttPubReplyMessageVariableHeader reply
                ? Byte.toUnsignedInt(reply.reasonCode())
                : 0;
    }

    /** Why the broker ends the connection; empty if it does not say. */
    static String farewell(MqttMessage disconnect) {
        return disconnect.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header
                ? ": " + Reasons.of(Byte.toUnsignedInt(header.reasonCode()), header.properties())
                : "";
    }
}
