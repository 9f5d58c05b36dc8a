package io.nucleon.runtime.shell;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.os.ChildExit;
import io.nucleon.os.Signals;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerEnds;
import java.util.List;

/** The words for how an event or a worker can end. Stateless. */
final class Ends {

    /** Go's names of signals, which nuclio's callers see; by number, signal(7). */
    private static final List<String> SIGNALS = List.of(
            "",
            "hangup",
            "interrupt",
            "quit",
            "illegal instruction",
            "trace/breakpoint trap",
            "aborted",
            "bus error",
            "floating point exception",
            "killed",
            "user defined signal 1",
            "segmentation fault",
            "user defined signal 2",
            "broken pipe",
            "alarm clock",
            "terminated");

    private Ends() {}

    /** As nuclio says it: {@code exit status 3}, {@code signal: killed}. */
    static String text(ChildExit exit) {
        if (exit.signal() == 0) {
            return "exit status " + exit.value();
        }
        String name = exit.signal() < SIGNALS.size() ? SIGNALS.get(exit.signal()) : "signal " + exit.signal();
        return "signal: " + name;
    }

    static ErrorMessage timedOut(RuntimeSetting setting, String event) {
        return WorkerEnds.timedOut(
                setting,
                event,
                "the handler's process was still running when it was ended with its group",
                "give its slow commands a limit (timeout 5 curl …), or raise spec.eventTimeout");
    }

    /** A resident process ended. */
    static ErrorMessage crashed(RuntimeSetting setting, int worker, ChildExit exit, List<String> lastLines) {
        return ErrorMessage.of(
                ErrorCode.WORKER_CRASHED,
                "worker " + worker + " of " + setting.name() + " ended (" + Signals.describeExit(exit.value()) + ")",
                lastLines.isEmpty()
                        ? "it wrote nothing to standard error"
                        : "last lines of its stderr:\n" + String.join("\n", lastLines),
                "the process is started again; a resident handler reads until the end of its input");
    }

    static ErrorMessage notStarted(RuntimeSetting setting, int worker, String why) {
        return ErrorMessage.of(
                ErrorCode.WORKER_START_FAILED,
                "starting worker " + worker + " of " + setting.name() + " failed",
                why,
                "see that the handler's program can be executed");
    }

    /** What a resident process wrote is no answer. */
    static ErrorMessage brokenFrame(RuntimeSetting setting, int worker, String why) {
        return ErrorMessage.of(
                ErrorCode.PROTOCOL_VIOLATION,
                "reading an answer of worker " + worker + " of " + setting.name() + " failed",
                why,
                "the process is replaced; write answers as wrappers/shell/README.md says, and everything else to standard error");
    }
}
