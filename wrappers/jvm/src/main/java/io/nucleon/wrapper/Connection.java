package io.nucleon.wrapper;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * The way to the processor. Frames are read by the main thread only; {@link #send} is safe for many threads.
 *
 * <p>Every method throws {@link java.io.EOFException} (or another {@code IOException}) when the processor is gone, and a
 * {@link io.nucleon.error.NucleonException} with NUC-2010 when it breaks the protocol.
 */
public interface Connection {

    /** For {@link #await}: no limit. */
    long FOREVER = Long.MAX_VALUE;

    /** The next frame, checked, or null; never waits. Valid until {@link #release}; without that the same frame is given again. */
    Frame poll() throws IOException;

    /** The next frame; sends what is to be sent and waits if there is none. */
    default Frame next() throws IOException {
        Frame frame = poll();
        while (frame == null) {
            await(FOREVER);
            frame = poll();
        }
        return frame;
    }

    /**
     * Sends what is to be sent and waits for a frame that neither {@link #poll} nor {@link #upcoming} has seen, so long at most or until
     * {@link #wake}; it may return for nothing.
     */
    void await(long nanos) throws IOException;

    /** Shows the frames behind the one in hand that are here already; each view is valid until the next. */
    void upcoming(Consumer<Frame> seen) throws IOException;

    /** The handler of the event in hand begins. False: the processor has taken it back; it is released without an answer. */
    boolean claim() throws IOException;

    /** The frame in hand is done with; its memory may be reused. */
    void release() throws IOException;

    /** Writes a frame, its body by whatever way fits; it goes out with the next {@link #flush}, {@link #claim} or {@link #await}. */
    void send(Outgoing frame) throws IOException;

    /** The longest frame, header included; only bodies may be longer. */
    int maxFrame();

    /** What was written is on its way when this returns. */
    void flush() throws IOException;

    /** From here on {@link #wake} ends a wait. Main thread. */
    void makeWakeable() throws IOException;

    /** Ends the wait, or the next one, if it is wakeable. Any thread. */
    void wake();

    /** Ends every wait with an exception; the processor sees the worker's end. Any thread. */
    void close() throws IOException;
}
