package io.nucleon.admin;

import java.util.List;

/** The processor as its operators see it. Safe for many threads; every call makes a snapshot and does not block for long. */
public interface ProcessorView {

    /** Whether the start is complete: triggers run. */
    boolean isStarted();

    /** Every function that the processor hosts: one in production, several as the local host. */
    List<FunctionView> functions();

    /** Log records that were dropped because their output was too slow. */
    default long droppedLogRecords() {
        return 0;
    }
}
