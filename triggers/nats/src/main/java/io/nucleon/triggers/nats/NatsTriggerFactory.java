package io.nucleon.triggers.nats;

import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.Invoker;
import io.nucleon.trigger.AttributeReader;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerFactory;
import io.nucleon.trigger.TriggerSetting;

/** Makes triggers on NATS. Safe for many threads. */
public final class NatsTriggerFactory implements TriggerFactory {

    private static final String CORE = "nats";
    private static final String JET_STREAM = "natsjetstream";

    @Override
    public boolean accepts(String kind) {
        return kind.equals(CORE) || kind.equals(JET_STREAM);
    }

    @Override
    public Trigger create(TriggerSetting setting, Invoker invoker, Deliverer deliverer) {
        if (setting.spec().kind().equals(CORE)) {
            CoreSetting core = AttributeReader.read(setting, fields -> CoreSetting.read(fields, setting));
            return new CoreTrigger(setting, core, deliverer);
        }
        JetStreamSetting jetStream = AttributeReader.read(setting, fields -> JetStreamSetting.read(fields, setting));
        return new JetStreamTrigger(setting, jetStream, deliverer);
    }
}
