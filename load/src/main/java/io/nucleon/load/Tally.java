package io.nucleon.load;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the events of a run. Immutable.
 *
 * @param planned how many were due, or sent in a closed loop
 * @param sent how many went out; fewer in an open loop whose connections were all busy until the end
 * @param answered how many had an answer, whatever it said
 * @param failed how many had none, a status of 500 or more, or an answer that the runtime made itself
 * @param broken how many of those because a connection broke
 * @param timedOut how many of those because the time limit passed
 * @param statuses how many answers had which status
 */
public record Tally(
        long planned, long sent, long answered, long failed, long broken, long timedOut, Map<Integer, Long> statuses) {

    /** Nothing was sent. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, Map.of());

    public Tally {
        statuses = Map.copyOf(statuses);
    }

    /** Both together. */
    public Tally plus(Tally other) {
        Map<Integer, Long> all = new TreeMap<>(statuses);
        other.statuses.forEach((status, count) -> all.merge(status, count, Long::sum));
        return new Tally(
                planned + other.planned,
                sent + other.sent,
                answered + other.answered,
                failed + other.failed,
                broken + other.broken,
                timedOut + other.timedOut,
                all);
    }
}
