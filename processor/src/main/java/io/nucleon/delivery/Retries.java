package io.nucleon.delivery;

/**
 * Keeps events that wait for another try and that their source would not give again. Safe for many threads; no call blocks. What is not
 * kept is tried again all the same, as long as the processor lives.
 */
public interface Retries {

    /** Keeps nothing. */
    Retries NONE = new Retries() {
        @Override
        public void waits(DeadLetter soFar, long dueNanos) {
            // as long as the processor lives
        }

        @Override
        public void over(String id, boolean deadLettered) {
            // nothing was kept
        }
    };

    /**
     * An event waits. Copies what it needs before it returns.
     *
     * @param soFar what would be its dead letter; no attempts if it has not been tried
     * @param dueNanos when it is to be tried again, wall clock, ns since 1970
     */
    void waits(DeadLetter soFar, long dueNanos);

    /** An event that waited is done, or lies where dead letters go. */
    void over(String id, boolean deadLettered);
}
