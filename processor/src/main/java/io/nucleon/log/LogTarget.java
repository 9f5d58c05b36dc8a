package io.nucleon.log;

import org.slf4j.event.Level;

/** What loggers give their records to. Safe for many threads. */
interface LogTarget {

    /** Takes a record; never blocks for long. */
    void log(LogEvent event);

    /** Records below it need not be made. */
    Level lowest();
}
