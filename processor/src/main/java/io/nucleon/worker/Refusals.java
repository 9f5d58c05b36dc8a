package io.nucleon.worker;

import io.nucleon.error.Amounts;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.time.Duration;

/** Why a pool takes an event not at all. Immutable. */
record Refusals(PoolSetting setting, PoolListener listener) {

    /** NUC-3003. */
    ErrorMessage noFreeWorker(int workers, int waiting, long waitedNanos) {
        long median = listener.medianHandlerNanos();
        return ErrorMessage.of(
                ErrorCode.NO_FREE_WORKER,
                "no free worker for " + Amounts.time(Duration.ofNanos(waitedNanos)) + "; event not started",
                (workers == 1 ? "the one worker of '" : "all " + workers + " workers of '") + setting.name()
                        + "' of function '" + setting.function() + (workers == 1 ? "' was busy, " : "' were busy, ")
                        + (median == 0 ? "" : "p50 handler time " + Amounts.time(Duration.ofNanos(median)) + ", ")
                        + waiting + " events waiting",
                "raise numWorkers; for slow I/O use an async handler with mode: async");
    }

    /** NUC-3003. */
    ErrorMessage lineFull(int waiting) {
        return ErrorMessage.of(
                ErrorCode.NO_FREE_WORKER,
                "no room to wait for a worker; event not started",
                waiting + " events wait already for '" + setting.name() + "' of function '" + setting.function() + "'",
                "raise numWorkers, or maxQueuedEvents if waiting longer is right");
    }

    ErrorMessage draining() {
        return ErrorMessage.of(
                ErrorCode.DRAINING,
                "function '" + setting.function() + "' takes no more events",
                "the processor drains",
                "send it again to the processor that replaces this one");
    }
}
