package io.nucleon.runtime.process;

import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerEnds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Settles an incarnation that ended: once its process is gone and its socket is read to the end, what {@code claimed} had reached is
 * failed, the rest is handed back. Confined to the loop.
 */
final class WorkerEnd {

    /** A child that left the group can hold the socket open; its wrapper's end counts then. */
    private static final long SOCKET_END_MILLIS = 500;

    private final ProcessWorker worker;
    private Incarnation exited;
    private Incarnation disconnected;
    private WorkerExit exit;

    WorkerEnd(ProcessWorker worker) {
        this.worker = worker;
    }

    void exited(Incarnation incarnation, WorkerExit how) {
        if (incarnation != worker.current()) {
            return;
        }
        exited = incarnation;
        exit = how;
        incarnation.kill(); // what is left of its group
        if (disconnected == incarnation || incarnation.kind().equals("none")) {
            settle(incarnation);
        } else {
            worker.loop().schedule(() -> settle(incarnation), SOCKET_END_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void disconnected(Incarnation incarnation) {
        if (incarnation != worker.current()) {
            return;
        }
        disconnected = incarnation;
        if (exited == incarnation) {
            settle(incarnation);
        } else {
            incarnation.kill();
        }
    }

    void neverStarted(Incarnation incarnation, ErrorMessage why) {
        if (incarnation == worker.current()) {
            worker.ended(incarnation, why, List.of());
            incarnation.close();
            worker.restart(incarnation);
        }
    }

    private void settle(Incarnation incarnation) {
        if (incarnation != worker.current()) {
            return;
        }
        long claimed = incarnation.drainAndReadClaimed();
        List<Invocation> notStarted = new ArrayList<>();
        List<Invocation> started = new ArrayList<>();
        for (Invocation one : incarnation.open().inOrder()) {
            boolean begun = !incarnation.isUnsent(one) && one.endPosition <= claimed;
            (begun ? started : notStarted).add(one);
        }
        notStarted.forEach(incarnation.open()::remove);
        ErrorMessage why = cause(incarnation);
        ErrorMessage logged = incarnation.overrun() != null
                ? incarnation.overrun()
                : started.size() == 1
                        ? Ends.whileHandling(why, started.getFirst().id())
                        : why;
        // first, so that what the replies below bring along is not given to a worker that is gone
        worker.ended(incarnation, logged, notStarted);
        for (Invocation one : started) {
            one.crashes++;
            incarnation.fail(one, Outcome.WORKER_LOST, Ends.whileHandling(why, one.id()));
        }
        incarnation.close();
        worker.restart(incarnation);
    }

    /** For what it was running; of an overrun that is only what ran beside the event that was over its time. */
    private ErrorMessage cause(Incarnation incarnation) {
        RuntimeSetting setting = worker.setting();
        if (incarnation.fault() != null) {
            return incarnation.fault();
        }
        if (worker.isStopping()) {
            return WorkerEnds.stopped(setting, worker.index());
        }
        if (incarnation.overrun() != null) {
            return Ends.neighbourTimedOut(setting.name(), worker.index());
        }
        if (exit.shortage() != null) {
            return Ends.killedForMemory(setting, worker.index(), exit.shortage());
        }
        if (!exit.lineAboutMemory().isEmpty()) {
            return Ends.ranOutOfMemory(setting, worker.index(), exit);
        }
        return incarnation.isReady()
                ? Ends.crashed(setting.name(), worker.index(), exit)
                : Ends.startFailed(setting.name(), worker.index(), exit);
    }
}
