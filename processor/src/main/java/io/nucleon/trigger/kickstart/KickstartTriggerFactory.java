package io.nucleon.trigger.kickstart;

import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.Invoker;
import io.nucleon.trigger.AttributeReader;
import io.nucleon.trigger.FixedEvent;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerFactory;
import io.nucleon.trigger.TriggerSetting;

/** Makes kickstart triggers. Safe for many threads. */
public final class KickstartTriggerFactory implements TriggerFactory {

    @Override
    public boolean accepts(String kind) {
        return kind.equals("kickstart");
    }

    @Override
    public Trigger create(TriggerSetting setting, Invoker invoker, Deliverer deliverer) {
        FixedEvent event = AttributeReader.read(setting, FixedEvent::read);
        return new KickstartTrigger(setting, event, deliverer);
    }
}
