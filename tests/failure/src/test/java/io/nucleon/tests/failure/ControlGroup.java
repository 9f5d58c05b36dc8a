package io.nucleon.tests.failure;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A control group with a memory limit, of version 1 or 2, for processes that enter it by a prefix. Removed when it is closed. */
final class ControlGroup implements AutoCloseable {

    private static final Path MOUNTED = Path.of("/sys/fs/cgroup");

    private final Path folder;

    private ControlGroup(Path folder) {
        this.folder = folder;
    }

    /** Empty where it is not allowed or memory is not counted. */
    static Optional<ControlGroup> make(long limitBytes) {
        boolean first = Files.isRegularFile(MOUNTED.resolve("memory/memory.limit_in_bytes"));
        Path parent = first ? MOUNTED.resolve("memory") : MOUNTED;
        try {
            if (!first) {
                Files.writeString(parent.resolve("cgroup.subtree_control"), "+memory");
            }
            Path folder = Files.createTempDirectory(parent, "nucleon-test-");
            ControlGroup group = new ControlGroup(folder);
            group.set(first ? "memory.limit_in_bytes" : "memory.max", limitBytes);
            group.set(first ? "memory.memsw.limit_in_bytes" : "memory.swap.max", first ? limitBytes : 0);
            return Optional.of(group);
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private void set(String file, long value) throws IOException {
        if (Files.exists(folder.resolve(file))) {
            Files.writeString(folder.resolve(file), Long.toString(value));
        }
    }

    /** A command before a command, which then runs in here. */
    List<String> prefix() {
        return List.of("sh", "-c", "echo $$ >" + folder.resolve("cgroup.procs") + " && exec \"$@\"", "sh");
    }

    @Override
    public void close() {
        await("all processes of the control group to be gone")
                .atMost(Duration.ofSeconds(20))
                .until(() -> folder.toFile().delete() || !Files.exists(folder));
    }
}
