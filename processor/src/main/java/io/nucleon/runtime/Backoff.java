package io.nucleon.runtime;

/** When to start a worker's next process: at once after a good life, then later and later. Confined to the worker's owner. */
public final class Backoff {

    private static final long FIRST_MILLIS = 100;
    private static final long MOST_MILLIS = 10_000;
    private int failures;

    /**
     * Delay before the next start.
     *
     * @param useful whether the last one answered an event, or ran one until its time was up: then its end is not the start's fault
     */
    public long nextMillis(boolean useful) {
        if (useful) {
            failures = 0;
        }
        int before = failures++;
        return before == 0 ? 0 : Math.min(FIRST_MILLIS << Math.min(before - 1, 10), MOST_MILLIS);
    }
}
