package io.nucleon.triggers.mqtt;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What brokers mean by their numbers, for messages. */
final class Reasons {

    /** From here on a number says that something was refused. */
    static final int FIRST_REFUSAL = 0x80;

    /** Nobody has subscribed to what was published. */
    static final int NOBODY_LISTENS = 0x10;

    private static final int MOST_TEXT = 200;

    /** No: try again later. */
    private static final Set<MqttConnectReturnCode> PASSING = Set.of(
            MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE,
            MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE_5,
            MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_BUSY,
            MqttConnectReturnCode.CONNECTION_REFUSED_QUOTA_EXCEEDED,
            MqttConnectReturnCode.CONNECTION_REFUSED_CONNECTION_RATE_EXCEEDED);

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(0x80, "the broker does not want it and does not say why"),
            Map.entry(0x81, "a malformed packet"),
            Map.entry(0x82, "a protocol error"),
            Map.entry(0x83, "a reason of the broker's own"),
            Map.entry(0x87, "not authorized"),
            Map.entry(0x89, "the broker is busy"),
            Map.entry(0x8B, "the broker shuts down"),
            Map.entry(0x8D, "nothing was heard of the processor for too long"),
            Map.entry(0x8E, "another client came with the same client id"),
            Map.entry(0x8F, "the topic is not valid there"),
            Map.entry(0x90, "the topic's name is not valid there"),
            Map.entry(0x93, "more messages at once than agreed"),
            Map.entry(0x95, "a packet was too large"),
            Map.entry(0x97, "a quota is used up"),
            Map.entry(0x98, "an administrator did it"),
            Map.entry(0x9C, "another server is to be used"),
            Map.entry(0x9D, "the server has moved"),
            Map.entry(0x9E, "shared subscriptions are not to be had there"),
            Map.entry(0xA2, "wildcards are not to be had there"));

    private Reasons() {}

    static String of(int code) {
        return WORDS.getOrDefault(code, "reason 0x" + Integer.toHexString(code));
    }

    /** The same, with what the broker adds to it. */
    static String of(int code, MqttProperties properties) {
        return of(code) + added(properties);
    }

    static boolean passes(MqttConnectReturnCode code) {
        return PASSING.contains(code);
    }

    /** The constants' names are those of the specifications. */
    static String of(MqttConnectReturnCode code, MqttProperties properties) {
        return code.name()
                        .replaceFirst("^CONNECTION_REFUSED_", "")
                        .replaceFirst("_5$", "")
                        .replace('_', ' ')
                        .toLowerCase(Locale.ROOT)
                + added(properties);
    }

    /** In one line, not too long: it is the broker's text. */
    private static String added(MqttProperties properties) {
        if (properties.getProperty(MqttProperties.REASON_STRING) instanceof MqttProperties.StringProperty reason) {
            String text = reason.value().replaceAll("\\p{Cntrl}", " ");
            return " (" + (text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) + "…" : text) + ")";
        }
        return "";
    }
}
