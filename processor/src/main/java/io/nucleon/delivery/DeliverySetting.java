package io.nucleon.delivery;

import io.nucleon.invoke.Event;
import io.nucleon.spec.trigger.ExplicitAck;
import io.nucleon.spec.trigger.Retry;
import java.util.function.UnaryOperator;

/**
 * What the engine of a trigger needs to know.
 *
 * @param function for messages
 * @param trigger for messages
 * @param waitNanos how long an event waits for a worker before the engine itself waits for it, ns
 * @param face what handlers see of an event: itself or what it carries; null if it is not what it says, which no try would change
 */
public record DeliverySetting(
        String function,
        String trigger,
        Retry retry,
        ExplicitAck explicitAck,
        long waitNanos,
        UnaryOperator<Event> face) {

    /** Handlers see the events themselves. */
    public DeliverySetting(String function, String trigger, Retry retry, ExplicitAck explicitAck, long waitNanos) {
        this(function, trigger, retry, explicitAck, waitNanos, event -> event);
    }
}
