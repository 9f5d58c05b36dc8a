package io.nucleon.runtime.shell;

import io.nucleon.invoke.Invocation;
import io.nucleon.runtime.WorkerEnds;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;
import io.nucleon.runtime.WorkerSnapshot;
import io.nucleon.runtime.WorkerState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A worker that starts a process for each event, one at a time. It holds nothing between events and can't be lost. Confined to its loop,
 * but for what {@link WorkerRuntime} says.
 *
 * <p>Members of a batch are run one by one: nuclio's shell handlers know no batches.
 */
final class SpawningWorker extends ShellWorker {

    private final Deque<Invocation> members = new ArrayDeque<>();
    private final Bytes output = new Bytes();
    private final Invocation.Canceller canceller = this::cancelled;
    private Call current;
    private volatile int pid;
    private volatile int open;

    SpawningWorker(ShellRuntime runtime, int index, WorkerListener listener) {
        super(runtime, index, listener);
    }

    @Override
    public int capacity() {
        return 1;
    }

    @Override
    public void start() {
        loop().execute(() -> {
            if (!isStopping()) {
                become(WorkerState.READY);
                listener().ready();
            }
        });
    }

    @Override
    public void offer(Invocation invocation) {
        for (Invocation one = invocation; one != null; one = one.batchNext) {
            one.worker = index();
            one.cancelledBy(canceller);
            members.add(one);
        }
        next();
    }

    private void next() {
        open = members.size();
        while (current == null && !members.isEmpty()) {
            Invocation invocation = members.poll();
            if (invocation.isOpen()) {
                current = new Call(this, invocation);
                current.begin();
            } else {
                listener().freed(invocation);
            }
        }
    }

    /** The process of an event is gone and its reply was called. */
    void over(Call call) {
        current = null;
        pid = 0;
        listener().freed(call.invocation());
        next();
        if (current == null && isStopping()) {
            endStop();
        }
    }

    private void cancelled(Invocation invocation) {
        loop().execute(() -> {
            if (current != null && current.invocation() == invocation) {
                current.abandon();
            }
        });
    }

    @Override
    void finish(long graceNanos) {
        if (current == null) {
            endStop();
        } else {
            loop().schedule(this::cutShort, graceNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void cutShort() {
        if (current != null) {
            current.stop(WorkerEnds.stopped(setting(), index()));
        }
    }

    private void endStop() {
        List<Invocation> notStarted = new ArrayList<>(members);
        members.clear();
        endStop(notStarted);
    }

    void startedAs(int newPid) {
        pid = newPid;
    }

    @Override
    public WorkerSnapshot snapshot() {
        int running = pid;
        return new WorkerSnapshot(
                index(), state().text(), running, 0, "pipes", "", open + (running == 0 ? 0 : 1), 0, "");
    }

    Bytes output() {
        return output;
    }
}
