package io.nucleon.triggers.rabbitmq;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Choice;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.field.Secrets;
import io.nucleon.spec.trigger.Ordering;
import io.nucleon.trigger.TriggerSetting;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;

/**
 * The attributes of a trigger on RabbitMQ. {@code toString} shows no secret.
 *
 * @param uri amqp or amqps, with user and password if it had them
 * @param user empty: those of the address
 * @param exchange empty for none
 * @param topics routing keys that are bound; empty = nothing is declared, the queue must exist
 * @param quorum whether a declared queue is replicated
 * @param window messages that are open at once at most
 * @param inOrder whether one message is done before the next begins
 * @param onError what becomes of a message that is given up
 * @param requeue whether a message that is given up goes back into the queue
 * @param longestPause between tries to connect
 */
record RabbitSetting(
        URI uri,
        String user,
        String password,
        String exchange,
        String queue,
        List<String> topics,
        boolean durableExchange,
        boolean durableQueue,
        boolean quorum,
        int window,
        boolean inOrder,
        OnError onError,
        boolean requeue,
        Duration longestPause) {

    /** What becomes of a message whose tries are used up. */
    enum OnError implements Choice {
        /** Not written in the file: it goes to the dead letters and is acked. */
        DEAD_LETTER("deadLetter"),
        /** As {@link #DEAD_LETTER}: nuclio drops it, which loses it. */
        ACK("ack"),
        /** The broker does with it what its queue says: its own dead-letter exchange, or nothing. */
        NACK("nack");

        private final String word;

        OnError(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** nuclio's default, unlimited, would bring a whole queue into the memory of the processor. */
    private static final int WINDOW = 256;

    /** A field of 16 bits in the protocol. */
    private static final int MOST_WINDOW = 65_535;

    private static final Duration RECONNECT_INTERVAL = Duration.ofSeconds(15);

    RabbitSetting {
        topics = List.copyOf(topics);
    }

    static RabbitSetting read(Fields fields, TriggerSetting setting) {
        fields.accept("reconnectDuration"); // for ever
        int prefetch = fields.integer("prefetchCount", 0, 0, MOST_WINDOW);
        boolean quorum = fields.text("queueType", "classic").equalsIgnoreCase("quorum");
        boolean oneWorker = setting.spec().workers().count() == 1;
        String otherwise = "nuclio-" + setting.function().namespace() + "-"
                + setting.function().name();
        return new RabbitSetting(
                uri(fields, setting.url()),
                setting.spec().credentials().username(),
                setting.spec().credentials().password(),
                fields.text("exchangeName", ""),
                fields.text("queueName", otherwise),
                fields.texts("topics"),
                fields.bool("durableExchange", false),
                fields.bool("durableQueue", false) || quorum,
                quorum,
                prefetch == 0 ? WINDOW : prefetch,
                oneWorker && setting.spec().delivery().ordering() == Ordering.PARTITION,
                fields.choice("onError", OnError.DEAD_LETTER),
                fields.bool("requeueOnError", false),
                fields.duration("reconnectInterval", RECONNECT_INTERVAL));
    }

    private static URI uri(Fields fields, String url) {
        try {
            URI uri = new URI(url.strip());
            if (uri.getHost() != null
                    && uri.getScheme() != null
                    && uri.getScheme().matches("amqps?")) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below, without the password that may stand there
        }
        fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, "url")
                .what("names no RabbitMQ server")
                .why(
                        url.isBlank()
                                ? "the trigger has no url"
                                : "an address of RabbitMQ begins with amqp:// or amqps://")
                .fix("write url: amqp://HOST:5672 beside the trigger's kind")
                .add();
        return URI.create("amqp://nowhere");
    }

    /** Whether a message that is given up is the broker's business. */
    boolean rejects() {
        return onError == OnError.NACK;
    }

    @Override
    public String toString() {
        return Secrets.maskUrl(uri.toString()) + " queue " + queue;
    }
}
