package io.nucleon.runtime.shell;

import io.netty.channel.IoEventLoop;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invocation;
import io.nucleon.runtime.LoopOwner;
import io.nucleon.runtime.Owner;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;
import io.nucleon.runtime.WorkerSnapshot;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A worker that starts a process for each event, one at a time. It holds nothing between events and can't be lost. Confined to its loop,
 * but for what {@link WorkerRuntime} says.
 *
 * <p>Members of a batch are run one by one: nuclio's shell handlers know no batches.
 */
final class SpawningWorker implements WorkerRuntime {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final ShellRuntime runtime;
    private final int index;
    private final WorkerListener listener;
    private final IoEventLoop loop;
    private final LoopOwner owner;
    private final Deque<Invocation> members = new ArrayDeque<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ShellAnswer answer;
    private final Bytes output = new Bytes();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final Invocation.Canceller canceller = this::cancelled;
    private Call current;
    private volatile String state = "starting";
    private volatile int pid;
    private volatile int open;

    SpawningWorker(ShellRuntime runtime, int index, WorkerListener listener) {
        this.runtime = runtime;
        this.index = index;
        this.listener = listener;
        this.loop = runtime.services().loops().loop(index);
        this.owner = new LoopOwner(loop);
        this.answer = new ShellAnswer(runtime.shell().responseHeaders());
    }

    @Override
    public Owner owner() {
        return owner;
    }

    @Override
    public int capacity() {
        return 1;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public void start() {
        loop.execute(() -> {
            if (state.equals("starting")) {
                state = "ready";
                listener.ready();
            }
        });
    }

    @Override
    public void offer(Invocation invocation) {
        for (Invocation one = invocation; one != null; one = one.batchNext) {
            one.worker = index;
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
                listener.freed(invocation);
            }
        }
    }

    /** The process of an event is gone and its reply was called. */
    void over(Call call) {
        current = null;
        pid = 0;
        listener.freed(call.invocation());
        next();
        if (current == null && state.equals("draining")) {
            endStop();
        }
    }

    private void cancelled(Invocation invocation) {
        loop.execute(() -> {
            if (current != null && current.invocation() == invocation) {
                current.abandon();
            }
        });
    }

    @Override
    public List<Invocation> takeBack() {
        return List.of();
    }

    @Override
    public CompletionStage<Void> drain() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void resume() {}

    @Override
    public CompletionStage<Void> stop(long graceNanos) {
        loop.execute(() -> {
            if (state.equals("draining") || state.equals("stopped")) {
                return;
            }
            state = "draining";
            if (current == null) {
                endStop();
            } else {
                loop.schedule(this::cutShort, graceNanos, TimeUnit.NANOSECONDS);
            }
        });
        return stopped;
    }

    private void cutShort() {
        if (current != null) {
            current.stop(Ends.stopped(setting(), index));
        }
    }

    private void endStop() {
        if (state.equals("stopped")) {
            return;
        }
        state = "stopped";
        List<Invocation> notStarted = new ArrayList<>(members);
        members.clear();
        listener.lost(notStarted, Ends.stopped(setting(), index), true);
        stopped.complete(null);
    }

    void startedAs(int newPid) {
        pid = newPid;
    }

    @Override
    public WorkerSnapshot snapshot() {
        int running = pid;
        return new WorkerSnapshot(index, state, running, 0, "pipes", "", open + (running == 0 ? 0 : 1), 0, "");
    }

    ShellRuntime runtime() {
        return runtime;
    }

    RuntimeSetting setting() {
        return runtime.setting();
    }

    Clock clock() {
        return runtime.services().clock();
    }

    int index() {
        return index;
    }

    IoEventLoop loop() {
        return loop;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    ShellAnswer answer() {
        return answer;
    }

    Bytes output() {
        return output;
    }
}
