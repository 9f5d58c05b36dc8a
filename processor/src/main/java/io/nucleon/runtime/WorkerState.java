package io.nucleon.runtime;

import java.util.Locale;

/** Where a worker is in its life. */
public enum WorkerState {
    STARTING,
    READY,
    DRAINING,
    LOST,
    STOPPED;

    /** As snapshots show it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
