package io.nucleon.triggers.kinesis;

import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.Invoker;
import io.nucleon.trigger.AttributeReader;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerFactory;
import io.nucleon.trigger.TriggerSetting;

/** Makes triggers on Kinesis. Safe for many threads. */
public final class KinesisTriggerFactory implements TriggerFactory {

    @Override
    public boolean accepts(String kind) {
        return kind.equals("kinesis");
    }

    @Override
    public Trigger create(TriggerSetting setting, Invoker invoker, Deliverer deliverer) {
        KinesisSetting kinesis = AttributeReader.read(setting, fields -> KinesisSetting.read(fields, setting));
        return kinesis.reading()
                .trigger(setting, kinesis.aws(), kinesis.stream(), new KinesisStream(setting, kinesis), deliverer);
    }
}
