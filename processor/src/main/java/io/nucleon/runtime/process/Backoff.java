package io.nucleon.runtime.process;

/** When to start the next incarnation: at once after a good life, then later and later. Confined to the loop. */
final class Backoff {

    private static final long FIRST_MILLIS = 100;
    private static final long MOST_MILLIS = 10_000;
    /** A life of this length is not the start's fault. */
    private static final long GOOD_LIFE_NANOS = 1_000_000_000L;

    private int failures;

    /**
     * Delay before the next start.
     *
     * @param lifeNanos how long the last incarnation took events; 0 if it never did
     */
    long nextMillis(long lifeNanos) {
        if (lifeNanos >= GOOD_LIFE_NANOS) {
            failures = 0;
        }
        int before = failures++;
        return before == 0 ? 0 : Math.min(FIRST_MILLIS << Math.min(before - 1, 10), MOST_MILLIS);
    }
}
