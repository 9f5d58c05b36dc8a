package io.nucleon.admin;

/**
 * What one worker did for one trigger.
 *
 * @param responded events whose handler returned
 * @param failed events that had another end, cancelled ones apart
 * @param handlerNanos ns spent in the handler
 */
public record WorkerCounts(long responded, long failed, long handlerNanos) {

    /** Events that it ended. */
    public long handled() {
        return responded + failed;
    }
}
