package io.nucleon.runtime.process;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.os.Signals;
import java.util.List;

/** The words for how a worker can end. */
final class Ends {

    private Ends() {}

    static ErrorMessage otherProtocol(int major) {
        return ErrorMessage.of(
                ErrorCode.PROTOCOL_VERSION,
                "worker speaks protocol " + major + ", this runtime speaks "
                        + io.nucleon.transport.FrameLayout.PROTOCOL_MAJOR,
                "the worker files were built by another version of nucleon",
                "nucleon build --no-cache, or install one version");
    }

    static ErrorMessage unexpectedFrame(int type) {
        return ErrorMessage.of(
                ErrorCode.PROTOCOL_VIOLATION,
                "reading a worker's frame failed",
                "type " + type + " does not come from a worker",
                "the worker is replaced; see PROTOCOL.md if you write a wrapper");
    }

    static ErrorMessage segmentGone(String why) {
        return ErrorMessage.of(
                ErrorCode.PROTOCOL_VIOLATION,
                "reading a worker's shared memory failed",
                why + " (its file was truncated)",
                "the worker is replaced; see who writes to files in /dev/shm");
    }

    /** A worker's process ended while it was serving. */
    static ErrorMessage crashed(String function, int worker, int exit, List<String> lastLines) {
        return new ErrorMessage(
                ErrorCode.WORKER_CRASHED,
                "worker " + worker + " of " + function + " crashed (" + Signals.describeExit(exit) + ")",
                lastLines.isEmpty()
                        ? "it printed nothing to standard error"
                        : "last lines of its stderr:\n" + String.join("\n", lastLines),
                List.of());
    }

    /** A worker's process ended before it was ready and told nothing. */
    static ErrorMessage startFailed(String function, int worker, int exit, List<String> lastLines) {
        return ErrorMessage.of(
                ErrorCode.WORKER_START_FAILED,
                "starting worker " + worker + " of " + function + " failed (" + Signals.describeExit(exit) + ")",
                lastLines.isEmpty()
                        ? "its wrapper ended before it was ready and printed nothing"
                        : String.join("\n", lastLines),
                "run the handler's file with its interpreter by hand to see the same error");
    }

    /** The wrapper could not even be started. */
    static ErrorMessage notStarted(String function, int worker, String why) {
        return ErrorMessage.of(
                ErrorCode.WORKER_START_FAILED,
                "starting worker " + worker + " of " + function + " failed",
                why,
                "see that the interpreter exists and may be executed");
    }

    static ErrorMessage startTooSlow(String function, int worker, long seconds) {
        return ErrorMessage.of(
                ErrorCode.WORKER_START_FAILED,
                "starting worker " + worker + " of " + function + " failed",
                "its wrapper had not connected after " + seconds + " s",
                "see whether the machine is overloaded, or whether the interpreter hangs at its start");
    }

    static ErrorMessage timedOut(String function, long millis) {
        return ErrorMessage.of(
                ErrorCode.EVENT_TIMED_OUT,
                "an event of " + function + " passed its time limit of " + millis + " ms",
                "the handler was still running when it was stopped",
                "give its slow calls a timeout, or raise spec.eventTimeout");
    }

    /** For events that shared an asynchronous worker with one that overran. */
    static ErrorMessage neighbourTimedOut(String function, int worker) {
        return ErrorMessage.of(
                ErrorCode.WORKER_CRASHED,
                "worker " + worker + " of " + function + " was stopped",
                "another event that it ran at the same time passed its time limit",
                "");
    }

    static ErrorMessage stopped(String function, int worker) {
        return ErrorMessage.of(
                ErrorCode.DRAINING,
                "worker " + worker + " of " + function + " was stopped",
                "the processor drains",
                "");
    }
}
