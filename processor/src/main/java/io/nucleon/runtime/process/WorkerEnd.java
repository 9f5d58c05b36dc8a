package io.nucleon.runtime.process;

import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
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
    private int exit;

    WorkerEnd(ProcessWorker worker) {
        this.worker = worker;
    }

    void exited(Incarnation incarnation, int exitValue) {
        if (incarnation != worker.current()) {
            return;
        }
        exited = incarnation;
        exit = exitValue;
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
        ErrorMessage why = cause(incarnation);
        List<Invocation> notStarted = new ArrayList<>();
        List<Invocation> started = new ArrayList<>();
        for (Invocation one : incarnation.open().inOrder()) {
            boolean begun = !incarnation.isUnsent(one) && one.endPosition <= claimed;
            (begun ? started : notStarted).add(one);
        }
        notStarted.forEach(incarnation.open()::remove);
        // first, so that what the replies below bring along is not given to a worker that is gone
        worker.ended(incarnation, why, notStarted);
        for (Invocation one : started) {
            one.crashes++;
            incarnation.fail(one, Outcome.WORKER_LOST, why);
        }
        incarnation.close();
        worker.restart(incarnation);
    }

    private ErrorMessage cause(Incarnation incarnation) {
        String function = worker.setting().name();
        if (incarnation.fault() != null) {
            return incarnation.fault();
        }
        if (worker.isStopping()) {
            return Ends.stopped(function, worker.index());
        }
        if (incarnation.hasOverrun()) {
            return Ends.neighbourTimedOut(function, worker.index());
        }
        return incarnation.isReady()
                ? Ends.crashed(function, worker.index(), exit, incarnation.lastErrorLines())
                : Ends.startFailed(function, worker.index(), exit, incarnation.lastErrorLines());
    }
}
