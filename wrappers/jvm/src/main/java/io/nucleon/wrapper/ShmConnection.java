package io.nucleon.wrapper;

import io.nucleon.wrapper.Segment.Area;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The connection over two rings in shared memory (PROTOCOL.md §5); bells travel on the socket.
 *
 * <p>The full fence in {@link #claim} stands between three stores and the loads that pair with them: {@code claimed} and {@code revoke},
 * the response ring's {@code head} and {@code consumerWaiting}, the request ring's {@code tail} and {@code producerWaiting}.
 */
final class ShmConnection implements Connection {

    private static final int HEAD = Layout.REQUEST_INDICES + Layout.HEAD;
    private static final int CLAIMED = Layout.REQUEST_INDICES + Layout.CLAIMED;
    private static final int TAIL = Layout.REQUEST_INDICES + Layout.TAIL;
    private static final int SLEEPS = Layout.REQUEST_INDICES + Layout.CONSUMER_WAITING;
    private static final int PEER_WAITS_FOR_ROOM = Layout.REQUEST_INDICES + Layout.PRODUCER_WAITING;

    private final Segment segment;
    private final int epoch;
    private final Area ring;
    private final Area arena;
    private final LocalSocket socket;
    private final Bell bell;
    private final RingWriter responses;
    private final SpinGate gate;
    private final Revocations revocations;
    private final Frame frame = new Frame();
    private final Frame behind = new Frame();
    private long head;
    private long position;
    private long next;
    /** Frames since the last wait. */
    private int taken;

    ShmConnection(LocalSocket socket, Hello hello, Segment segment) {
        this.socket = socket;
        this.segment = segment;
        this.epoch = hello.epoch();
        this.ring = segment.area(Layout.REQUEST_RING);
        this.arena = segment.area(Layout.REQUEST_ARENA);
        if (ring.size() == 0 || segment.area(Layout.RESPONSE_RING).size() == 0) {
            throw Errors.violation("a segment without rings");
        }
        this.bell = new Bell(socket);
        this.responses = new RingWriter(segment, hello, bell);
        this.gate = new SpinGate(hello.spin());
        this.position = segment.getAcquire(TAIL);
        this.head = position;
        this.revocations = new Revocations(segment);
    }

    @Override
    public Frame poll() {
        while (position != head || look()) {
            if (examine()) {
                return frame;
            }
            release();
        }
        return null;
    }

    @Override
    public void upcoming(Consumer<Frame> seen) {
        look();
        for (long at = next; at < head; ) {
            int index = (int) at & (ring.size() - 1);
            behind.over(segment.memory(), ring.offset() + index);
            boolean padding = behind.type() == Layout.PAD;
            if (!padding) {
                behind.check((int) Math.min(head - at, ring.size() - index), arena.offset(), arena.end());
                seen.accept(behind);
            }
            at += padding ? ring.size() - index : Layout.align(behind.length());
        }
    }

    private boolean look() {
        long seen = segment.getAcquire(HEAD);
        if (seen == head) {
            return false;
        }
        if (seen < head || seen - position > ring.size() || seen % Layout.HEADER != 0) {
            throw Errors.violation("a head of " + seen + " where the worker is at " + position);
        }
        head = seen;
        return true;
    }

    /** False for a frame to pass over. */
    private boolean examine() {
        int index = (int) position & (ring.size() - 1);
        int toEnd = ring.size() - index;
        int there = (int) Math.min(head - position, toEnd);
        frame.over(segment.memory(), ring.offset() + index);
        if (frame.type() == Layout.PAD) {
            if (frame.length() != toEnd || there < toEnd) {
                throw Errors.violation("padding that does not reach the ring's end");
            }
            next = position + toEnd;
            return false;
        }
        frame.check(there, arena.offset(), arena.end());
        next = position + Layout.align(frame.length());
        return frame.epoch() == epoch;
    }

    @Override
    public boolean claim() throws IOException {
        segment.setOpaque(CLAIMED, next);
        synchronized (responses) {
            Segment.fence();
            responses.ringBellAfterFence();
        }
        if (segment.getOpaque(PEER_WAITS_FOR_ROOM) != 0) {
            segment.setOpaque(PEER_WAITS_FOR_ROOM, 0);
            bell.ring();
        }
        return !revocations.took(position, next);
    }

    @Override
    public void release() {
        taken++;
        position = next;
        segment.setRelease(TAIL, position);
    }

    @Override
    public void send(Outgoing outgoing) throws IOException {
        synchronized (responses) {
            responses.write(outgoing);
        }
    }

    @Override
    public int maxFrame() {
        return responses.maxFrame();
    }

    @Override
    public void flush() throws IOException {
        synchronized (responses) {
            responses.ringBell();
        }
    }

    @Override
    public void await(long nanos) throws IOException {
        flush();
        if (segment.getOpaque(PEER_WAITS_FOR_ROOM) != 0) {
            segment.setOpaque(PEER_WAITS_FOR_ROOM, 0);
            bell.ring();
        }
        boolean alone = taken <= 1;
        taken = 0;
        if (nanos > 0 && alone && gate.spin(() -> segment.getAcquire(HEAD) != head)) {
            return;
        }
        segment.setOpaque(SLEEPS, 1);
        Segment.fence();
        if (segment.getAcquire(HEAD) == head) {
            bell.await(nanos);
        }
        segment.setOpaque(SLEEPS, 0);
    }

    @Override
    public void makeWakeable() throws IOException {
        socket.makeWakeable();
    }

    @Override
    public void wake() {
        socket.wake();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
