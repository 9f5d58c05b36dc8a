package io.nucleon.triggers.nats;

import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.ConsumerContext;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.impl.NatsJetStreamMetaData;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.SourceRules;
import io.nucleon.trigger.SourceMessage;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerSetting;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls from a consumer of JetStream. Messages are acked when they are done; while one is open for long, the server is told that work is in
 * progress, so that it does not give it to somebody else. Not more than a window of them is open at once; the rest stays with the server.
 */
final class JetStreamTrigger implements Trigger {

    private static final Logger LOG = LoggerFactory.getLogger(JetStreamTrigger.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** A pull's life. The library notices one that died with its server after about that time, and pulls anew. */
    private static final long PULL_MILLIS = 5_000;

    private static final Duration DEFAULT_ACK_WAIT = Duration.ofSeconds(30);

    private final TriggerSetting setting;
    private final JetStreamSetting jetStream;
    private final Deliverer deliverer;
    private final NatsClient client;
    private final Semaphore room;
    private final Set<JetStreamEvent> open = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;
    private ConsumerContext consumer;
    private long ackWaitNanos = DEFAULT_ACK_WAIT.toNanos();
    /** How often the server delivers a message at most; 0 or less: until it is acked. */
    private long mostDeliveries;

    JetStreamTrigger(TriggerSetting setting, JetStreamSetting jetStream, Deliverer deliverer) {
        this.setting = setting;
        this.jetStream = jetStream;
        this.deliverer = deliverer;
        this.client = new NatsClient(setting, jetStream.client());
        this.room = new Semaphore(jetStream.window());
    }

    @Override
    public void start() {
        client.start(this::find, this::pull);
    }

    private void find(Connection connection) throws IOException {
        try {
            consumer = connection.getStreamContext(jetStream.stream()).getConsumerContext(jetStream.consumer());
            ConsumerConfiguration configured = consumer.getConsumerInfo().getConsumerConfiguration();
            if (configured.getAckPolicy() == AckPolicy.All) {
                throw wrong("its ack policy is all: an ack would cover messages before it that are not done");
            }
            Duration wait = configured.getAckWait();
            if (wait != null && !wait.isZero()) {
                ackWaitNanos = wait.toNanos();
            }
            mostDeliveries = configured.getAckPolicy() == AckPolicy.Explicit ? configured.getMaxDeliver() : 1;
        } catch (JetStreamApiException e) {
            throw wrong(e.getErrorDescription());
        }
        setting.loops().every(Math.max(1, TimeUnit.NANOSECONDS.toMillis(ackWaitNanos / 3)), this::tellProgress);
    }

    private NucleonException wrong(String why) {
        return ErrorMessage.of(
                        ErrorCode.SOURCE_REFUSED,
                        "trigger '" + setting.source().name() + "' can't read by consumer '" + jetStream.consumer()
                                + "' of stream '" + jetStream.stream() + "'",
                        why,
                        "create it, with ack policy explicit, or mend attributes.stream and attributes.consumer")
                .toException();
    }

    private void tellProgress() {
        long now = setting.clock().nanoTime();
        open.forEach(event -> event.tellProgress(now, ackWaitNanos / 3));
    }

    /** On the client's thread, until drained. */
    private void pull(Connection connection) throws IOException, InterruptedException {
        try {
            IterableConsumer messages = consumer.iterate(ConsumeOptions.builder()
                    .batchSize(jetStream.window())
                    .expiresIn(PULL_MILLIS)
                    .build());
            try {
                while (!draining) {
                    room.acquire();
                    Message message = draining ? null : messages.nextMessage(LOOK);
                    if (message == null) {
                        room.release();
                    } else {
                        deliver(message);
                    }
                }
            } finally {
                messages.stop();
            }
            giveBackRest(messages);
        } catch (JetStreamApiException | JetStreamStatusCheckedException e) {
            throw new IOException("reading from consumer '" + jetStream.consumer() + "' failed: " + e.getMessage(), e);
        }
    }

    /** What the library has fetched and nobody has seen. */
    private static void giveBackRest(IterableConsumer messages)
            throws InterruptedException, JetStreamStatusCheckedException {
        for (Message rest = messages.nextMessage(1); rest != null; rest = messages.nextMessage(1)) {
            rest.nak();
        }
    }

    private void deliver(Message message) {
        NatsJetStreamMetaData data = message.metaData();
        SourceMessage mapped = Mapping.of(message, nanosOf(data))
                .topic(data.getStream())
                .position(-1, data.streamSequence())
                .build();
        boolean last = mostDeliveries > 0 && data.deliveredCount() >= mostDeliveries;
        JetStreamEvent event =
                new JetStreamEvent(this, message, mapped, (int) Math.max(0, data.deliveredCount() - 1), !last);
        open.add(event);
        deliverer.deliver(List.of(event));
    }

    private static long nanosOf(NatsJetStreamMetaData data) {
        Instant time = data.timestamp().toInstant();
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }

    TriggerSetting setting() {
        return setting;
    }

    /** The event's receipt was called. */
    void closed(JetStreamEvent event) {
        open.remove(event);
        room.release();
    }

    static void complain(String what, RuntimeException cause) {
        LOG.warn("{} failed, the server will deliver the message again: {}", what, cause.getMessage());
    }

    @Override
    public CompletionStage<Void> drain() {
        draining = true;
        room.release();
        return deliverer.drain();
    }

    @Override
    public SourceRules rules() {
        return SourceRules.ACKED.burying("would term");
    }

    @Override
    public void stop() {
        draining = true;
        client.close();
    }

    @Override
    public String address() {
        return "";
    }
}
