package io.nucleon.triggers.kafka;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.trigger.TriggerSetting;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.apache.kafka.common.serialization.ByteBufferSerializer;

/** Makes the library's clients, and says what is wrong with their broker. */
final class Clients {

    private static final long MOST_RECONNECT_BACKOFF_MILLIS = 10_000;
    /**
     * The library spins on two threads while a heartbeat is under way for longer than the heartbeats' interval (KAFKA-21031, there up to
     * 4.4.0), which brokers let be 5 s at least: so it must give up before that.
     */
    private static final int HEARTBEAT_PATIENCE_MILLIS = 4_000;
    /** Four times the library's default: each poll wakes the client's thread and the partition's loop. */
    private static final int MOST_POLLED = 2_000;

    private static final long MOST_BLOCK_MILLIS = 10_000;
    /** What a start waits for a broker. */
    static final int START_MILLIS = 5_000;

    private final TriggerSetting trigger;
    private final KafkaSetting setting;

    Clients(TriggerSetting trigger, KafkaSetting setting) {
        this.trigger = trigger;
        this.setting = setting;
    }

    private Map<String, Object> common() {
        Map<String, Object> properties = new HashMap<>(setting.connection());
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, trigger.source().name());
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, MOST_RECONNECT_BACKOFF_MILLIS);
        // Metrics of the library go nowhere; its beans would clash where a process hosts two functions.
        properties.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, List.of());
        properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return properties;
    }

    /** Classes that settings name are the plug-in's; the library looks for them with the thread's loader. */
    static void useOwnClasses() {
        Thread.currentThread().setContextClassLoader(Clients.class.getClassLoader());
    }

    Consumer<byte[], ByteBuffer> consumer(KafkaSetting.Protocol protocol) {
        Map<String, Object> properties = common();
        properties.putAll(setting.consumer());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, setting.group());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Math.min(MOST_POLLED, setting.mostWindow()));
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        if (protocol == KafkaSetting.Protocol.BROKER) {
            properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, GroupProtocol.CONSUMER.name());
            properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, HEARTBEAT_PATIENCE_MILLIS);
        } else {
            properties.putIfAbsent(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                    List.of(CooperativeStickyAssignor.class.getName()));
        }
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteBufferDeserializer());
    }

    Producer<byte[], ByteBuffer> producer() {
        Map<String, Object> properties = common();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // The delivery offers it again.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MOST_BLOCK_MILLIS);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteBufferSerializer());
    }

    ErrorMessage unreachable(String why) {
        return ErrorMessage.of(
                ErrorCode.SOURCE_UNREACHABLE,
                "kafka broker " + setting.broker() + " unreachable for trigger '"
                        + trigger.source().name() + "'",
                why + "; trying again until it answers",
                "check that it runs and that this machine reaches it; nucleon events send kafka "
                        + trigger.function().name() + " tries the function without it");
    }

    NucleonException refused(RuntimeException cause) {
        return ErrorMessage.of(
                        ErrorCode.SOURCE_REFUSED,
                        "kafka broker " + setting.broker() + " refused "
                                + (setting.user().isEmpty() ? "the connection" : "user '" + setting.user() + "'")
                                + " of trigger '" + trigger.source().name() + "'",
                        String.valueOf(cause.getMessage()),
                        "check user and password, and the rights to read topics " + String.join(", ", setting.topics())
                                + " as group " + setting.group())
                .toException(cause);
    }

    NucleonException noTopic(String topic) {
        return ErrorMessage.of(
                        ErrorCode.SOURCE_REFUSED,
                        "trigger '" + trigger.source().name() + "' has no topic '" + topic + "'",
                        "kafka broker " + setting.broker() + " knows none of that name, or hides it from this user",
                        "create it, or mend attributes.topics")
                .toException();
    }
}
