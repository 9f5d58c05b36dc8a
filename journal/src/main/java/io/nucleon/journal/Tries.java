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
 * @param mostAttempts how many its trigger allows; 0 if that is not known, as in journals of earlier versions
 */
public record Tries(
        String code,
        String reason,
        int attempts,
        int crashes,
        long firstNanos,
        long lastNanos,
        long dueNanos,
        int mostAttempts) {

    /** None yet. */
    public static final Tries NONE = new Tries("", "", 0, 0, 0, 0, 0, 0);

    /** Of how many is not known. */
    public Tries(
            String code, String reason, int attempts, int crashes, long firstNanos, long lastNanos, long dueNanos) {
        this(code, reason, attempts, crashes, firstNanos, lastNanos, dueNanos, 0);
    }

    /** For people: {@code 5/5}, or {@code 5} if it is not known of how many. */
    public String shown() {
        return mostAttempts == 0 ? Integer.toString(attempts) : attempts + "/" + mostAttempts;
    }

    /** The same, said otherwise. */
    Tries because(String otherReason) {
        return new Tries(code, otherReason, attempts, crashes, firstNanos, lastNanos, dueNanos, mostAttempts);
    }
}
