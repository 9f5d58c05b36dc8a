package io.nucleon.spec.trigger;

import io.nucleon.spec.field.Choice;
import io.nucleon.spec.field.Fields;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of {@code mode: async}.
 *
 * @param maxConnections events in flight per worker ({@code maxConnectionsNumber})
 * @param minConnections nuclio's, without meaning for a ring; kept
 * @param availabilityTimeout how long an event waits for a free place
 * @param creation nuclio's, without meaning for a ring; kept
 * @param establishTimeout budget of a slow init hook; absent = three times the readiness timeout
 */
public record Async(
        int maxConnections,
        int minConnections,
        Duration availabilityTimeout,
        Creation creation,
        Optional<Duration> establishTimeout) {
    /** When nuclio opens its sockets. */
    public enum Creation implements Choice {
        STATIC("static"),
        DYNAMIC("dynamic");

        private final String word;

        Creation(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** nuclio's 1000 are sockets; 16 events keep an event loop busy without making one another late. */
    public static final int DEFAULT_MAX_CONNECTIONS = 16;

    /** As nuclio. */
    public static final Duration DEFAULT_AVAILABILITY_TIMEOUT = Duration.ofSeconds(10);

    private static final int MOST_CONNECTIONS = 1 << 16;

    static Async read(Fields async) {
        var read = new Async(
                async.integer("maxConnectionsNumber", DEFAULT_MAX_CONNECTIONS, 1, MOST_CONNECTIONS),
                async.integer("minConnectionsNumber", 0, 0, MOST_CONNECTIONS),
                async.duration("connectionAvailabilityTimeout", DEFAULT_AVAILABILITY_TIMEOUT),
                async.choice("connectionCreationMode", Creation.STATIC),
                async.optionalDuration("establishConnectionTimeout"));
        async.done();
        return read;
    }
}
