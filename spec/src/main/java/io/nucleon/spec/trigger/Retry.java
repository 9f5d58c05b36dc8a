package io.nucleon.spec.trigger;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How often and when an event of a durable source is tried again. A Nucleon key.
 *
 * @param maxAttempts tries in all, the first included
 * @param backoff wait before the second try; doubled before each further one
 * @param maxBackoff the longest wait
 * @param jitter part of the wait that is random, 0 to 1
 * @param onStatus statuses of an answer that count as a failure; none by default, since an answer is an answer
 */
public record Retry(int maxAttempts, Duration backoff, Duration maxBackoff, double jitter, List<Integer> onStatus) {
    /** Five tries span about 15 s with these waits: a restart of what the handler calls, not an outage. */
    public static final Retry DEFAULT = new Retry(5, Duration.ofSeconds(1), Duration.ofMinutes(1), 0.2, List.of());

    private static final int MOST_ATTEMPTS = 1_000_000;

    public Retry {
        onStatus = List.copyOf(onStatus);
    }

    static Retry read(Fields retry) {
        var read = new Retry(
                retry.integer("maxAttempts", DEFAULT.maxAttempts, 1, MOST_ATTEMPTS),
                retry.duration("backoff", DEFAULT.backoff),
                retry.duration("maxBackoff", DEFAULT.maxBackoff),
                retry.number("jitter", DEFAULT.jitter, 0, 1),
                statuses(retry));
        retry.done();
        return read;
    }

    private static List<Integer> statuses(Fields retry) {
        var statuses = new ArrayList<Integer>();
        for (String text : retry.texts("onStatus")) {
            Optional<Integer> status =
                    text.matches("[1-5][0-9][0-9]") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
            status.ifPresentOrElse(
                    statuses::add,
                    () -> retry.report(ErrorCode.FIELD_OUT_OF_RANGE, "onStatus")
                            .what("holds something other than an HTTP status")
                            .why("a status has three digits, 100 to 599")
                            .fix("write a list such as [500, 503]")
                            .add());
        }
        return statuses;
    }
}
