package io.nucleon.transport;

import io.nucleon.error.ErrorMessage;

/** Takes what arrives on a connection. Called on the loop that owns it; must not block. */
public interface FrameHandler {

    /** A frame of the current epoch that passed every check of form. The view is valid until this returns. */
    void onFrame(FrameView frame);

    /** The peer broke the protocol; the connection reads no further. Called once. */
    void onViolation(ErrorMessage why);

    /** The peer is gone; every frame that it published has been handed over. Called once, unless closed from this side. */
    void onClosed();
}
