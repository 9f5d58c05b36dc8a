package io.nucleon.polyglot;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import org.graalvm.polyglot.PolyglotException;

/** The words for a context that had to be ended. Stateless. */
final class Exhausted {

    private Exhausted() {}

    /** Of a limit that the code ran into. */
    static ErrorMessage of(GuestSetting setting, PolyglotException ended) {
        if (isStatements(setting, ended)) {
            return ErrorMessage.of(
                    ErrorCode.GUEST_LIMIT_PASSED,
                    "an event of " + setting.function() + " ran more than " + setting.statements() + " statements",
                    "its context was ended and replaced",
                    "let the handler do less at once, or raise runtimeAttributes.polyglot.statements");
        }
        return memory(setting);
    }

    /** Of the JVM's heap. */
    static ErrorMessage memory(GuestSetting setting) {
        return ErrorMessage.of(
                ErrorCode.WORKER_OUT_OF_MEMORY,
                "an event of " + setting.function() + " got no more memory",
                "the JVM that it ran in has " + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MiB; its context was ended and replaced",
                "let the handler hold less at once, or raise runtimeAttributes.polyglot.memory, which holds with"
                        + " isolation: process");
    }

    private static boolean isStatements(GuestSetting setting, PolyglotException ended) {
        return setting.statements() > 0 && ended.isCancelled() && ended.isResourceExhausted();
    }

    /** A failure of ours: that of a handler never leaves the context. */
    static ErrorMessage fault(GuestSetting setting, PolyglotException failure) {
        return ErrorMessage.of(
                        ErrorCode.INTERNAL,
                        "the wrapper of runtime " + setting.language().runtime() + " failed: " + failure.getMessage(),
                        "a mistake in the wrapper, not in the function",
                        "report it with the trace")
                .with(trace(failure));
    }

    private static String trace(PolyglotException failure) {
        StringBuilder text = new StringBuilder(String.valueOf(failure.getMessage()));
        for (PolyglotException.StackFrame frame : failure.getPolyglotStackTrace()) {
            text.append("\n    at ").append(frame);
        }
        return text.toString();
    }
}
