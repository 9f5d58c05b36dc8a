package io.nucleon.runtime.jvm;

import java.util.Locale;

/** Where a worker is in its life. */
enum WorkerState {
    STARTING,
    READY,
    DRAINING,
    LOST,
    STOPPED;

    /** As snapshots show it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
