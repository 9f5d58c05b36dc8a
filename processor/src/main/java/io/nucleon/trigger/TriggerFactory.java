package io.nucleon.trigger;

import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.Invoker;

/** Makes triggers of some kinds; found by {@link java.util.ServiceLoader} or named by {@code app}. */
public interface TriggerFactory {

    /** Whether it makes triggers of that kind. */
    boolean accepts(String kind);

    /**
     * Makes a trigger; starts nothing yet.
     *
     * @param invoker where events go whose source waits for the answer
     * @param deliverer where events go whose source only needs to know that they are done
     * @throws io.nucleon.error.NucleonException NUC-1xxx or NUC-5xxx when the setting is wrong
     */
    Trigger create(TriggerSetting setting, Invoker invoker, Deliverer deliverer);
}
