package io.nucleon.spec.trigger;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.field.GoDuration;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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

    private static final String PREFIX = "nuclio.io/";
    private static final String ACK_MODE = "explicit-ack-mode";
    private static final String ACK_WAIT = PREFIX + "wait-explicit-ack-during-rebalance-timeout";

    static Delivery read(Fields trigger, Map<String, String> annotations) {
        return new Delivery(
                explicitAck(trigger, annotations),
                explicitAckWait(trigger, annotations),
                Retry.read(trigger.map("retry")),
                trigger.has("retry"),
                DeadLetter.read(trigger),
                trigger.choice("ordering", Ordering.PARTITION));
    }

    /** The function's annotation that nuclio has for a setting of a stream: {@code nuclio.io/kafka-…}. */
    public static String annotation(String kind, String name) {
        return PREFIX + (kind.startsWith("kafka") ? "kafka" : kind.toLowerCase(Locale.ROOT)) + "-" + name;
    }

    /** As in nuclio an annotation that asks for it wins over the field. */
    private static ExplicitAck explicitAck(Fields trigger, Map<String, String> annotations) {
        ExplicitAck given = trigger.choice("explicitAckMode", ExplicitAck.DISABLE);
        String annotated = annotations.getOrDefault(annotation(trigger.text("kind", ""), ACK_MODE), "");
        for (ExplicitAck mode : ExplicitAck.values()) {
            if (mode != ExplicitAck.DISABLE && mode.word().equalsIgnoreCase(annotated.strip())) {
                return mode;
            }
        }
        return given;
    }

    private static Duration explicitAckWait(Fields trigger, Map<String, String> annotations) {
        String field = "waitExplicitAckDuringRebalanceTimeout";
        Duration given = trigger.duration(field, DEFAULT_EXPLICIT_ACK_WAIT);
        String annotated = annotations.get(ACK_WAIT);
        if (annotated == null) {
            return given;
        }
        Optional<Duration> wait = GoDuration.parse(annotated.strip()).filter(one -> !one.isNegative());
        if (wait.isEmpty()) {
            trigger.report(ErrorCode.DURATION_INVALID, field)
                    .what("is given by annotation " + ACK_WAIT + ", which is not a length of time")
                    .why("'" + annotated + "' stands there")
                    .fix("write a number with a unit, such as 500ms")
                    .add();
        }
        return wait.orElse(given);
    }
}
