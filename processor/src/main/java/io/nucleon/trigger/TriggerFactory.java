package io.nucleon.trigger;

import io.nucleon.invoke.Invoker;

/** Makes triggers of some kinds; found by {@link java.util.ServiceLoader} or named by {@code app}. */
public interface TriggerFactory {

    /** Whether it makes triggers of that kind. */
    boolean accepts(String kind);

    /**
     * Makes a trigger; starts nothing yet.
     *
     * @param invoker where its events go
     * @throws io.nucleon.error.NucleonException NUC-1xxx or NUC-5xxx when the setting is wrong
     */
    Trigger create(TriggerSetting setting, Invoker invoker);
}
