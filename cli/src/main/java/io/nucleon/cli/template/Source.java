package io.nucleon.cli.template;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where a new function's events come from. */
public enum Source {
    HTTP("http", "http", "http", "http"),
    CRON("cron", "cron", "nightly", "cron"),
    KICKSTART("kickstart", "kickstart", "once", "event"),
    KAFKA("kafka", "kafka-cluster", "kafka", "event"),
    RABBITMQ("rabbitmq", "rabbit-mq", "rabbitmq", "event"),
    NATS("nats", "nats", "nats", "event"),
    NATS_JETSTREAM("natsjetstream", "natsjetstream", "jetstream", "event"),
    MQTT("mqtt", "mqtt", "mqtt", "event"),
    KINESIS("kinesis", "kinesis", "kinesis", "event"),
    DYNAMODB("dynamodb", "dynamodb", "dynamodb", "event"),
    EVENTHUB("eventhub", "eventhub", "eventhub", "event");

    private final String word;
    private final String kind;
    private final String trigger;
    private final String shape;

    Source(String word, String kind, String trigger, String shape) {
        this.word = word;
        this.kind = kind;
        this.trigger = trigger;
        this.shape = shape;
    }

    /** By the word for it, or by the kind of nuclio in either spelling. */
    public static Optional<Source> of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word.equals(word)
                        || one.kind.equals(word)
                        || alias(word).equals(one.kind))
                .findFirst();
    }

    private static String alias(String word) {
        return word.equals("rabbitMq") ? RABBITMQ.kind : word;
    }

    /** The words for all of them. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Source::word).toList();
    }

    /** As people call it, and commands that send events. */
    public String word() {
        return word;
    }

    /** As function.yaml names it. */
    public String kind() {
        return kind;
    }

    /** Name of the trigger in function.yaml. */
    String trigger() {
        return trigger;
    }

    /** Which of a language's handlers fits: {@code http}, {@code cron} or {@code event}. */
    String shape() {
        return shape;
    }
}
