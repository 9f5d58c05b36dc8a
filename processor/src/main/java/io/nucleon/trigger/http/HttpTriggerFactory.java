package io.nucleon.trigger.http;

import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.Invoker;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerFactory;
import io.nucleon.trigger.TriggerSetting;

/** Makes HTTP triggers. Safe for many threads. */
public final class HttpTriggerFactory implements TriggerFactory {

    @Override
    public boolean accepts(String kind) {
        return kind.equals("http");
    }

    @Override
    public Trigger create(TriggerSetting setting, Invoker invoker, Deliverer deliverer) {
        return new HttpTrigger(setting, HttpSetting.read(setting), invoker, TimeLimits.DEFAULT);
    }
}
