package io.nucleon.transport.shm;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.transport.Connection;
import io.nucleon.transport.FrameHandler;
import io.nucleon.transport.FrameView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BooleanSupplier;

/**
 * A connection over shared memory. Confined to its loop, whose pass publishes, drains and prepares to sleep.
 */
public final class ShmConnection implements Connection {

    /**
     * Frames that a pass hands over at most, so that other channels of the loop get their turn. Above what 32 prefetched events and
     * their log lines make.
     */
    private static final int FRAMES_PER_POLL = 256;
    /**
     * Bodies up to here are copied into the ring. Above, an arena's few warm chunks are cheaper than walking through the whole ring.
     */
    private static final int INLINE_LIMIT = 16 * 1024;

    private final Segment segment;
    private final Doorbell bell;
    private final FrameHandler handler;
    private final BooleanSupplier expectsWork;
    private final int epoch;
    private final RingWriter requests;
    private final RingReader responses;
    private final ArenaRuns arena;
    private final ByteBuffer bodies;
    private long staleFrames;
    private boolean wantsRoom;
    private boolean paused;
    private boolean broken;
    private boolean closed;

    /**
     * A connection on a segment, which it then owns.
     *
     * @param expectsWork whether invocations are open, so that spinning may pay
     */
    public ShmConnection(Segment segment, int epoch, Doorbell bell, FrameHandler handler, BooleanSupplier expectsWork) {
        SegmentLayout layout = segment.layout();
        this.segment = segment;
        this.epoch = epoch;
        this.bell = bell;
        this.handler = handler;
        this.expectsWork = expectsWork;
        this.requests = new RingWriter(segment, SegmentLayout.REQUEST_INDICES, layout.requestRing(), layout.ringSize());
        this.responses = new RingReader(
                segment,
                SegmentLayout.RESPONSE_INDICES,
                layout.responseRing(),
                layout.ringSize(),
                layout.responseArena(),
                layout.arenaSize());
        this.arena = new ArenaRuns(layout.requestArena(), layout.arenaSize(), layout.chunkSize());
        this.bodies = segment.view().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public String kind() {
        return "shm";
    }

    @Override
    public ByteBuffer claim(int maxLength) {
        requireOpen();
        ByteBuffer room = requests.claim(maxLength);
        wantsRoom = room == null;
        return room;
    }

    @Override
    public long commit(int length) {
        return requests.commit(length);
    }

    @Override
    public void abort() {
        requests.abort();
    }

    @Override
    public void flush() {
        if (!closed && requests.publish()) {
            bell.ring();
        }
    }

    @Override
    public int maxFrame() {
        return segment.layout().ringSize() / 4;
    }

    @Override
    public int inlineLimit() {
        return INLINE_LIMIT;
    }

    @Override
    public long claimBody(int length) {
        return arena.claim(length);
    }

    @Override
    public ByteBuffer body(long arenaOffset, int length) {
        requireOpen();
        int from = Math.toIntExact(arenaOffset);
        return bodies.limit(from + length).position(from);
    }

    @Override
    public void releaseBody(long arenaOffset, int length) {
        arena.release(arenaOffset, length);
    }

    /** What is written to memory that is no longer mapped would end the process. */
    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the connection is closed");
        }
    }

    @Override
    public long claimed() {
        return Math.min(segment.claimed(), requests.position());
    }

    @Override
    public Revoked revoke() {
        return segment.revoke(requests.published());
    }

    @Override
    public int poll() {
        if (paused || broken || closed) {
            return 0;
        }
        int frames = 0;
        while (frames < FRAMES_PER_POLL && !paused) {
            FrameView frame = responses.next();
            if (frame == null) {
                break;
            }
            frames++;
            if (frame.epoch() != epoch) {
                staleFrames++;
                continue;
            }
            handler.onFrame(frame);
            if (closed) {
                return frames;
            }
        }
        if (frames > 0 && responses.release()) {
            bell.ring();
        }
        if (responses.violation() != null) {
            violated(responses.violation());
        }
        return frames;
    }

    private void violated(String what) {
        broken = true;
        handler.onViolation(ErrorMessage.of(
                ErrorCode.PROTOCOL_VIOLATION,
                "reading a frame from shared memory failed",
                what,
                "the worker is replaced; native code of the function that writes out of bounds can cause this"));
    }

    @Override
    public boolean expectsWork() {
        return expectsWork.getAsBoolean();
    }

    @Override
    public boolean prepareToSleep() {
        if (closed || broken) {
            return true;
        }
        return !requests.hasUnpublished()
                && (!wantsRoom || requests.prepareToSleep())
                && (paused || responses.prepareToSleep());
    }

    @Override
    public void awake() {
        if (!closed) {
            responses.awake();
            if (wantsRoom) {
                requests.awake();
            }
        }
    }

    @Override
    public void pause(boolean pause) {
        paused = pause;
    }

    @Override
    public void drainRest() {
        paused = false;
        while (poll() > 0) {
            // until the ring is empty or broken
        }
    }

    @Override
    public long staleFrames() {
        return staleFrames;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            segment.close();
        }
    }
}
