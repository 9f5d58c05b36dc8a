package io.nucleon.triggers.kafka;

import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.Invoker;
import io.nucleon.trigger.AttributeReader;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerFactory;
import io.nucleon.trigger.TriggerSetting;

/** Makes triggers on Kafka. Safe for many threads. */
public final class KafkaTriggerFactory implements TriggerFactory {

    private static final String EVENT_HUB = "eventhub";

    @Override
    public boolean accepts(String kind) {
        return kind.equals("kafka-cluster") || kind.equals("kafka") || kind.equals(EVENT_HUB);
    }

    @Override
    public Trigger create(TriggerSetting setting, Invoker invoker, Deliverer deliverer) {
        KafkaSetting kafka = AttributeReader.read(
                setting,
                fields -> setting.spec().kind().equals(EVENT_HUB)
                        ? EventHubAttributes.read(fields, setting)
                        : KafkaAttributes.read(fields, setting));
        return new KafkaTrigger(setting, kafka, deliverer);
    }
}
