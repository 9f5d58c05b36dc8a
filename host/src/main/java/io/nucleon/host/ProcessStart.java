package io.nucleon.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * When a process started, by which it is told from a later one with the same number. Immutable.
 *
 * <p>Time of day alone can't tell it: each Java process reads once when the system booted, and that moves when the clock is set, so that of
 * one start two processes may have two times.
 *
 * @param millis in ms since 1970, to be shown; 0 if the system doesn't tell
 * @param ticks in the system's own count since it booted, which no clock moves; 0 if the system doesn't tell
 */
record ProcessStart(long millis, long ticks) {
    /** Of {@code /proc/PID/stat}, counted from the field behind the name, which may hold anything. */
    private static final int TICKS = 19;

    /** That of a process, as far as it can be seen. */
    static ProcessStart of(ProcessHandle process) {
        return new ProcessStart(
                process.info().startInstant().map(Instant::toEpochMilli).orElse(0L), ticks(process.pid()));
    }

    /** Whether that process started then. */
    boolean is(ProcessHandle process) {
        ProcessStart now = of(process);
        return ticks > 0 ? now.ticks == ticks : millis == 0 || now.millis == millis;
    }

    private static long ticks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
            return fields.length > TICKS && fields[TICKS].matches("\\d{1,18}") ? Long.parseLong(fields[TICKS]) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
