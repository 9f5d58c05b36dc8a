package io.nucleon.runtime;

import io.nucleon.error.Amounts;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;

/** The words for ends that every runtime's workers have. Stateless. */
public final class WorkerEnds {

    private WorkerEnds() {}

    /** It was told to; for what it was running, and for what it hands back. */
    public static ErrorMessage stopped(RuntimeSetting setting, int worker) {
        return ErrorMessage.of(
                ErrorCode.DRAINING,
                "worker " + worker + " of " + setting.name() + " was stopped",
                "the processor drains",
                "");
    }

    /** An event ran for longer than {@code spec.eventTimeout}. */
    public static ErrorMessage timedOut(RuntimeSetting setting, String event, String why, String fix) {
        return ErrorMessage.of(
                        ErrorCode.EVENT_TIMED_OUT,
                        "event " + event + " of " + setting.name() + " passed its time limit of "
                                + Amounts.time(setting.eventTimeout()),
                        why,
                        fix)
                .about(event);
    }
}
