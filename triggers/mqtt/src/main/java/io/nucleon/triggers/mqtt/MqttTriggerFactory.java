package io.nucleon.triggers.mqtt;

import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.Invoker;
import io.nucleon.trigger.AttributeReader;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerFactory;
import io.nucleon.trigger.TriggerSetting;

/** Makes triggers on MQTT. Safe for many threads. */
public final class MqttTriggerFactory implements TriggerFactory {

    @Override
    public boolean accepts(String kind) {
        return kind.equals("mqtt");
    }

    @Override
    public Trigger create(TriggerSetting setting, Invoker invoker, Deliverer deliverer) {
        MqttSetting mqtt = AttributeReader.read(setting, fields -> MqttSetting.read(fields, setting));
        return new MqttTrigger(setting, mqtt, deliverer);
    }
}
