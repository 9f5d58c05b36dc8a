package io.nucleon.triggers.kafka;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NearestName;
import io.nucleon.spec.field.Fields;
import io.nucleon.trigger.TriggerSetting;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;

/** Reads the attributes of kinds {@code kafka-cluster} and {@code kafka}: nuclio's names and defaults. */
final class KafkaAttributes {

    private static final Map<String, Class<?>> ASSIGNORS = Map.of(
            "range",
            RangeAssignor.class,
            "roundrobin",
            RoundRobinAssignor.class,
            "sticky",
            CooperativeStickyAssignor.class);

    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final Duration REBALANCE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration HANDLER_WAIT = Duration.ofSeconds(5);
    private static final Duration MAX_WAIT = Duration.ofMillis(250);
    private static final Duration RETRY_BACKOFF = Duration.ofSeconds(2);
    /** nuclio waits that much longer than workers may take to end. */
    private static final Duration AFTER_TERMINATION = Duration.ofSeconds(3);
    /** Between polls nothing long is done: what the group allows beyond the waits of a rebalance. */
    private static final Duration POLL_SLACK = Duration.ofSeconds(30);

    /** nuclio's default. */
    static final int WINDOW = 256;
    /**
     * Of quick handlers, which do so many in some ms. More than the records of 100 B that one fetch has of a partition (1 MiB): with fewer
     * it rests and commits in the midst of each. With more a record gets no cheaper.
     */
    static final int QUICK_WINDOW = 16_384;

    private static final int MOST_WINDOW = 100_000;
    private static final int FETCH_MIN = 1;
    private static final int FETCH_DEFAULT = 1 << 20;

    /** What the client or the delivery does by itself. */
    private static final String[] WITHOUT_EFFECT = {
        "maxProcessingTime", "rebalanceRetryMax", "rebalanceRetryBackoff", "workerAllocationMode", "version", "logLevel"
    };

    private KafkaAttributes() {}

    static KafkaSetting read(Fields fields, TriggerSetting setting) {
        Map<String, String> annotations = setting.function().annotations();
        Annotated attributes = new Annotated(fields, annotations);
        fields.accept(WITHOUT_EFFECT);
        List<String> brokers = brokers(fields, setting);
        List<String> topics = required(fields, "topics", fields.texts("topics"), "topics: [NAME]");
        String group = fields.text("consumerGroup", "");
        required(fields, "consumerGroup", group.isBlank() ? List.of() : List.of(group), "consumerGroup: NAME");
        Duration handlerWait = longest(
                attributes.duration("maxWaitHandlerDuringRebalance", "max-wait-handler-during-rebalance", HANDLER_WAIT),
                setting.spec().workers().terminationTimeout());
        Duration explicitAckWait = setting.spec().delivery().explicitAckWait();
        Map<String, Object> consumer = new HashMap<>();
        KafkaSetting.Protocol protocol = group(attributes, consumer);
        fetching(attributes, consumer);
        Duration rebalance = attributes.duration("rebalanceTimeout", "rebalance-timeout", REBALANCE_TIMEOUT);
        consumer.put(
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                millis(longest(rebalance, handlerWait.plus(explicitAckWait).plus(POLL_SLACK))));
        consumer.put(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                choice(fields, "initialOffset", "latest", List.of("earliest", "latest")));
        Security.Read security = Security.read(fields, annotations);
        Map<String, Object> connection = new HashMap<>(security.properties());
        connection.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, String.join(",", brokers));
        connection.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, (long)
                millis(attributes.duration("retryBackoff", "retry-backoff", RETRY_BACKOFF)));
        int window = fields.integer("channelBufferSize", WINDOW, 1, MOST_WINDOW);
        return new KafkaSetting(
                String.join(",", brokers),
                security.user(),
                connection,
                consumer,
                group,
                topics,
                protocol,
                List.of(),
                window,
                fields.has("channelBufferSize") ? window : QUICK_WINDOW,
                ackWindow(attributes, annotations),
                handlerWait,
                explicitAckWait);
    }

    private static int ackWindow(Annotated attributes, Map<String, String> annotations) {
        String older = annotations.getOrDefault("custom.nuclio.io/kafka-window-size", "0");
        int otherwise = older.strip().matches("\\d{1,9}") ? Integer.parseInt(older.strip()) : 0;
        return attributes.integer("ackWindowSize", "window-size", otherwise, 0, Integer.MAX_VALUE);
    }

    private static List<String> brokers(Fields fields, TriggerSetting setting) {
        List<String> brokers = fields.texts("brokers");
        if (brokers.isEmpty() && !setting.url().isBlank()) {
            return List.of(setting.url().strip());
        }
        return required(fields, "brokers", brokers, "brokers: [HOST:9092], or url: HOST:9092 beside the kind");
    }

    private static List<String> required(Fields fields, String name, List<String> value, String fix) {
        if (value.isEmpty()) {
            fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, name)
                    .what("is missing")
                    .why("a trigger on Kafka needs brokers, topics and the group whose offsets it commits")
                    .fix("write " + fix)
                    .add();
        }
        return value;
    }

    private static String choice(Fields fields, String name, String otherwise, List<String> words) {
        String word = fields.text(name, otherwise).strip().toLowerCase(Locale.ROOT);
        if (!words.contains(word)) {
            fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, name)
                    .what("is not known")
                    .why("'" + word + "' stands there")
                    .fix(NearestName.advice(word, words, "use one of: "))
                    .add();
            return otherwise;
        }
        return word;
    }

    /** The broker shares the partitions, unless a setting is there that only the older way has. */
    private static KafkaSetting.Protocol group(Annotated attributes, Map<String, Object> consumer) {
        boolean classic = attributes.has("balanceStrategy", "balance-strategy")
                || attributes.has("sessionTimeout", "session-timeout")
                || attributes.has("heartbeatInterval", "heartbeat-interval");
        String strategy = attributes
                .text("balanceStrategy", "balance-strategy", "sticky")
                .strip()
                .toLowerCase(Locale.ROOT);
        Duration session = attributes.duration("sessionTimeout", "session-timeout", SESSION_TIMEOUT);
        Duration heartbeat = attributes.duration("heartbeatInterval", "heartbeat-interval", HEARTBEAT);
        if (!ASSIGNORS.containsKey(strategy)) {
            attributes.wrong("balanceStrategy", strategy, "range, roundrobin or sticky");
            return KafkaSetting.Protocol.CLASSIC;
        }
        if (!classic) {
            return KafkaSetting.Protocol.BROKER;
        }
        consumer.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(ASSIGNORS.get(strategy).getName()));
        consumer.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(session));
        consumer.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, millis(heartbeat));
        return KafkaSetting.Protocol.CLASSIC;
    }

    private static void fetching(Annotated attributes, Map<String, Object> consumer) {
        consumer.put(
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                attributes.integer("fetchMin", "fetch-min", FETCH_MIN, 1, Integer.MAX_VALUE));
        consumer.put(
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                attributes.integer("fetchDefault", "fetch-default", FETCH_DEFAULT, 1, Integer.MAX_VALUE));
        int most = attributes.integer("fetchMax", "fetch-max", 0, 0, Integer.MAX_VALUE);
        if (most > 0) {
            consumer.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, most);
        }
        consumer.put(
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                millis(attributes.duration("maxWaitTime", "max-wait-time", MAX_WAIT)));
    }

    /** Shorter than the workers may take to end makes no sense, so nuclio takes a little more than that instead. */
    private static Duration longest(Duration given, Duration least) {
        return given.compareTo(least) < 0 ? least.plus(AFTER_TERMINATION) : given;
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
    }
}
