package io.nucleon.transport;

import io.nucleon.loop.PassTask;
import java.nio.ByteBuffer;

/**
 * The processor's end of the line to one worker, whatever carries it. Confined to the event loop that owns it.
 *
 * <p>Writing is claim, write in place, commit; {@link #flush()} publishes what was committed, once per pass of the loop, and wakes the
 * worker if it has said that it sleeps.
 */
public interface Connection extends PassTask, AutoCloseable {

    /** {@code shm} or {@code unix}. */
    String kind();

    /**
     * Claims room for one frame.
     *
     * @param maxLength bytes of the frame at most, header included; at most {@link #maxFrame()}
     * @return a little-endian buffer whose position is the frame's start and whose limit is where the room ends, valid until
     *     {@link #commit} or {@link #abort}; null if there is no room now (try again in the next pass)
     */
    ByteBuffer claim(int maxLength);

    /**
     * Ends the claimed frame.
     *
     * @param length bytes written, at most what was claimed
     * @return the request position behind it, comparable with {@link #claimed()}
     */
    long commit(int length);

    /** Gives the claim back; nothing was written. */
    void abort();

    /** The longest frame that can be claimed. */
    int maxFrame();

    /** Bodies above go into the arena, or into chunks of {@link #maxFrame()}. */
    int inlineLimit();

    /**
     * Claims a run of the arena for a body that the next committed frame refers to.
     *
     * @return the offset to put into the frame; 0 if there is no free run now; -1 if a run that long can never be had here
     */
    long claimBody(int length);

    /** The run as a buffer from position to limit; valid until it is released. */
    ByteBuffer body(long arenaOffset, int length);

    /** Gives a run back. */
    void releaseBody(long arenaOffset, int length);

    /**
     * Request position behind the last frame whose handler the worker has begun. Exact once the worker has ended; before that only a
     * lower bound. Never more than what was committed, whatever the worker wrote.
     */
    long claimed();

    /** Takes back what a living worker has not begun; see {@link Revoked}. {@link Revoked#NONE} where that can't be done. */
    Revoked revoke();

    /** Stops or resumes handing over frames, so that a slow reader holds its worker back. */
    void pause(boolean paused);

    /** Hands over everything that was published, for the last time: after the worker has ended. */
    void drainRest();

    /** Frames of an older epoch that were dropped. */
    long staleFrames();

    /** Releases everything. The worker sees the end of the file. */
    @Override
    void close();

    /**
     * The answer to {@link #revoke()}: events whose frames end behind {@code from} were not started and will not be.
     *
     * @param from request position; {@link Long#MAX_VALUE} = nothing was taken back
     */
    record Revoked(long from) {
        /** Nothing was taken back. */
        public static final Revoked NONE = new Revoked(Long.MAX_VALUE);
    }
}
