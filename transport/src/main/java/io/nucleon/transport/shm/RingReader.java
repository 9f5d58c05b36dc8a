package io.nucleon.transport.shm;

import io.nucleon.transport.FrameLayout;
import io.nucleon.transport.FrameView;
import java.nio.ByteOrder;

/**
 * The consuming end of a ring whose producer is not trusted. Confined to one thread.
 */
final class RingReader {

    private final Segment segment;
    private final FrameView frame = new FrameView();
    private final int indices;
    private final int ring;
    private final int size;
    private final long arenaFrom;
    private final long arenaTo;

    private long position;
    private long knownHead;
    private String violation;

    RingReader(Segment segment, int indices, int ring, int size, int arena, int arenaSize) {
        this.segment = segment;
        this.indices = indices;
        this.ring = ring;
        this.size = size;
        this.arenaFrom = arena;
        this.arenaTo = (long) arena + arenaSize;
        frame.over(segment.view().duplicate().order(ByteOrder.LITTLE_ENDIAN));
    }

    /** The next frame, valid until {@link #next()} is called again or {@link #release()}; null if there is none or {@link #violation()}. */
    FrameView next() {
        while (position != knownHead || look()) {
            int at = (int) position & (size - 1);
            long available = Math.min(knownHead - position, size - at);
            String wrong = available < FrameLayout.HEADER
                    ? "a head that is not aligned"
                    : frame.read(ring + at, available, arenaFrom, arenaTo);
            if (wrong == null && frame.type() == FrameLayout.PAD && frame.length() != size - at) {
                wrong = "padding of " + frame.length() + " bytes where " + (size - at) + " are left";
            }
            if (wrong != null) {
                violation = wrong;
                return null;
            }
            position += FrameLayout.align(frame.length());
            if (frame.type() != FrameLayout.PAD) {
                return frame;
            }
        }
        return null;
    }

    /** Looks for published frames; true if there are some. */
    private boolean look() {
        if (violation != null) {
            return false;
        }
        long head = segment.readVolatile(indices + RingLayout.HEAD); // pairs with the producer's release of HEAD
        if (head < position || head - position > size || (head & (FrameLayout.HEADER - 1)) != 0) {
            violation = "head " + head + " at position " + position;
            return false;
        }
        knownHead = head;
        return head != position;
    }

    /** What the producer did wrong; null if nothing. No frame is read after it. */
    String violation() {
        return violation;
    }

    /** Cheap look whether {@link #next()} would find something. */
    boolean isEmpty() {
        return position == knownHead && segment.readVolatile(indices + RingLayout.HEAD) == position;
    }

    /**
     * Gives the memory of all frames that were read back to the producer.
     *
     * @return whether the producer waits for room and must be rung
     */
    boolean release() {
        segment.writeOrdered(indices + RingLayout.TAIL, position); // pairs with the producer's acquire of TAIL
        Segment.fence(); // pairs with the producer's fence between PRODUCER_WAITING and TAIL
        int waiting = indices + RingLayout.PRODUCER_WAITING;
        if (segment.readVolatile(waiting) == 0) {
            return false;
        }
        segment.writeOrdered(waiting, 0);
        return true;
    }

    /**
     * Asks the producer to ring, then looks again.
     *
     * @return false if there is something to read
     */
    boolean prepareToSleep() {
        segment.writeOrdered(indices + RingLayout.CONSUMER_WAITING, 1);
        Segment.fence(); // pairs with the producer's fence between HEAD and CONSUMER_WAITING
        return isEmpty();
    }

    /** No bell is needed any more. */
    void awake() {
        segment.writeOrdered(indices + RingLayout.CONSUMER_WAITING, 0);
    }
}
