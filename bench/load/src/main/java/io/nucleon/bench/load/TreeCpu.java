package io.nucleon.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** CPU time of a process and all its descendants, living and waited for, from /proc. Stateless. */
public final class TreeCpu {

    /** USER_HZ of Linux on every architecture that Java runs on. */
    private static final double TICKS_PER_SECOND = 100.0;

    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int CHILDREN_UTIME = 13;
    private static final int CHILDREN_STIME = 14;

    private TreeCpu() {}

    /** Seconds of user and system time of a process tree. */
    public static double seconds(long pid) {
        return ProcessHandle.of(pid)
                .map(root -> Stream.concat(Stream.of(root), root.descendants())
                        .mapToDouble(one -> ticks(one.pid(), UTIME, STIME, CHILDREN_UTIME, CHILDREN_STIME))
                        .sum())
                .orElse(0.0);
    }

    /** Seconds of one process alone; 0 if it is gone. */
    public static double own(long pid) {
        return ticks(pid, UTIME, STIME);
    }

    /** Threads that have ended are in it. Its ticks of 10 ms ask for runs of seconds. */
    private static double ticks(long pid, int... places) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long sum = 0;
            for (int place : places) {
                sum += Long.parseLong(fields[place]);
            }
            return sum / TICKS_PER_SECOND;
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
