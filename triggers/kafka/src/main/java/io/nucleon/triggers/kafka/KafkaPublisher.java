package io.nucleon.triggers.kafka;

import io.nucleon.invoke.Event;
import io.nucleon.trigger.EventPublisher;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Puts events into topics. Its client is made when it is first needed. Safe for many threads. */
final class KafkaPublisher implements EventPublisher {

    private static final Duration CLOSE = Duration.ofSeconds(3);

    private final Clients clients;
    private Producer<byte[], ByteBuffer> producer;

    KafkaPublisher(Clients clients) {
        this.clients = clients;
    }

    @Override
    public CompletionStage<Void> publish(String topic, Event event, List<String> headers) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        // The library waits for the topic's metadata.
        Threads.start("kafka-publish", () -> {
            try {
                Clients.useOwnClasses();
                producer().send(recordOf(topic, event, headers), (metadata, failure) -> {
                    if (failure == null) {
                        done.complete(null);
                    } else {
                        done.completeExceptionally(failure);
                    }
                });
            } catch (KafkaException | IllegalStateException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private synchronized Producer<byte[], ByteBuffer> producer() {
        if (producer == null) {
            producer = clients.producer();
        }
        return producer;
    }

    private static ProducerRecord<byte[], ByteBuffer> recordOf(String topic, Event event, List<String> headers) {
        byte[] key = event instanceof KafkaEvent kafka ? kafka.key() : KafkaEvent.keyOf(event);
        ProducerRecord<byte[], ByteBuffer> message = new ProducerRecord<>(topic, key, event.body());
        event.forEachHeader((name, value) -> {
            if (!KafkaEvent.isKey(name)) {
                message.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
            }
        });
        for (int i = 0; i < headers.size(); i += 2) {
            message.headers().add(headers.get(i), headers.get(i + 1).getBytes(StandardCharsets.UTF_8));
        }
        return message;
    }

    synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE);
            producer = null;
        }
    }
}
