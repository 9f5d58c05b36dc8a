package io.nucleon.runtime.process;

import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invocation;
import io.nucleon.loop.LoopPass;
import io.nucleon.runtime.Backoff;
import io.nucleon.runtime.FunctionLog;
import io.nucleon.runtime.LoopOwner;
import io.nucleon.runtime.Owner;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.StopGrace;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;
import io.nucleon.runtime.WorkerSnapshot;
import io.nucleon.transport.FrameLayout;
import io.nucleon.transport.FrameView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A worker whose handler runs in another process. It outlives its {@link Incarnation}s: when one ends it fails what had begun, hands the
 * rest back and starts the next. Confined to its loop, but for what {@link WorkerRuntime} says.
 */
final class ProcessWorker implements WorkerRuntime, Handshake.Host {

    /** Most events in a ring at once, about 200 µs of empty handlers; also the bound of what a dead worker hands back. */
    private static final int MOST_PREFETCHED = 32;

    private static final int TOKEN_BYTES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();
    /** nuclio's time to connect. */
    private static final long CONNECT_SECONDS = 120;

    private final ProcessRuntime runtime;
    private final int index;
    private final WorkerListener listener;
    private final EventLoop loop;
    private final LoopPass pass;
    private final LoopOwner owner;
    private final int uid;
    private final Backoff backoff = new Backoff();
    private final Overruns overruns;
    private final WorkerEnd end;
    /** Made once: a method reference in its place would be an object an event. */
    private final Invocation.Canceller canceller = this::cancelled;

    private Incarnation current;
    /** Cancelled when it has come up or ended, or it would keep what a replaced version of the function holds. */
    private Future<?> connectLimit;

    private final StopGrace grace;
    private long epoch;
    private boolean everReady;
    private boolean stopping;
    private CompletableFuture<Void> drained = CompletableFuture.completedFuture(null);
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile WorkerSnapshot snapshot;
    private int restarts;
    private String lastError = "";

    ProcessWorker(ProcessRuntime runtime, int index, WorkerListener listener) {
        this.runtime = runtime;
        this.index = index;
        this.listener = listener;
        this.loop = runtime.services().loops().loop(index);
        this.pass = runtime.services().loops().passOf(loop);
        this.owner = new LoopOwner(loop);
        this.grace = new StopGrace(loop);
        this.uid = ownUid();
        this.overruns = new Overruns(this, setting().eventTimeout().toNanos());
        this.end = new WorkerEnd(this);
        this.snapshot = new WorkerSnapshot(index, "starting", 0, 0, "none", "", 0, 0, "");
    }

    static int ownUid() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new IllegalStateException("reading our own user id failed", e);
        }
    }

    @Override
    public Owner owner() {
        return owner;
    }

    @Override
    public int capacity() {
        return setting().asynchronous() ? setting().inFlight() : MOST_PREFETCHED;
    }

    @Override
    public int concurrency() {
        return setting().asynchronous() ? setting().inFlight() : 1;
    }

    @Override
    public void start() {
        loop.execute(this::startIncarnation);
    }

    private void startIncarnation() {
        if (stopping) {
            stopNow();
            return;
        }
        // A worker that died may have died of how it was started; its successors are started for themselves.
        Optional<Spare> spare = epoch == 0 ? runtime.takeSpare(index, loop) : Optional.empty();
        String token = spare.map(Spare::token).orElseGet(ProcessWorker::newToken);
        Incarnation next = new Incarnation(this, ++epoch, token);
        current = next;
        publish("starting");
        runtime.starter().execute(() -> makeProcess(next, spare));
        spare.ifPresent(one -> one.take(this));
        connectLimit = loop.schedule(() -> connectTimedOut(next), CONNECT_SECONDS, TimeUnit.SECONDS);
    }

    /** On the starter's thread. The wrapper comes up while its segment is made: it asks for it only when it has connected. */
    private void makeProcess(Incarnation next, Optional<Spare> spare) {
        StartedWorker process = null;
        try {
            StartedWorker started = spare.isPresent()
                    ? spare.get().await()
                    : runtime.start(index, next.token(), this, loop, runtime.starter());
            process = started;
            SegmentMaker.Made made = SegmentMaker.make(setting(), Integer.toString(index), epoch);
            loop.execute(() -> next.started(made, started.life(), started.socket()));
            started.exit().thenAccept(exit -> loop.execute(() -> end.exited(next, exit)));
        } catch (IOException | NucleonException e) {
            ErrorMessage why = e instanceof NucleonException known
                    ? known.error()
                    : Ends.notStarted(setting().name(), index, e.getMessage());
            loop.execute(() -> end.neverStarted(next, why));
            if (process != null) {
                process.discard();
            }
        }
    }

    static String newToken() {
        byte[] random = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private void connectTimedOut(Incarnation next) {
        if (next == current && next.kind().equals("none")) {
            next.onViolation(Ends.startTooSlow(setting().name(), index, CONNECT_SECONDS));
        }
    }

    @Override
    public String token() {
        return current == null ? null : current.token();
    }

    @Override
    public int uid() {
        return uid;
    }

    @Override
    public void greeted(EpollDomainSocketChannel channel, Hello.FromWorker hello) {
        current.greeted(channel, hello);
    }

    /** What the wrapper found when it loaded the handler. */
    void loaded(Hello.Loaded handler) {
        runtime.loaded(handler);
    }

    void becameReady(Incarnation incarnation) {
        everReady = true;
        connectLimit.cancel(false);
        pass.allowSpin(spinAllowed());
        publish("ready");
        overruns.watch();
        listener.ready();
        if (stopping) {
            beginStop();
        }
    }

    @Override
    public void offer(Invocation invocation) {
        for (Invocation one = invocation; one != null; one = one.batchNext) {
            one.worker = index;
            one.cancelledBy(canceller);
        }
        current.offer(invocation);
    }

    private void cancelled(Invocation invocation) {
        Incarnation now = current;
        loop.execute(() -> {
            if (now == current && now.open().find(invocation.correlation) == invocation) {
                if (setting().asynchronous()) {
                    now.cancel(invocation);
                } else if (!now.mayHaveBegun(invocation)) {
                    listener.cancelledUnbegun();
                }
            }
        });
    }

    @Override
    public List<Invocation> takeBack() {
        return current != null && current.isReady() ? current.takeBack() : List.of();
    }

    @Override
    public CompletionStage<Void> drain() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            CompletableFuture<Void> earlier = drained;
            done.thenRun(() -> earlier.complete(null)); // one answer is enough for both
            drained = done;
            if (current == null || !current.isReady()) {
                done.complete(null);
                return;
            }
            publish("draining");
            current.control(FrameLayout.DRAIN);
            loop.schedule(
                    () -> done.complete(null), setting().terminationTimeout().toMillis(), TimeUnit.MILLISECONDS);
        });
        return done;
    }

    @Override
    public void resume() {
        loop.execute(() -> {
            if (current != null && current.isReady()) {
                current.control(FrameLayout.CONTINUE);
                publish("ready");
            }
        });
    }

    /** The wrapper says that its drain or termination callback has returned. */
    void drained() {
        drained.complete(null);
    }

    @Override
    public CompletionStage<Void> stop(long graceNanos) {
        loop.execute(() -> {
            if (stopped.isDone()) {
                return;
            }
            grace.limit(graceNanos, this::killForStop);
            if (stopping) {
                return;
            }
            stopping = true;
            if (current == null) {
                stopNow();
            } else if (current.isReady()) {
                beginStop();
            } else {
                kill(current);
            }
        });
        return stopped;
    }

    private void beginStop() {
        publish("draining");
        drained = new CompletableFuture<>();
        Incarnation last = current;
        drained.thenRun(() -> last.control(FrameLayout.STOP));
        last.control(FrameLayout.TERMINATE);
    }

    private void killForStop() {
        if (current != null) {
            kill(current);
        }
    }

    void kill(Incarnation incarnation) {
        incarnation.kill();
    }

    /** The socket's end was seen: the wrapper is gone or about to be; whatever is left of it is ended. */
    void disconnected(Incarnation incarnation) {
        end.disconnected(incarnation);
    }

    /** An incarnation has ended: nothing is given to it any more. */
    void ended(Incarnation incarnation, ErrorMessage why, List<Invocation> notStarted) {
        current = null;
        connectLimit.cancel(false);
        lastError = why.line();
        publish(stopping ? "stopped" : "lost");
        listener.lost(notStarted, why, stopping || !everReady);
    }

    /** Starts the next one, unless there is to be none. */
    void restart(Incarnation last) {
        if (stopping) {
            stopNow();
        } else if (everReady) {
            restarts++;
            loop.schedule(
                    this::startIncarnation,
                    backoff.nextMillis(last.wasUseful() || last.overrun() != null),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void stopNow() {
        current = null;
        publish("stopped");
        overruns.stop();
        grace.end();
        stopped.complete(null);
    }

    void acked(FrameView frame) {
        listener.acked(Hello.text(frame.path()), frame.shard(), frame.streamOffset());
    }

    private void publish(String state) {
        Incarnation now = current;
        snapshot = new WorkerSnapshot(
                index,
                state,
                now == null ? 0 : now.pid(),
                epoch,
                now == null ? "none" : now.kind(),
                now == null ? "" : now.whyNotShm(),
                now == null ? 0 : now.openCount(),
                restarts,
                lastError);
    }

    @Override
    public WorkerSnapshot snapshot() {
        return snapshot;
    }

    Incarnation current() {
        return current;
    }

    boolean isStopping() {
        return stopping;
    }

    RuntimeSetting setting() {
        return runtime.setting();
    }

    int index() {
        return index;
    }

    EventLoop loop() {
        return loop;
    }

    LoopPass pass() {
        return pass;
    }

    Clock clock() {
        return runtime.services().clock();
    }

    FunctionLog log() {
        return runtime.services().log();
    }

    WorkerListener listener() {
        return listener;
    }

    /** Spinning needs a core for the peer: not with more busy workers than cores. */
    boolean spinAllowed() {
        return setting().workers() < Runtime.getRuntime().availableProcessors();
    }
}
