package io.nuclio;

/** What surrounds a handler's call: one per worker, used from that worker's thread. */
public interface Context {

    /** The worker's logger; its records carry the event that is being handled. */
    Logger getLogger();

    /**
     * Number of the worker that runs the handler, from 0, or -1 where there is none.
     *
     * <p>Nucleon addition.
     */
    default int getWorkerID() {
        return -1;
    }

    /**
     * The platform that the function runs on, by which it calls others.
     *
     * <p>Nucleon addition.
     *
     * @throws UnsupportedOperationException where there is none, as in a context that was written for nuclio
     */
    default Platform getPlatform() {
        throw new UnsupportedOperationException(getClass().getName() + " has no platform");
    }
}
