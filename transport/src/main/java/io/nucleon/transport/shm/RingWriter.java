package io.nucleon.transport.shm;

import io.nucleon.transport.FrameLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The producing end of a ring: claim, write in place, commit, publish. Confined to one thread.
 *
 * <p>A frame never straddles the ring's end: where it does not fit into the rest, a PAD frame fills that and the frame begins at the
 * ring's start; rest and frame are claimed together, before anything is written.
 */
final class RingWriter {

    private final Segment segment;
    private final ByteBuffer memory;
    private final int indices;
    private final int ring;
    private final int size;

    private long position;
    private long published;
    private long knownTail;
    private int claimedPadding;
    private int claimedLength;

    RingWriter(Segment segment, int indices, int ring, int size) {
        this.segment = segment;
        this.memory = segment.view().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.indices = indices;
        this.ring = ring;
        this.size = size;
    }

    /** The frame's room, or null if the ring is too full now. */
    ByteBuffer claim(int maxLength) {
        int needed = FrameLayout.align(maxLength);
        int at = (int) position & (size - 1);
        int padding = at + needed > size ? size - at : 0;
        if (!hasRoom(padding + needed)) {
            return null;
        }
        claimedPadding = padding;
        claimedLength = needed;
        int start = ring + (padding == 0 ? at : 0);
        return memory.limit(start + needed).position(start);
    }

    private boolean hasRoom(int needed) {
        if (position + needed - knownTail <= size) {
            return true;
        }
        long tail = segment.readVolatile(indices + RingLayout.TAIL); // pairs with the consumer's release of TAIL
        if (tail < knownTail || tail > published) {
            return false; // a worker's nonsense: treated as full, its deadline ends it
        }
        knownTail = tail;
        return position + needed - knownTail <= size;
    }

    /** Ends the claimed frame; returns the position behind it. */
    long commit(int length) {
        if (length > claimedLength) {
            throw new IllegalStateException("frame of " + length + " bytes in a claim of " + claimedLength);
        }
        if (claimedPadding > 0) {
            int at = ring + ((int) position & (size - 1));
            memory.limit(memory.capacity());
            memory.putInt(at + FrameLayout.LENGTH, claimedPadding);
            memory.putInt(at + FrameLayout.TYPE, FrameLayout.PAD);
            position += claimedPadding;
        }
        position += FrameLayout.align(length);
        claimedLength = 0;
        claimedPadding = 0;
        return position;
    }

    void abort() {
        claimedLength = 0;
        claimedPadding = 0;
    }

    /**
     * Publishes what was committed.
     *
     * @return whether the consumer sleeps and must be rung
     */
    boolean publish() {
        if (published == position) {
            return false;
        }
        published = position;
        segment.writeOrdered(indices + RingLayout.HEAD, position); // pairs with the consumer's acquire of HEAD
        Segment.fence(); // pairs with the consumer's fence between CONSUMER_WAITING and HEAD
        int waiting = indices + RingLayout.CONSUMER_WAITING;
        if (segment.readVolatile(waiting) == 0) {
            return false;
        }
        segment.writeOrdered(waiting, 0);
        return true;
    }

    /**
     * Asks the consumer to ring when it makes room, then looks again.
     *
     * @return false if there is more room than at the last look
     */
    boolean prepareToSleep() {
        segment.writeOrdered(indices + RingLayout.PRODUCER_WAITING, 1);
        Segment.fence(); // pairs with the consumer's fence between TAIL and PRODUCER_WAITING
        return segment.readVolatile(indices + RingLayout.TAIL) == knownTail;
    }

    /** No bell for room is needed any more. */
    void awake() {
        segment.writeOrdered(indices + RingLayout.PRODUCER_WAITING, 0);
    }

    /** Position behind the last committed frame. */
    long position() {
        return position;
    }

    /** Whether something was committed since the last {@link #publish()}. */
    boolean hasUnpublished() {
        return published != position;
    }

    /** Position behind the last published frame. */
    long published() {
        return published;
    }
}
