package io.nucleon.load;

/**
 * What one process has used until now, as {@code /proc} says. Immutable.
 *
 * @param start clock ticks since boot at which it began: tells it from a later one with the same number
 * @param name of its program, such as {@code java}, {@code python3}
 * @param cpuSeconds user and system time of its threads, ended ones too; to 10 ms
 * @param endedSeconds the same of children that have ended and were waited for
 * @param privateBytes resident memory that is its own or of files
 * @param sharedBytes resident shared memory: segments of a connection count for both sides
 */
public record ProcessUse(
        long pid,
        long start,
        String name,
        double cpuSeconds,
        double endedSeconds,
        long privateBytes,
        long sharedBytes) {}
