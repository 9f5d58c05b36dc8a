package io.nucleon.delivery;

import io.nucleon.spec.trigger.ExplicitAck;
import io.nucleon.spec.trigger.Retry;

/**
 * What the engine of a trigger needs to know.
 *
 * @param function for messages
 * @param trigger for messages
 * @param waitNanos how long an event waits for a worker before the engine itself waits for it, ns
 */
public record DeliverySetting(String function, String trigger, Retry retry, ExplicitAck explicitAck, long waitNanos) {}
