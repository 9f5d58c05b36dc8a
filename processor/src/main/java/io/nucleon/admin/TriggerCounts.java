package io.nucleon.admin;

import io.nucleon.invoke.Outcome;
import java.util.List;

/** How the events of one trigger ended so far, and how long they took. Immutable. */
public final class TriggerCounts {

    private final long[] outcomes;
    private final LatencySnapshot[] latencies;
    private final List<WorkerCounts> workers;

    /** Takes over the arrays. */
    TriggerCounts(long[] outcomes, LatencySnapshot[] latencies, WorkerCounts[] workers) {
        this.outcomes = outcomes;
        this.latencies = latencies;
        this.workers = List.of(workers);
    }

    /** Events that ended so. */
    public long of(Outcome outcome) {
        return outcomes[Outcomes.placeOf(outcome)];
    }

    /** Events whose handler returned: nuclio's {@code success}. */
    public long succeeded() {
        return of(Outcome.RESPONDED);
    }

    /** Events that neither were answered nor lost their caller: nuclio's {@code failure}. */
    public long failed() {
        long all = 0;
        for (long outcome : outcomes) {
            all += outcome;
        }
        return all - of(Outcome.RESPONDED) - of(Outcome.CANCELLED);
    }

    /** From arrival to answer, of events that the handler answered. */
    public LatencySnapshot total() {
        return latencies[Tally.TOTAL];
    }

    /** From arrival until a worker was chosen. */
    public LatencySnapshot queue() {
        return latencies[Tally.QUEUE];
    }

    /** Between processor and handler and back, waiting behind other events in the worker's ring included. */
    public LatencySnapshot transport() {
        return latencies[Tally.TRANSPORT];
    }

    /** In the handler, as the worker measured it. */
    public LatencySnapshot handler() {
        return latencies[Tally.HANDLER];
    }

    /** By worker index. */
    public List<WorkerCounts> workers() {
        return workers;
    }
}
