package io.nucleon.admin;

import java.util.List;

/**
 * One hosted function at one moment.
 *
 * @param events its counters, fed by its invocations
 * @param staleFrames frames of an older epoch, or for no open invocation, that were dropped so far
 * @param journal of the function
 * @param about what it runs on and where
 */
public record FunctionView(
        FunctionLabels labels,
        List<TriggerView> triggers,
        EventMetrics events,
        long staleFrames,
        JournalCounts journal,
        About about) {

    /**
     * What a list of functions shows besides its counters.
     *
     * @param runtime with its version: {@code python 3.13.5}
     * @param url where it takes HTTP events; empty if nowhere
     * @param perSecond events that ended lately, a second
     */
    public record About(String runtime, String handler, String url, double perSecond) {
        /** Nothing is known. */
        static final About NOTHING = new About("", "", "", 0);
    }

    public FunctionView {
        triggers = List.copyOf(triggers);
    }

    /** A function of which only its counters are known. */
    FunctionView(FunctionLabels labels, List<TriggerView> triggers, EventMetrics events, long staleFrames) {
        this(labels, triggers, events, staleFrames, JournalCounts.NONE, About.NOTHING);
    }
}
