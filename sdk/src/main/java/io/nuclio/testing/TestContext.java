package io.nuclio.testing;

import io.nuclio.Context;

/** A worker's context whose log can be read. Safe for many threads. */
public final class TestContext implements Context {

    private final RecordingLogger logger = new RecordingLogger();
    private final int workerId;

    /** The context of worker 0. */
    public TestContext() {
        this(0);
    }

    public TestContext(int workerId) {
        this.workerId = workerId;
    }

    @Override
    public RecordingLogger getLogger() {
        return logger;
    }

    @Override
    public int getWorkerID() {
        return workerId;
    }
}
