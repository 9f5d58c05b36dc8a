package io.nucleon.runtime.jvm;

import io.nucleon.error.Amounts;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.wrapper.handler.HandlerFailure;
import java.time.Duration;

/** What a user reads of an event that passed its time limit. Stateless. */
final class TimeLimit {

    private TimeLimit() {}

    /** Where the handler is: the innermost of the user's lines and what it waits in; empty if none of the user's code runs. */
    static String place(StackTraceElement[] frames) {
        String at = HandlerFailure.firstUserFrame(frames);
        if (at.isEmpty()) {
            return "";
        }
        StackTraceElement top = frames[0];
        String doing =
                top.getModuleName() == null ? "" : " (" + simple(top.getClassName()) + "." + top.getMethodName() + ")";
        return at + doing;
    }

    static ErrorMessage message(Duration limit, String place) {
        return ErrorMessage.of(
                ErrorCode.EVENT_TIMED_OUT,
                "an event passed its time limit of " + Amounts.time(limit),
                place.isEmpty()
                        ? "the handler was still running"
                        : "handler still running at " + place + " when stopped",
                "give that call a timeout, or raise spec.eventTimeout");
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
