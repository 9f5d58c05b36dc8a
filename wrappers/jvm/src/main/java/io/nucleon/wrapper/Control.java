package io.nucleon.wrapper;

import java.io.IOException;

/**
 * Drain, termination, continuation. Java handlers have no callbacks; what follows a drain is answered with DISCARDED and goes to other
 * workers. Confined to the main thread.
 */
final class Control {

    private final Connection connection;
    private boolean discarding;

    Control(Connection connection) {
        this.connection = connection;
    }

    /** Whether events are not run. */
    boolean isDiscarding() {
        return discarding;
    }

    /** DRAIN or TERMINATE: the event in hand has been answered already. */
    void drain(long correlation) throws IOException {
        discarding = true;
        connection.send(Outgoing.of(Layout.DONE, 0, correlation, new byte[0]));
        connection.flush();
    }

    /** CONTINUE. */
    void resume() {
        discarding = false;
    }

    /** Hands the event back. */
    void discard(long correlation) throws IOException {
        connection.send(Outgoing.of(Layout.RESPONSE, Layout.DISCARDED, correlation, new byte[0]));
    }
}
