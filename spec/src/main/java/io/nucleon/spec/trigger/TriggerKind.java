package io.nucleon.spec.trigger;

import java.util.List;
import java.util.Optional;

/**
 * A kind of trigger and what the other parts of a configuration need to know of it.
 *
 * @param name as it is written in a file
 * @param reported as handlers see it
 * @param stream true when it reads a log of partitions, so that explicit ack means something
 */
public record TriggerKind(String name, String reported, boolean stream) {
    public static final String HTTP = "http";

    /** Aliases stand behind the name that is suggested for them. */
    private static final List<TriggerKind> ALL = List.of(
            plain("http"),
            plain("cron"),
            new TriggerKind("kafka-cluster", "kafka-cluster", true),
            new TriggerKind("rabbit-mq", "rabbitMq", false),
            plain("nats"),
            plain("mqtt"),
            new TriggerKind("kinesis", "kinesis", true),
            new TriggerKind("dynamodb", "dynamodb", true),
            new TriggerKind("v3ioStream", "v3io-stream", true),
            new TriggerKind("kafka", "kafka-cluster", true),
            plain("natsjetstream"),
            plain("eventhub"),
            plain("pubsub"),
            new TriggerKind("iotCoreMqtt", "mqtt", false),
            new TriggerKind("v3ioItemPoller", "poller", false),
            plain("kickstart"),
            new TriggerKind("rabbitMq", "rabbitMq", false));

    /** Every kind of nuclio, and Nucleon's own. That a kind is known does not say that its trigger is installed. */
    public static List<TriggerKind> all() {
        return ALL;
    }

    /** The kind of this very spelling, as nuclio has it: kinds are the one thing whose letter case counts. */
    public static Optional<TriggerKind> of(String name) {
        for (TriggerKind kind : ALL) {
            if (kind.name.equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The names of all kinds, in the order in which messages list them. */
    public static List<String> names() {
        return ALL.stream().map(TriggerKind::name).toList();
    }

    /** The names to suggest out of those: an alias that differs from its kind only in a hyphen is left out. */
    static List<String> suggestions(List<String> names) {
        return names.stream()
                .filter(name -> !name.equals("rabbitMq") || !names.contains("rabbit-mq"))
                .toList();
    }

    private static TriggerKind plain(String name) {
        return new TriggerKind(name, name, false);
    }
}
