package io.nucleon.runtime;

/** What executes the handlers of one function. Safe for many threads. */
public interface FunctionRuntime extends AutoCloseable {

    /**
     * Makes the runtime of one worker; it is started by {@link WorkerRuntime#start()}.
     *
     * @param index 0 and up; also picks the event loop that will own it
     * @param listener told of its life, on the owner's thread
     */
    WorkerRuntime open(int index, WorkerListener listener);

    /** Text for banners: {@code python 3.13.5}; empty until known. */
    String describe();

    /** What whoever starts the function should know of it or do, in one line for banners; empty for nothing. */
    default String note() {
        return "";
    }

    /** Releases what the workers shared (socket, folder). Workers must have been stopped. */
    @Override
    void close();
}
