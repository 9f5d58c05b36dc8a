package io.nucleon.runtime.process;

import io.netty.buffer.ByteBuf;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.FileDescriptor;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One life of a worker: a wrapper process, its connection and what it has been given. Confined to the loop; never started twice.
 *
 * <p>What can't be written now waits in {@link #unsent}, in order, and is tried again in each pass.
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
    private final Deque<Invocation> unsent = new ArrayDeque<>();
    private final Deque<Integer> unsentControl = new ArrayDeque<>();
    private final FrameReplies replies;

    private SegmentMaker.Made made;
    private WorkerLife process;
    private WorkerSocket socket;
    private EpollDomainSocketChannel channel;
    private Connection connection;
    private EventEncoder encoder;
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
        encoder = new EventEncoder(connection, open, frameEpoch);
        sendHello(hello);
        worker.pass().add(this);
    }

    private void sendHello(Hello.FromWorker hello) {
        boolean byDescriptor = hello.takesDescriptor() && made.file() == null;
        String path = made.file() != null ? made.file().toString() : ownPathFor(byDescriptor);
        var handle = new Hello.SegmentHandle(made.segment().layout().size(), byDescriptor, path, worker.spinAllowed());
        byte[] json = Hello.toWorker(
                worker.setting(),
                worker.index(),
                epoch,
                handle,
                connection.kind(),
                connection.inlineLimit(),
                connection.maxFrame());
        ByteBuf frame =
                channel.alloc().directBuffer(FrameLayout.HEADER + json.length).writeZero(FrameLayout.HEADER);
        frame.setIntLE(FrameLayout.LENGTH, FrameLayout.HEADER + json.length);
        frame.setByte(FrameLayout.TYPE, FrameLayout.HELLO);
        frame.setIntLE(FrameLayout.EPOCH, (int) epoch);
        frame.setIntLE(FrameLayout.BODY_LENGTH, json.length);
        channel.write(frame.writeBytes(json));
        if (byDescriptor) {
            channel.write(new FileDescriptor(made.segment().memory().fd()));
        }
        channel.flush();
    }

    /** A memfd of ours can be opened by another process of the same user through /proc. */
    private String ownPathFor(boolean byDescriptor) {
        return byDescriptor
                ? ""
                : "/proc/" + ProcessHandle.current().pid() + "/fd/"
                        + made.segment().memory().fd();
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
        for (Invocation one = first; one != null; one = one.batchNext) {
            open.open(one);
            if (!unsent.isEmpty() || encoder.isChunking() || !send(one)) {
                unsent.add(one);
            }
        }
    }

    private boolean send(Invocation invocation) {
        if (!encoder.fits(invocation.event())) {
            replies.tooLarge(invocation);
            return true;
        }
        try {
            return !faulted && encoder.write(invocation);
        } catch (InternalError e) {
            memoryFault(e);
            return false;
        }
    }

    /** Sends a frame without sections, in order with the events; waits for room if need be. */
    void control(int type) {
        if (connection != null && !closed) {
            unsentControl.add(type);
            sendRest();
        }
    }

    /** Whether its handler may have been called; a look that can be overtaken. */
    boolean mayHaveBegun(Invocation invocation) {
        return !unsent.contains(invocation) && invocation.endPosition <= connection.claimed();
    }

    /** Tells an asynchronous handler that the caller of an invocation is gone. */
    void cancel(Invocation invocation) {
        if (connection != null && !closed && !unsent.contains(invocation)) {
            encoder.writeControl(FrameLayout.CANCEL, invocation.correlation); // no room: it runs to its end
        }
    }

    private void sendRest() {
        if (encoder.isChunking() && !encoder.resume()) {
            return;
        }
        while (!unsent.isEmpty()) {
            Invocation next = unsent.peek();
            if (!next.isOpen() && !next.batched) {
                unsent.poll();
                replies.free(next); // its caller went away before it was written
                continue;
            }
            if (!send(next)) {
                return;
            }
            unsent.poll();
            if (encoder.isChunking()) {
                return;
            }
        }
        while (!unsentControl.isEmpty() && encoder.writeControl(unsentControl.peek(), 0)) {
            unsentControl.poll();
        }
    }

    private boolean hasUnsent() {
        return !unsent.isEmpty() || !unsentControl.isEmpty() || encoder.isChunking();
    }

    /** Takes back what a living worker has not begun; empty where that can't be told. */
    List<Invocation> takeBack() {
        List<Invocation> taken = new ArrayList<>();
        for (Invocation one : unsent) {
            if (!one.batched) {
                taken.add(one);
            }
        }
        unsent.removeAll(taken);
        taken.forEach(open::remove);
        long from = connection.revoke().from();
        for (Invocation one : open.inOrder()) {
            if (one.endPosition > from && !one.batched && !unsent.contains(one)) {
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
            if (!closed && hasUnsent()) {
                sendRest(); // behind the answers, since they made room
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
            worker.handlerIs(Hello.saysAsync(bytes(frame)));
            SegmentMaker.unlink(made.file());
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
        return unsent.contains(invocation);
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
