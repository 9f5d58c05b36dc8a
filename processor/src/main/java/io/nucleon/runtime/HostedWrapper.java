package io.nucleon.runtime;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A wrapper that is no process: a thread of this one stands at the other end of a worker's connection and speaks the same protocol.
 * Safe for many threads.
 */
public interface HostedWrapper {

    /**
     * Starts one; returns at once.
     *
     * @param connection where it has to connect and what to show there: what a process gets as environment (PROTOCOL.md §4)
     */
    Running start(int worker, Map<String, String> connection) throws IOException;

    /** Text for banners: {@code graaljs 25.0.2, compiled}. */
    String describe();

    /** See {@link FunctionRuntime#note()}. */
    String note();

    /** One that was started. Any thread. */
    interface Running {

        /** Ends it, whatever it does; returns at once. */
        void kill();

        /** Completes when it runs no code of the user any more, or can't be ended; with what a process would exit with. */
        CompletableFuture<Integer> exit();
    }
}
