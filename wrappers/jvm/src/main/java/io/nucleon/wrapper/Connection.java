package io.nucleon.wrapper;

import java.io.IOException;

/**
 * The way to the processor. Frames are read by the main thread only; {@link #send} is safe for many threads.
 *
 * <p>Every method throws {@link java.io.EOFException} (or another {@code IOException}) when the processor is gone, and a
 * {@link io.nucleon.error.NucleonException} with NUC-2010 when it breaks the protocol.
 */
interface Connection {

    /** The next frame, checked; sends what is to be sent and waits if there is none. Valid until {@link #release}. */
    Frame next() throws IOException;

    /** The handler of the event in hand begins. False: the processor has taken it back; it is released without an answer. */
    boolean claim() throws IOException;

    /** The frame in hand is done with; its memory may be reused. */
    void release() throws IOException;

    /** Writes a frame, its body by whatever way fits; it goes out with the next {@link #flush}, {@link #claim} or {@link #next}. */
    void send(Outgoing frame) throws IOException;

    /** The longest frame, header included; only bodies may be longer. */
    int maxFrame();

    /** What was written is on its way when this returns. */
    void flush() throws IOException;
}
