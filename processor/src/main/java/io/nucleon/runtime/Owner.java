package io.nucleon.runtime;

import java.util.concurrent.Executor;

/** The thread that a worker belongs to, an event loop or a thread of its own. */
public interface Owner extends Executor {

    /** Whether the calling thread is it. */
    boolean isCurrent();
}
