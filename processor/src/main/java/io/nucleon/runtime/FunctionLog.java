package io.nucleon.runtime;

import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LogRecord;

/** Where a function's records and output go. Safe for many threads; must not block for long. */
public interface FunctionLog {

    /**
     * A record that the handler logged.
     *
     * @param invocation the event it had, null outside of one
     */
    void record(Invocation invocation, LogRecord logged);

    /**
     * A line that user code printed to standard output or error.
     *
     * @param error whether it came from standard error
     */
    void line(int worker, boolean error, String line);
}
