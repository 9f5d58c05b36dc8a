package io.nucleon.runtime;

import java.nio.file.Path;
import java.util.Set;

/** What executes the handlers of one function. Safe for many threads. */
public interface FunctionRuntime extends AutoCloseable {

    /**
     * Makes the runtime of one worker; it is started by {@link WorkerRuntime#start()}.
     *
     * @param index 0 and up; also picks the event loop that will own it
     * @param listener told of its life, on the owner's thread
     */
    WorkerRuntime open(int index, WorkerListener listener);

    /**
     * Looks at the code without running it, where workers would be ready whatever it is. Called for a version that is to replace one that
     * serves, before its workers are started; may wait.
     *
     * @throws io.nucleon.error.NucleonException NUC-4022 if it can't be read by its language
     */
    default void check() {}

    /**
     * Begins what a version after this one could use whatever its code is, such as interpreters; returns at once. What is there already is
     * kept. Called when this version serves.
     */
    default void warm() {}

    /** Takes over what the version before has begun in {@link #warm()}. Called before its workers are started. */
    default void inherit(FunctionRuntime before) {}

    /** Text for banners: {@code python 3.13.5}; empty until known. */
    String describe();

    /** What whoever starts the function should know of it or do, in one line for banners; empty for nothing. */
    default String note() {
        return "";
    }

    /**
     * Files that the handler was made of, as far as is known: those that its code loaded from wherever they lie, without what was installed.
     * Absolute paths; known once a worker was ready.
     */
    default Set<Path> files() {
        return Set.of();
    }

    /** Releases what the workers shared (socket, folder). Workers must have been stopped. */
    @Override
    void close();
}
