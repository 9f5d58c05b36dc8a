package io.nucleon.runtime.process;

import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
import io.nucleon.loop.PassTask;
import io.nucleon.transport.Connection;
import io.nucleon.transport.FrameHandler;
import io.nucleon.transport.FrameLayout;
import io.nucleon.transport.FrameView;
import io.nucleon.transport.shm.BellHandler;
import io.nucleon.transport.shm.Segment;
import io.nucleon.transport.shm.ShmConnection;
import io.nucleon.transport.shm.SocketDoorbell;
import io.nucleon.transport.unix.UnixConnection;
import java.util.ArrayList;
import java.util.List;

/**
 * One life of a worker: a wrapper process, its connection and what it has been given. Confined to the loop; never started twice.
 */
final class Incarnation implements FrameHandler, PassTask {

    /** More than batches and prefetch need together. */
    private static final int MOST_OPEN = 2048;

    /**
     * With more events open, answers come in batches and a wake is shared by many: spinning then only costs CPU (measured: 27 µs an event
     * instead of 14 at 64 connections on two busy cores).
     */
    private static final int MOST_OPEN_TO_SPIN = 2;

    private final ProcessWorker worker;
    private final long epoch;
    private final String token;
    private final OpenInvocations open = new OpenInvocations(MOST_OPEN);
    private final FrameReplies replies;

    private SegmentMaker.Made made;
    private WorkerLife process;
    private WorkerSocket socket;
    private EpollDomainSocketChannel channel;
    private Connection connection;
    private Outbox outbox;
    private Hello.FromWorker earlyHello;
    private ErrorMessage fault;
    private boolean ready;
    private boolean closed;
    private ErrorMessage overrun;
    private boolean faulted;

    Incarnation(ProcessWorker worker, long epoch, String token) {
        this.worker = worker;
        this.epoch = epoch;
        this.token = token;
        this.replies = new FrameReplies(worker, this, open);
    }

    String token() {
        return token;
    }

    /** Segment and process exist. */
    void started(SegmentMaker.Made newMade, WorkerLife newProcess, WorkerSocket newSocket) {
        socket = newSocket;
        made = newMade;
        process = newProcess;
        if (earlyHello != null) {
            connect();
        }
    }

    /** The worker has connected and shown its token. */
    void greeted(EpollDomainSocketChannel newChannel, Hello.FromWorker hello) {
        if (channel != null) {
            newChannel.close(); // a second one with the same token
            return;
        }
        channel = newChannel;
        earlyHello = hello;
        if (made != null) {
            connect();
        }
    }

    private void connect() {
        Hello.FromWorker hello = earlyHello;
        socket.close(); // the one that it waited for is here
        if (hello.major() != FrameLayout.PROTOCOL_MAJOR) {
            onViolation(Ends.otherProtocol(hello.major()));
            return;
        }
        Segment segment = made.segment();
        boolean shm = hello.shm() && segment.layout().ringSize() > 0;
        int frameEpoch = (int) epoch;
        if (shm) {
            connection = new ShmConnection(
                    segment, frameEpoch, new SocketDoorbell(channel), this, () -> open.size() <= MOST_OPEN_TO_SPIN);
            channel.pipeline().addLast(new BellHandler(this));
        } else {
            UnixConnection unix = new UnixConnection(channel, frameEpoch, segment, hello.revokes(), this);
            channel.pipeline().addLast(unix);
            connection = unix;
        }
        outbox = new Outbox(new EventEncoder(connection, open, frameEpoch), open, replies, this::memoryFault);
        sendHello(hello);
        worker.pass().add(this);
    }

    private void sendHello(Hello.FromWorker hello) {
        var handle = HelloFrame.handle(made, hello.takesDescriptor(), worker.spinAllowed());
        byte[] json = Hello.toWorker(
                worker.setting(),
                worker.index(),
                epoch,
                handle,
                connection.kind(),
                connection.inlineLimit(),
                connection.maxFrame());
        int descriptor = handle.byDescriptor() ? made.segment().memory().fd() : HelloFrame.NO_DESCRIPTOR;
        HelloFrame.send(channel, (int) epoch, json, descriptor);
    }

    boolean isReady() {
        return ready;
    }

    /** Whether it has answered an event. */
    boolean wasUseful() {
        return replies.hasAnswered();
    }

    int openCount() {
        return open.size();
    }

    OpenInvocations open() {
        return open;
    }

    long pid() {
        return process == null ? 0 : process.pid();
    }

    String kind() {
        return connection == null ? "none" : connection.kind();
    }

    String whyNotShm() {
        if (made == null) {
            return "";
        }
        boolean refused = earlyHello != null
                && !earlyHello.shm()
                && made.segment().layout().ringSize() > 0;
        return refused ? earlyHello.why() : made.whyNotShm();
    }

    long staleFrames() {
        return connection == null ? 0 : connection.staleFrames();
    }

    /** The error that the worker told of itself, or the rule that it broke; null for none. */
    ErrorMessage fault() {
        return fault;
    }

    /** Takes an invocation and its batch. */
    void offer(Invocation first) {
        outbox.offer(first);
    }

    /** Sends a frame without sections, in order with the events. */
    void control(int type) {
        if (connection != null && !closed) {
            outbox.control(type);
        }
    }

    /** Whether its handler may have been called; a look that can be overtaken. */
    boolean mayHaveBegun(Invocation invocation) {
        return !outbox.holds(invocation) && invocation.endPosition <= connection.claimed();
    }

    /** Tells an asynchronous handler that the caller of an invocation is gone. */
    void cancel(Invocation invocation) {
        if (connection != null && !closed) {
            outbox.cancel(invocation);
        }
    }

    /** Takes back what a living worker has not begun; empty where that can't be told. */
    List<Invocation> takeBack() {
        List<Invocation> taken = outbox.takeBack();
        long from = connection.revoke().from();
        for (Invocation one : open.inOrder()) {
            if (one.endPosition > from && !one.batched && !outbox.holds(one)) {
                releaseBody(one);
                open.remove(one);
                taken.add(one);
            }
        }
        return taken;
    }

    void releaseBody(Invocation invocation) {
        long at = open.bodyOf(invocation);
        if (at != 0) {
            connection.releaseBody(at, invocation.event().bodyLength());
            open.bodyAt(invocation, 0);
        }
    }

    /** Holds frames back while a stream's reader is slow. */
    void pause(boolean paused) {
        if (!closed) {
            connection.pause(paused);
        }
    }

    @Override
    public void flush() {
        if (!faulted) {
            try {
                connection.flush();
            } catch (InternalError e) {
                memoryFault(e);
            }
        }
    }

    @Override
    public int poll() {
        if (faulted) {
            return 0;
        }
        try {
            replies.newPass();
            int frames = connection.poll();
            if (!closed && !outbox.isEmpty()) {
                outbox.sendRest(); // behind the answers, since they made room
            }
            return frames;
        } catch (InternalError e) {
            memoryFault(e);
            return 0;
        }
    }

    @Override
    public boolean expectsWork() {
        return open.size() > 0 && connection.expectsWork();
    }

    @Override
    public boolean prepareToSleep() {
        try {
            return faulted || connection.prepareToSleep();
        } catch (InternalError e) {
            memoryFault(e);
            return false;
        }
    }

    @Override
    public void awake() {
        if (!faulted) {
            try {
                connection.awake();
            } catch (InternalError e) {
                memoryFault(e);
            }
        }
    }

    /** The JVM's word for SIGBUS in mapped memory: somebody has truncated the segment's file (a memfd is sealed against it). */
    private void memoryFault(InternalError e) {
        faulted = true;
        onViolation(Ends.segmentGone(String.valueOf(e.getMessage())));
    }

    @Override
    public void onFrame(FrameView frame) {
        switch (frame.type()) {
            case FrameLayout.RESPONSE -> replies.respond(frame);
            case FrameLayout.CHUNK -> replies.chunk(frame);
            case FrameLayout.LOG -> replies.log(frame);
            case FrameLayout.ACK -> worker.acked(frame);
            case FrameLayout.READY -> becomeReady(frame);
            case FrameLayout.DONE -> worker.drained();
            case FrameLayout.FAULT ->
                fault = SeenPaths.of(Hello.fault(bytes(frame)), worker.setting().directory());
            default -> onViolation(Ends.unexpectedFrame(frame.type()));
        }
    }

    private static byte[] bytes(FrameView frame) {
        byte[] bytes = new byte[frame.bodyLength()];
        frame.body().get(bytes);
        return bytes;
    }

    private void becomeReady(FrameView frame) {
        if (!ready) {
            ready = true;
            worker.loaded(Hello.ready(bytes(frame)));
            SegmentMaker.unlink(made.file());
            process.becameReady();
            worker.becameReady(this);
        }
    }

    @Override
    public void onViolation(ErrorMessage why) {
        if (fault == null) {
            fault = why;
        }
        worker.kill(this);
    }

    @Override
    public void onClosed() {
        worker.disconnected(this);
    }

    /** What runs since before {@code startNanos}; a synchronous worker runs one at a time. */
    List<Invocation> overdue(long startNanos) {
        List<Invocation> overdue = new ArrayList<>();
        if (worker.setting().asynchronous()) {
            for (Invocation one : open.inOrder()) {
                if (one.isOpen() && one.givenNanos - startNanos < 0) {
                    overdue.add(one);
                }
            }
            return overdue;
        }
        Invocation oldest = open.oldest();
        if (oldest != null && oldest.givenNanos - startNanos < 0 && replies.lastAnswerNanos() - startNanos < 0) {
            overdue.add(oldest);
        }
        return overdue;
    }

    /** Ends an invocation without an answer. */
    void fail(Invocation invocation, Outcome outcome, ErrorMessage why) {
        replies.fail(invocation, outcome, why);
    }

    /** Has it print where its handler is; whether it will. */
    boolean askForStack() {
        return earlyHello.stackSignal() != 0 && process.signal(earlyHello.stackSignal());
    }

    /** What it printed last to standard error, oldest first. */
    List<String> lastErrors() {
        return process.lastErrors();
    }

    /** A handler ran too long: nothing else can end it. */
    void overran(ErrorMessage why) {
        overrun = overrun == null ? why : overrun;
        kill();
    }

    /** Why it was ended, if a handler ran too long; else null. */
    ErrorMessage overrun() {
        return overrun;
    }

    /** Ends the process, tree and all; its exit follows. */
    void kill() {
        if (process != null) {
            process.killTree();
        }
    }

    /**
     * The process is gone: hands over what it had published, then says what it had begun.
     *
     * @return whether {@code claimed} had reached a request position
     */
    long drainAndReadClaimed() {
        if (connection == null) {
            return 0;
        }
        worker.pass().remove(this);
        try {
            replies.newPass();
            connection.drainRest();
            return connection.claimed();
        } catch (InternalError e) {
            return Long.MAX_VALUE; // what it had begun can't be told: all of it may have
        }
    }

    /** Whether an invocation was written at all. */
    boolean isUnsent(Invocation invocation) {
        return outbox != null && outbox.holds(invocation);
    }

    /** Releases everything; after the process has ended. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (connection != null) {
            worker.pass().remove(this);
            connection.close();
        }
        if (channel != null) {
            channel.close();
        }
        if (socket != null) {
            socket.close();
        }
        if (made != null) {
            SegmentMaker.unlink(made.file());
            made.segment().close();
        }
    }
}
