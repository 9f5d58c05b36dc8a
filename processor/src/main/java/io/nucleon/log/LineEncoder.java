package io.nucleon.log;

/** Turns records into lines. Safe for many threads, called on a writer's thread; must not change or keep the record. */
@FunctionalInterface
public interface LineEncoder {

    /** Appends the record, without a line end; an encoding for people may use several lines. */
    void encode(LogEvent event, StringBuilder line);
}
