package io.nucleon.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A process and all its descendants, from {@code /proc}. Stateless. */
public final class ProcessTree {

    /** USER_HZ of Linux on every architecture that Java runs on. */
    static final double TICKS_PER_SECOND = 100.0;

    // Places in /proc/PID/stat behind the name, which may hold blanks.
    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int CHILDREN_UTIME = 13;
    private static final int CHILDREN_STIME = 14;
    private static final int START = 19;

    private static final long KIB = 1024;

    private ProcessTree() {}

    /** All processes of the tree that live now, the root first; empty if it is gone. */
    public static List<ProcessUse> of(long root) {
        return ProcessHandle.of(root)
                .map(process -> Stream.concat(Stream.of(process), process.descendants())
                        .map(one -> read(one.pid()))
                        .flatMap(Optional::stream)
                        .toList())
                .orElse(List.of());
    }

    /** Seconds of user and system time of a whole tree, ended processes that were waited for included; 0 if it is gone. */
    public static double cpuSeconds(long root) {
        return of(root).stream()
                .mapToDouble(one -> one.cpuSeconds() + one.endedSeconds())
                .sum();
    }

    /** Seconds of one process alone; 0 if it is gone. */
    public static double ownCpuSeconds(long pid) {
        return read(pid).map(ProcessUse::cpuSeconds).orElse(0.0);
    }

    /** Seconds that the compilers of a JVM have taken, of those that live now; 0 for any other process. */
    public static double compilerSeconds(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.mapToDouble(ProcessTree::ifCompiler).sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    private static double ifCompiler(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return stat.contains("(C1 Compiler") || stat.contains("(C2 Compiler") ? ticks(fields, UTIME, STIME) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static Optional<ProcessUse> read(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            int end = stat.lastIndexOf(')');
            String[] fields = stat.substring(end + 2).split(" ");
            long[] memory = memory(pid);
            return Optional.of(new ProcessUse(
                    pid,
                    Long.parseLong(fields[START]),
                    stat.substring(stat.indexOf('(') + 1, end),
                    ticks(fields, UTIME, STIME),
                    ticks(fields, CHILDREN_UTIME, CHILDREN_STIME),
                    memory[0],
                    memory[1]));
        } catch (IOException | UncheckedIOException e) {
            // It has ended meanwhile.
            return Optional.empty();
        }
    }

    private static double ticks(String[] fields, int user, int system) {
        return (Long.parseLong(fields[user]) + Long.parseLong(fields[system])) / TICKS_PER_SECOND;
    }

    /** Private with files, shared; in bytes. */
    private static long[] memory(long pid) throws IOException {
        long[] bytes = new long[2];
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("RssAnon:") || line.startsWith("RssFile:")) {
                bytes[0] += kib(line);
            } else if (line.startsWith("RssShmem:")) {
                bytes[1] += kib(line);
            }
        }
        return bytes;
    }

    private static long kib(String line) {
        String[] words = line.split("\\s+");
        return Long.parseLong(words[1]) * KIB;
    }
}
