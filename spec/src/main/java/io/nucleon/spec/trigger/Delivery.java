package io.nucleon.spec.trigger;

import io.nucleon.spec.field.Fields;
import java.time.Duration;

/**
 * What happens to an event after its handler: ack, retry, dead letter.
 *
 * @param explicitAck stream triggers only
 * @param explicitAckWait how long late acks are waited for when partitions are taken away
 * @param retryGiven true when the file has a {@code retry} block
 */
public record Delivery(
        ExplicitAck explicitAck,
        Duration explicitAckWait,
        Retry retry,
        boolean retryGiven,
        DeadLetter deadLetter,
        Ordering ordering) {
    /** As nuclio. */
    public static final Duration DEFAULT_EXPLICIT_ACK_WAIT = Duration.ofMillis(100);

    static Delivery read(Fields trigger) {
        return new Delivery(
                trigger.choice("explicitAckMode", ExplicitAck.DISABLE),
                trigger.duration("waitExplicitAckDuringRebalanceTimeout", DEFAULT_EXPLICIT_ACK_WAIT),
                Retry.read(trigger.map("retry")),
                trigger.has("retry"),
                DeadLetter.read(trigger),
                trigger.choice("ordering", Ordering.PARTITION));
    }
}
