package io.nucleon.triggers.rabbitmq;

import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.Invoker;
import io.nucleon.trigger.AttributeReader;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerFactory;
import io.nucleon.trigger.TriggerSetting;

/** Makes triggers on RabbitMQ. Safe for many threads. */
public final class RabbitTriggerFactory implements TriggerFactory {

    @Override
    public boolean accepts(String kind) {
        return kind.equals("rabbit-mq") || kind.equals("rabbitMq");
    }

    @Override
    public Trigger create(TriggerSetting setting, Invoker invoker, Deliverer deliverer) {
        RabbitSetting rabbit = AttributeReader.read(setting, fields -> RabbitSetting.read(fields, setting));
        return new RabbitTrigger(setting, rabbit, deliverer);
    }
}
