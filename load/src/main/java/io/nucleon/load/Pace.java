package io.nucleon.load;

/** What decides when the next request is sent. */
public sealed interface Pace {

    /** Each connection sends its next request when it has the answer. What a stall holds back is never sent, and so never counted. */
    record Closed() implements Pace {}

    /** Requests at fixed moments, whatever the server does: a latency counts from the moment that was intended. */
    record Open(double perSecond) implements Pace {
        public Open {
            if (!(perSecond > 0)) {
                throw new IllegalArgumentException("a rate is above 0, not " + perSecond);
            }
        }
    }
}
