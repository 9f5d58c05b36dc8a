package io.nucleon.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the kernel keeps account of a process's memory: its control group of version 2 or 1, else the whole machine. Immutable; reads are
 * of files that are never on a disk, 10 to 20 µs each.
 *
 * @param kills file in which a line {@code oom_kill N} counts what was killed for want of memory
 * @param limit file that holds the most that the group may have; null for the machine
 */
record MemoryGroup(Path kills, Path limit) {

    /** No limit, as both versions say it: a word, or a number of bytes that no machine has. */
    static final long UNLIMITED = Long.MAX_VALUE;

    private static final long LARGER_THAN_ANY_MACHINE = 1L << 60;
    private static final MemoryGroup MACHINE = new MemoryGroup(Path.of("/proc/vmstat"), null);
    private static final String KEY = "oom_kill ";

    /** The group of a process, of the machine if it has none that counts. */
    static MemoryGroup of(long pid) {
        return of(lines(Path.of("/proc/" + pid + "/cgroup")), Path.of("/sys/fs/cgroup"));
    }

    /**
     * The group that these lines of {@code /proc/PID/cgroup} name.
     *
     * @param mounted where control groups are mounted
     */
    static MemoryGroup of(List<String> lines, Path mounted) {
        for (String line : lines) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
                Path folder = folder(mounted.resolve("memory"), parts[2]);
                return existing(folder.resolve("memory.oom_control"), folder.resolve("memory.limit_in_bytes"));
            }
        }
        for (String line : lines) {
            if (line.startsWith("0::")) {
                Path folder = folder(mounted, line.substring("0::".length()));
                return existing(folder.resolve("memory.events"), folder.resolve("memory.max"));
            }
        }
        return MACHINE;
    }

    /** In a container the path can be the host's, while the container's own group is what is mounted. */
    private static Path folder(Path mounted, String path) {
        Path folder = mounted.resolve(path.replaceFirst("^/+", "")).normalize();
        return folder.startsWith(mounted) && Files.isDirectory(folder) ? folder : mounted;
    }

    private static MemoryGroup existing(Path kills, Path limit) {
        return Files.isReadable(kills) ? new MemoryGroup(kills, limit) : MACHINE;
    }

    /** How many processes were killed so far; 0 if the kernel doesn't tell. */
    long killed() {
        return lines(kills).stream()
                .filter(line -> line.startsWith(KEY))
                .mapToLong(line -> number(line.substring(KEY.length())))
                .findFirst()
                .orElse(0);
    }

    /** The most bytes that the group may have, {@link #UNLIMITED} for as many as there are. */
    long limitBytes() {
        List<String> lines = limit == null ? List.of() : lines(limit);
        long bytes = lines.isEmpty() ? 0 : number(lines.getFirst());
        return bytes <= 0 || bytes > LARGER_THAN_ANY_MACHINE ? UNLIMITED : bytes;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return 0; // "max", or a file of another form
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
