package io.nucleon.wrapper;

import io.nucleon.wrapper.Segment.Area;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The producer's side of the response ring. Confined to the holder of its connection's lock.
 *
 * <p>{@code head} is stored with release after the frame's bytes and pairs with the processor's acquire load; {@code tail} is loaded with
 * acquire and pairs with the processor's release store after its last read.
 */
final class RingWriter {

    private static final int HEAD = Layout.RESPONSE_INDICES + Layout.HEAD;
    private static final int TAIL = Layout.RESPONSE_INDICES + Layout.TAIL;
    private static final int PEER_SLEEPS = Layout.RESPONSE_INDICES + Layout.CONSUMER_WAITING;
    private static final int WAITS_FOR_ROOM = Layout.RESPONSE_INDICES + Layout.PRODUCER_WAITING;

    private final Segment segment;
    private final ByteBuffer memory;
    private final Bell bell;
    private final int epoch;
    private final int inlineLimit;
    private final int maxFrame;
    private final Area ring;
    private final ResponseArena arena;
    private long head;
    private long tail;
    private boolean unbelled;

    RingWriter(Segment segment, Hello hello, Bell bell) {
        this.segment = segment;
        this.memory = segment.memory();
        this.bell = bell;
        this.epoch = hello.epoch();
        this.inlineLimit = hello.inlineLimit();
        this.ring = segment.area(Layout.RESPONSE_RING);
        // A frame may take a quarter of the ring, so that a slow reader never holds the writer with one frame.
        this.maxFrame = Math.min(hello.maxFrame(), ring.size() / 4);
        this.arena = new ResponseArena(segment.area(Layout.RESPONSE_ARENA), segment.chunkSize());
        this.head = segment.getAcquire(HEAD);
        this.tail = segment.getAcquire(TAIL);
    }

    int maxFrame() {
        return maxFrame;
    }

    /** Writes and publishes a frame; waits while there is no room. */
    void write(Outgoing frame) throws IOException {
        if (frame.headLength() > maxFrame) {
            throw new IOException("a frame of " + frame.headLength() + " bytes without its body is too long");
        }
        if (frame.body().length() <= inlineLimit && frame.length() <= maxFrame) {
            publish(frame, 0);
        } else if (arena.fits(frame.body().length())) {
            writeToArena(frame);
        } else {
            writeInChunks(frame);
        }
    }

    private void writeToArena(Outgoing frame) throws IOException {
        int padded = Layout.align(frame.headLength());
        awaitRoom(padded);
        long position = head + paddingBefore(padded);
        int at = arena.claim(frame.body().length(), tail, position);
        while (at < 0) {
            awaitTail();
            at = arena.claim(frame.body().length(), tail, position);
        }
        frame.body().put(memory, at);
        publish(frame, at);
    }

    private void writeInChunks(Outgoing frame) throws IOException {
        publish(frame.withoutBody(), 0);
        int most = maxFrame - Layout.HEADER;
        for (int from = 0; from < frame.body().length(); from += most) {
            publish(frame.chunk(from, Math.min(most, frame.body().length() - from)), 0);
        }
    }

    private void publish(Outgoing frame, long arenaOffset) throws IOException {
        int padded = Layout.align(arenaOffset == 0 ? frame.length() : frame.headLength());
        awaitRoom(padded);
        int rest = paddingBefore(padded);
        if (rest > 0) {
            memory.putInt(place() + Layout.LENGTH, rest).put(place() + Layout.TYPE, (byte) Layout.PAD);
            head += rest;
        }
        frame.write(memory, place(), epoch, arenaOffset);
        head += padded;
        segment.setRelease(HEAD, head);
        unbelled = true;
    }

    /** Where in the segment the next frame goes. */
    private int place() {
        return ring.offset() + ((int) head & (ring.size() - 1));
    }

    /** What is left of the ring if a frame of so many bytes would straddle its end, else 0. */
    private int paddingBefore(int padded) {
        int rest = ring.size() - ((int) head & (ring.size() - 1));
        return rest < padded ? rest : 0;
    }

    /** Waits until a frame of so many bytes fits, with the padding before it if it would straddle the ring's end. */
    private void awaitRoom(int padded) throws IOException {
        int needed = paddingBefore(padded) + padded;
        while (head + needed - tail > ring.size()) {
            long seen = segment.getAcquire(TAIL);
            if (seen < tail || seen > head) {
                throw Errors.violation("a tail of " + seen + " where the response ring's head is " + head);
            }
            if (seen == tail) {
                awaitTail();
            } else {
                tail = seen;
            }
        }
    }

    /** Sleeps until the processor has moved the tail. */
    private void awaitTail() throws IOException {
        ringBell();
        segment.setOpaque(WAITS_FOR_ROOM, 1);
        Segment.fence();
        while (segment.getAcquire(TAIL) == tail) {
            bell.await(Connection.FOREVER);
        }
        segment.setOpaque(WAITS_FOR_ROOM, 0);
        tail = segment.getAcquire(TAIL);
    }

    /** Wakes the processor if it sleeps and something was published since the last time. The caller has put up a full fence. */
    void ringBellAfterFence() throws IOException {
        if (unbelled) {
            unbelled = false;
            if (segment.getOpaque(PEER_SLEEPS) != 0) {
                segment.setOpaque(PEER_SLEEPS, 0);
                bell.ring();
            }
        }
    }

    void ringBell() throws IOException {
        Segment.fence();
        ringBellAfterFence();
    }
}
