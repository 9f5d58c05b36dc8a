package io.nucleon.triggers.kafka;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import io.nucleon.trigger.TriggerSetting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Reads the attributes of kind {@code eventhub}. The hub is read through its Kafka endpoint, where it is a topic, its consumer group a
 * group, and its connection string the password of a fixed user; so offsets are kept, which nuclio's reader does not do. The connection is
 * encrypted unless the file says otherwise, wherever it goes: the password is a key to the whole hub.
 */
final class EventHubAttributes {

    private static final String USER = "$ConnectionString";
    private static final String DOMAIN = ".servicebus.windows.net";
    private static final int PORT = 9093;
    /** What the service asks its clients for, so that its load balancer does not cut them off. */
    private static final Map<String, Object> ADVISED = Map.of(
            CommonClientConfigs.METADATA_MAX_AGE_CONFIG,
            180_000L,
            CommonClientConfigs.CONNECTIONS_MAX_IDLE_MS_CONFIG,
            180_000L);

    private EventHubAttributes() {}

    static KafkaSetting read(Fields fields, TriggerSetting setting) {
        String namespace = required(fields, "namespace");
        String hub = required(fields, "eventHubName");
        String key = required(fields, "sharedAccessKeyName");
        String value = required(fields, "sharedAccessKeyValue");
        String broker = setting.url().isBlank()
                ? namespace + DOMAIN + ":" + PORT
                : setting.url().strip();
        Map<String, Object> encryption = Encryption.read(fields, Map.of(), true);
        Map<String, Object> connection = new HashMap<>(ADVISED);
        connection.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker);
        connection.putAll(encryption);
        connection.put(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, encryption.isEmpty() ? "SASL_PLAINTEXT" : "SASL_SSL");
        connection.putAll(Security.passwordSignIn(
                "PLAIN",
                USER,
                "Endpoint=sb://" + namespace + DOMAIN + "/;SharedAccessKeyName=" + key + ";SharedAccessKey=" + value));
        return new KafkaSetting(
                broker,
                key,
                connection,
                Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                fields.text("consumerGroup", "$Default"),
                List.of(hub),
                KafkaSetting.Protocol.CLASSIC,
                partitions(fields),
                KafkaAttributes.WINDOW,
                KafkaAttributes.QUICK_WINDOW,
                0,
                setting.spec().workers().terminationTimeout(),
                setting.spec().delivery().explicitAckWait());
    }

    private static List<Integer> partitions(Fields fields) {
        List<Integer> partitions = new ArrayList<>();
        for (String text : fields.texts("partitions")) {
            if (text.matches("\\d{1,6}")) {
                partitions.add(Integer.valueOf(text));
            } else {
                fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, "partitions")
                        .what("are no numbers")
                        .why("'" + text + "' stands there")
                        .fix("write numbers, such as [0, 1], or leave it out to share all of them in the group")
                        .add();
            }
        }
        return partitions;
    }

    private static String required(Fields fields, String name) {
        String text = fields.text(name, "");
        if (text.isBlank()) {
            fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, name)
                    .what("is missing")
                    .why("it is part of the hub's address or of what one signs in with")
                    .fix("write " + name + ": TEXT, as the portal shows it")
                    .add();
        }
        return text;
    }
}
