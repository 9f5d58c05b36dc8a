package io.nucleon.runtime.process;

import io.nucleon.error.Amounts;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerEnds;
import io.nucleon.transport.FrameLayout;

/** The words for how a worker can end. */
final class Ends {

    private Ends() {}

    static ErrorMessage otherProtocol(int major) {
        return ErrorMessage.of(
                ErrorCode.PROTOCOL_VERSION,
                "worker speaks protocol " + major + ", this runtime speaks " + FrameLayout.PROTOCOL_MAJOR,
                "the worker files were built by another version of nucleon",
                "nucleon build --no-cache, or install one version");
    }

    static ErrorMessage unexpectedFrame(int type) {
        return ErrorMessage.of(
                ErrorCode.PROTOCOL_VIOLATION,
                "reading a worker's frame failed",
                FrameLayout.typeName(type) + " does not come from a worker",
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
    static ErrorMessage crashed(String function, int worker, WorkerExit exit) {
        return ErrorMessage.of(
                ErrorCode.WORKER_CRASHED,
                "worker " + worker + " of " + function + " crashed (" + exit.describe() + ")",
                exit.lastLines().isEmpty()
                        ? "it printed nothing to standard error"
                        : "last lines of its stderr:\n" + exit.quoted(),
                "the worker is replaced; look for what ends its process: native code, os._exit, a signal");
    }

    /** The kernel killed it for want of memory. */
    static ErrorMessage killedForMemory(RuntimeSetting setting, int worker, WorkerMemory.Shortage shortage) {
        String held =
                shortage.heldBytes() == 0 ? "" : "it had held " + Amounts.bytes(shortage.heldBytes()) + " by then, ";
        boolean limited = shortage.limitBytes() != MemoryGroup.UNLIMITED;
        return ErrorMessage.of(
                ErrorCode.WORKER_OUT_OF_MEMORY,
                "worker " + worker + " of " + setting.name() + " was killed for memory",
                held
                        + (limited
                                ? "the limit of its control group is " + Amounts.bytes(shortage.limitBytes())
                                : "its control group has no limit, the machine had no more"),
                limited ? "raise the limit, or " + lessAtOnce(setting) : lessAtOnce(setting));
    }

    /** It said itself that it got no more memory, and ended. */
    static ErrorMessage ranOutOfMemory(RuntimeSetting setting, int worker, WorkerExit exit) {
        return ErrorMessage.of(
                ErrorCode.WORKER_OUT_OF_MEMORY,
                "worker " + worker + " of " + setting.name() + " ended for want of memory (" + exit.describe() + ")",
                exit.lineAboutMemory().strip(),
                "raise its limit, or " + lessAtOnce(setting));
    }

    private static String lessAtOnce(RuntimeSetting setting) {
        return setting.inFlight() > 1
                ? "lower --in-flight (" + setting.inFlight() + " now) so that fewer events share one process"
                : "let the handler hold less at once";
    }

    /** The same, with the event that it ran. */
    static ErrorMessage whileHandling(ErrorMessage end, String event) {
        return new ErrorMessage(
                end.code(),
                end.severity(),
                end.what() + " while handling event " + event,
                end.why(),
                end.fix(),
                end.place(),
                event,
                end.detail());
    }

    /** A worker's process ended before it was ready and told nothing. */
    static ErrorMessage startFailed(String function, int worker, WorkerExit exit) {
        return ErrorMessage.of(
                ErrorCode.WORKER_START_FAILED,
                "starting worker " + worker + " of " + function + " failed (" + exit.describe() + ")",
                exit.quoted().isEmpty() ? "its wrapper ended before it was ready and printed nothing" : exit.quoted(),
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

    /** @param place where its handler was, empty if that is not known */
    static ErrorMessage timedOut(RuntimeSetting setting, String event, String place) {
        ErrorMessage message = WorkerEnds.timedOut(
                setting,
                event,
                place.isEmpty()
                        ? "the handler was still running when it was stopped"
                        : "handler still running at " + place + " when it was stopped",
                "give its slow calls a timeout, or raise spec.eventTimeout");
        return SeenPaths.of(message, setting.directory());
    }

    /** For events that shared an asynchronous worker with one that overran. */
    static ErrorMessage neighbourTimedOut(String function, int worker) {
        return ErrorMessage.of(
                ErrorCode.WORKER_CRASHED,
                "worker " + worker + " of " + function + " was stopped",
                "another event that it ran at the same time passed its time limit",
                "");
    }
}
