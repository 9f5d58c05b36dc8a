package io.nucleon.trigger.cron;

import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.Invoker;
import io.nucleon.trigger.AttributeReader;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerFactory;
import io.nucleon.trigger.TriggerSetting;

/** Makes cron triggers. Safe for many threads. */
public final class CronTriggerFactory implements TriggerFactory {

    @Override
    public boolean accepts(String kind) {
        return kind.equals("cron");
    }

    @Override
    public Trigger create(TriggerSetting setting, Invoker invoker, Deliverer deliverer) {
        CronSetting cron = AttributeReader.read(setting, fields -> CronSetting.read(fields, setting.clock()));
        return new CronTrigger(setting, cron, deliverer);
    }
}
