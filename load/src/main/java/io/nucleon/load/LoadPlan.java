package io.nucleon.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What is sent where, and how. Immutable.
 *
 * @param requests sent in turn
 * @param connections in all; each carries one request at a time
 * @param threads event loops that share connections and rate
 * @param timeout how long an answer is waited for, from sending; then the connection is closed and the event has failed
 */
public record LoadPlan(
        InetSocketAddress address, List<Request> requests, Pace pace, int connections, int threads, Duration timeout) {

    public LoadPlan {
        requests = List.copyOf(requests);
        if (requests.isEmpty() || threads < 1 || connections < threads || !timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "a plan needs a request, a thread, a connection for each thread, and time");
        }
    }

    /**
     * How long a run lasts.
     *
     * @param duration of sending; answers are waited for longer
     * @param count most requests, over all threads; {@link Long#MAX_VALUE} for no limit
     */
    public record Length(Duration duration, long count) {
        /** So long, however many requests that are. */
        public static Length of(Duration duration) {
            return new Length(duration, Long.MAX_VALUE);
        }
    }
}
