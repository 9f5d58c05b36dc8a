package io.nucleon.loop;

/** Work that a loop does in each of its passes, such as one worker's ring. All methods are called on the loop's thread. */
public interface PassTask {

    /** Publishes what was committed since the last pass and wakes a sleeping peer. Cheap when nothing was. */
    void flush();

    /** Does what is there to do without waiting; returns how much it did, 0 for nothing. */
    int poll();

    /** Whether something is open that {@link #poll} may soon find an answer to: then a look before sleeping may pay. */
    boolean expectsWork();

    /**
     * The loop is about to block: asks the peer to ring, then looks once more.
     *
     * @return false if there is work now; the loop then does not block
     */
    boolean prepareToSleep();

    /** The loop has been awake since the last {@link #prepareToSleep()}: no bells are needed. */
    void awake();
}
