package io.nucleon.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a process uses, read from /proc: two small files, some 30 µs.
 *
 * @param cpuMillis of all its threads since it started, in the kernel's steps of 10 ms
 */
record ProcessUsage(long residentBytes, long cpuMillis) {

    /** USER_HZ is 100 on every Linux that Java runs on. */
    private static final long MILLIS_PER_TICK = 10;
    /** Places behind the command, whose closing bracket is the last one of the line (man 5 proc). */
    private static final int USER_TICKS = 12;

    private static final int SYSTEM_TICKS = 13;

    /** The processor itself. */
    static Optional<ProcessUsage> ofSelf() {
        return of(Path.of("/proc/self"));
    }

    /** A process; empty if it is gone or this system has no /proc. */
    static Optional<ProcessUsage> of(long pid) {
        return of(Path.of("/proc", Long.toString(pid)));
    }

    private static Optional<ProcessUsage> of(Path folder) {
        try {
            // Its command may hold any byte.
            String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
            long ticks = Long.parseLong(fields[USER_TICKS - 1]) + Long.parseLong(fields[SYSTEM_TICKS - 1]);
            String status = Files.readString(folder.resolve("status"), StandardCharsets.ISO_8859_1);
            return Optional.of(new ProcessUsage(residentBytes(status), ticks * MILLIS_PER_TICK));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static long residentBytes(String status) {
        for (String line : status.split("\n")) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        return 0;
    }
}
