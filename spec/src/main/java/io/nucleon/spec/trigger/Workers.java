package io.nucleon.spec.trigger;

import io.nucleon.spec.field.Fields;
import java.time.Duration;
import java.util.Optional;

/**
 * A trigger's workers.
 *
 * @param configured what the file says, from {@code numWorkers} or, when that is absent or 0, {@code maxWorkers}
 * @param availabilityTimeout how long an event waits for a free worker; zero = fails at once
 * @param terminationTimeout grace given to a wrapper on drain and on termination
 * @param allocatorName triggers with the same name share one pool; empty = a pool of its own
 */
public record Workers(
        Optional<Integer> configured, Duration availabilityTimeout, Duration terminationTimeout, String allocatorName) {
    /** nuclio's limit. */
    public static final int LIMIT = 100_000;

    /** As nuclio: one (for kafka too, where its intended 32 never takes effect). */
    public static final int DEFAULT_COUNT = 1;

    /** As nuclio. */
    public static final Duration DEFAULT_AVAILABILITY_TIMEOUT = Duration.ofSeconds(10);

    /** As nuclio. */
    public static final Duration DEFAULT_TERMINATION_TIMEOUT = Duration.ofSeconds(10);

    /** How many workers there are. */
    public int count() {
        return configured.orElse(DEFAULT_COUNT);
    }

    static Workers read(Fields trigger) {
        int count = trigger.integer("numWorkers", 0, 0, LIMIT);
        int deprecated = trigger.integer("maxWorkers", 0, 0, LIMIT);
        int configured = count > 0 ? count : deprecated;
        return new Workers(
                configured > 0 ? Optional.of(configured) : Optional.empty(),
                trigger.optionalInteger("workerAvailabilityTimeoutMilliseconds", Integer.MIN_VALUE, Integer.MAX_VALUE)
                        .filter(millis -> millis >= 0)
                        .map(Duration::ofMillis)
                        .orElse(DEFAULT_AVAILABILITY_TIMEOUT),
                trigger.duration("workerTerminationTimeout", DEFAULT_TERMINATION_TIMEOUT),
                trigger.text("workerAllocatorName", ""));
    }
}
