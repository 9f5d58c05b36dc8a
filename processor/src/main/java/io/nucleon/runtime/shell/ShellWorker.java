package io.nucleon.runtime.shell;

import io.netty.channel.IoEventLoop;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invocation;
import io.nucleon.runtime.LoopOwner;
import io.nucleon.runtime.Owner;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerEnds;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;
import io.nucleon.runtime.WorkerState;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What both ways of running a command have: a place on an event loop, one buffer, a state, and an end. Confined to its loop, but for what
 * {@link WorkerRuntime} says.
 */
abstract sealed class ShellWorker implements WorkerRuntime permits ResidentWorker, SpawningWorker {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final ShellRuntime runtime;
    private final int index;
    private final WorkerListener listener;
    private final IoEventLoop loop;
    private final LoopOwner owner;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ShellAnswer answer;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile WorkerState state = WorkerState.STARTING;

    ShellWorker(ShellRuntime runtime, int index, WorkerListener listener) {
        this.runtime = runtime;
        this.index = index;
        this.listener = listener;
        this.loop = runtime.services().loops().loop(index);
        this.owner = new LoopOwner(loop);
        this.answer = new ShellAnswer(runtime.shell().responseHeaders());
    }

    @Override
    public final Owner owner() {
        return owner;
    }

    @Override
    public final int concurrency() {
        return 1;
    }

    @Override
    public final CompletionStage<Void> stop(long graceNanos) {
        loop.execute(() -> {
            if (state != WorkerState.STOPPED) {
                state = WorkerState.DRAINING;
                finish(graceNanos); // anew, if it is stopped again
            }
        });
        return stopped;
    }

    /** Lets what runs end in so much time, then ends it; {@link #endStop} follows, at once if nothing runs. */
    abstract void finish(long graceNanos);

    final void endStop(List<Invocation> notStarted) {
        if (state != WorkerState.STOPPED) {
            state = WorkerState.STOPPED;
            listener.lost(notStarted, WorkerEnds.stopped(setting(), index), true);
            stopped.complete(null);
        }
    }

    /** From {@link #stop} on. */
    final boolean isStopping() {
        return state == WorkerState.DRAINING || state == WorkerState.STOPPED;
    }

    final WorkerState state() {
        return state;
    }

    /** Another state of its life; none leads out of stopping. */
    final void become(WorkerState next) {
        if (!isStopping()) {
            state = next;
        }
    }

    final ShellRuntime runtime() {
        return runtime;
    }

    final RuntimeSetting setting() {
        return runtime.setting();
    }

    final Clock clock() {
        return runtime.services().clock();
    }

    final WorkerListener listener() {
        return listener;
    }

    final int index() {
        return index;
    }

    final IoEventLoop loop() {
        return loop;
    }

    final ByteBuffer buffer() {
        return buffer;
    }

    final ShellAnswer answer() {
        return answer;
    }
}
