package io.nucleon.admin;

import java.util.List;

/**
 * One hosted function at one moment.
 *
 * @param events its counters, fed by its invocations
 * @param staleFrames frames of an older epoch, or for no open invocation, that were dropped so far
 */
public record FunctionView(FunctionLabels labels, List<TriggerView> triggers, EventMetrics events, long staleFrames) {

    public FunctionView {
        triggers = List.copyOf(triggers);
    }
}
