package io.nucleon.wrapper.handler;

/** Takes the records of a handler's logger. Called on the thread that logs, which need not be the worker's. */
@FunctionalInterface
public interface LogSink {

    /**
     * One record.
     *
     * @param level 0 debug, 1 info, 2 warning, 3 error
     * @param with JSON object of the record's fields
     */
    void log(int level, String message, String with);
}
