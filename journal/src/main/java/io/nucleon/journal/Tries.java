package io.nucleon.journal;

/**
 * What was tried with an event so far. Immutable.
 *
 * @param code of the last failure, {@code NUC-4030}, …; empty if there was none
 * @param reason one line for people
 * @param attempts tries that failed
 * @param crashes workers that died with it
 * @param firstNanos when it failed first, wall clock, ns since 1970; 0 if it did not
 * @param lastNanos when it failed last
 * @param dueNanos when it is to be tried again; 0 for at once or never
 */
public record Tries(
        String code, String reason, int attempts, int crashes, long firstNanos, long lastNanos, long dueNanos) {

    /** None yet. */
    public static final Tries NONE = new Tries("", "", 0, 0, 0, 0, 0);

    /** The same, said otherwise. */
    Tries because(String otherReason) {
        return new Tries(code, otherReason, attempts, crashes, firstNanos, lastNanos, dueNanos);
    }
}
