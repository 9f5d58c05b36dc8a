package io.nucleon.triggers.mqtt;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.trigger.Credentials;
import io.nucleon.trigger.TriggerSetting;
import java.time.Duration;
import java.util.List;

/**
 * The attributes of a trigger on MQTT. {@code toString} shows no secret.
 *
 * @param user empty for none
 * @param clientId empty: the broker makes one up
 * @param version of the protocol, as it is written in packets: 3 (3.1), 4 (3.1.1) or 5
 * @param window messages that are open at once at most
 * @param mostBytes of a message, topic and all
 * @param sessionExpiry how long the broker keeps what is not acked for a processor that is away; version 5 only
 * @param leavesGroup whether a processor that ends leaves its share to the others
 */
record MqttSetting(
        BrokerAddress broker,
        String user,
        String password,
        Tls tls,
        List<Subscription> subscriptions,
        String clientId,
        int version,
        int window,
        int mostBytes,
        Duration sessionExpiry,
        boolean leavesGroup) {

    static final int VERSION_3_1 = 3;
    static final int VERSION_5 = 5;

    private static final int DEFAULT_VERSION = 4;
    private static final int SHORT_CLIENT_ID = 23;
    /** Enough for some workers with prefetch; what waits here can't be had by other processors. */
    private static final int WINDOW = 64;
    /** A field of 16 bits in the protocol. */
    private static final int MOST_WINDOW = 65_535;

    private static final long MESSAGE_BYTES = 16 << 20;
    /** What the protocol can carry. */
    private static final int MOST_MESSAGE_BYTES = 268_435_455;

    private static final Duration SESSION_EXPIRY = Duration.ofHours(24);

    MqttSetting {
        subscriptions = List.copyOf(subscriptions);
    }

    static MqttSetting read(Fields fields, TriggerSetting setting) {
        BrokerAddress broker = broker(fields, setting.url());
        Credentials credentials = setting.spec().credentials();
        boolean inUrl = !broker.user().isEmpty();
        List<Subscription> subscriptions = subscriptions(fields);
        int version = fields.integer("protocolVersion", DEFAULT_VERSION, VERSION_3_1, VERSION_5);
        return new MqttSetting(
                broker,
                inUrl ? broker.user() : credentials.username(),
                inUrl ? broker.password() : credentials.password(),
                Tls.read(fields, broker.encrypted()),
                subscriptions,
                clientId(fields, setting, subscriptions, version),
                version,
                fields.integer("maxInFlight", WINDOW, 1, MOST_WINDOW),
                Math.clamp(fields.size("maxMessageSize", MESSAGE_BYTES), 1, MOST_MESSAGE_BYTES),
                fields.duration("sessionExpiry", SESSION_EXPIRY),
                fields.bool("leaveGroup", true) && subscriptions.stream().allMatch(Subscription::isShared));
    }

    private static BrokerAddress broker(Fields fields, String url) {
        return BrokerAddress.of(url).orElseGet(() -> {
            fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, "url")
                    .what("names no MQTT broker")
                    .why(
                            url.isBlank()
                                    ? "the trigger has no url"
                                    : "an address of a broker is HOST:PORT, or begins with tcp://, mqtt://, ssl://, tls:// or mqtts://")
                    .fix("write url: tcp://HOST:1883 beside the trigger's kind")
                    .add();
            return new BrokerAddress("", "", 0, false, "");
        });
    }

    private static List<Subscription> subscriptions(Fields fields) {
        List<Subscription> subscriptions = fields.each("subscriptions", Subscription::read);
        if (subscriptions.isEmpty()) {
            fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, "subscriptions")
                    .what("names no topic")
                    .why("a broker sends only what it is asked for")
                    .fix("write subscriptions: [{topic: orders/#, qos: 1}]")
                    .add();
        }
        return subscriptions;
    }

    private static String clientId(
            Fields fields, TriggerSetting setting, List<Subscription> subscriptions, int version) {
        String given = fields.text("clientID", "");
        if (version == VERSION_3_1 && given.length() > SHORT_CLIENT_ID) {
            fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, "clientID")
                    .what("is too long")
                    .why("it has " + given.length() + " characters, and MQTT 3.1 has room for " + SHORT_CLIENT_ID)
                    .fix("shorten it, or use a newer protocolVersion: 4 or 5")
                    .add();
        }
        boolean needed = version == VERSION_3_1 || keepsSession(subscriptions);
        return given.isEmpty() && needed ? ClientId.of(setting, subscriptions) : given;
    }

    private static boolean keepsSession(List<Subscription> subscriptions) {
        return subscriptions.stream().anyMatch(one -> one.qos() > 0);
    }

    /** Whether the broker is to keep what is not acked while the processor is away. */
    boolean keepsSession() {
        return keepsSession(subscriptions);
    }

    boolean isVersion5() {
        return version == VERSION_5;
    }

    @Override
    public String toString() {
        return broker.toString();
    }
}
