package io.nucleon.triggers.kafka;

import io.nucleon.invoke.Deliverer;
import io.nucleon.trigger.EventPublisher;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerSetting;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Reads topics as a member of a group. What is open is bounded for each partition; the rest stays with the broker. An offset is committed
 * when every record below it is done: answered, or among the dead letters.
 */
final class KafkaTrigger implements Trigger {

    private final Reader reader;
    private final KafkaPublisher publisher;

    KafkaTrigger(TriggerSetting setting, KafkaSetting kafka, Deliverer deliverer) {
        Clients clients = new Clients(setting, kafka);
        this.reader = new Reader(setting, kafka, clients, deliverer);
        this.publisher = new KafkaPublisher(clients);
    }

    @Override
    public void start() {
        reader.start();
    }

    @Override
    public CompletionStage<Void> drain() {
        return reader.drain();
    }

    @Override
    public void acked(String topic, int partition, long streamOffset) {
        reader.acked(topic, partition, streamOffset);
    }

    @Override
    public Optional<EventPublisher> publisher() {
        return Optional.of(publisher);
    }

    @Override
    public void stop() {
        reader.close();
        publisher.close();
    }

    @Override
    public String address() {
        return "";
    }
}
