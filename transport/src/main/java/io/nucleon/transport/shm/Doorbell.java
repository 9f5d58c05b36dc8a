package io.nucleon.transport.shm;

/** Wakes the worker at the other end of the socket beside a segment. */
@FunctionalInterface
public interface Doorbell {

    /** Sends one byte without waiting. A full socket means that bells are pending, which is as good. */
    void ring();
}
