package io.nucleon.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryGroupTest {

    @TempDir
    private Path mounted;

    private final OomKills kills = new OomKills();

    @Test
    void readsVersionTwo() throws IOException {
        write("pod/a/memory.events", "low 0\nhigh 0\nmax 7\noom 3\noom_kill 2\noom_group_kill 9\n");
        write("pod/a/memory.max", "1073741824\n");

        MemoryGroup group = MemoryGroup.of(List.of("0::/pod/a"), mounted);

        assertThat(group.killed()).isEqualTo(2);
        assertThat(group.limitBytes()).isEqualTo(1L << 30);
    }

    @Test
    void readsVersionOneBesideTheOthersHierarchies() throws IOException {
        write("memory/pod/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n");
        write("memory/pod/memory.limit_in_bytes", "9223372036854771712\n");

        MemoryGroup group = MemoryGroup.of(List.of("9:name=systemd:/", "4:hugetlb,memory:/pod", "0::/"), mounted);

        assertThat(group.killed()).isEqualTo(4);
        assertThat(group.limitBytes()).isEqualTo(MemoryGroup.UNLIMITED);
    }

    @Test
    void takesWhatIsMountedWhenThePathIsTheHosts() throws IOException {
        write("memory.events", "oom_kill 5\n");
        write("memory.max", "max\n");

        MemoryGroup group = MemoryGroup.of(List.of("0::/../../docker/1234"), mounted);

        assertThat(group.killed()).isEqualTo(5);
        assertThat(group.limitBytes()).isEqualTo(MemoryGroup.UNLIMITED);
    }

    @Test
    void takesTheMachinesCountWithoutAnyGroup() {
        assertThat(MemoryGroup.of(List.of("0::/"), mounted).kills()).isEqualTo(Path.of("/proc/vmstat"));
        assertThat(MemoryGroup.of(List.of(), mounted).limitBytes()).isEqualTo(MemoryGroup.UNLIMITED);
    }

    @Test
    void aKillIsOneWorkersOnly() throws IOException {
        write("memory.events", "oom_kill 5\n");
        MemoryGroup group = MemoryGroup.of(List.of("0::/"), mounted);

        assertThat(kills.claim(group, 5)).isFalse();

        write("memory.events", "oom_kill 6\n");
        assertThat(kills.claim(group, 5)).isTrue();
        assertThat(kills.claim(group, 5)).isFalse();

        write("memory.events", "oom_kill 8\n");
        assertThat(kills.claim(group, 5)).isTrue();
        assertThat(kills.claim(group, 5)).isTrue();
        assertThat(kills.claim(group, 5)).isFalse();
    }

    @Test
    void aKillIsTheWorkersThoughALookFellBetweenItAndTheEnd() throws IOException {
        write("memory.events", "oom_kill 5\n");
        MemoryGroup group = MemoryGroup.of(List.of("0::/"), mounted);
        WorkerMemory worker = new WorkerMemory(ProcessHandle.current().pid(), group, kills);
        worker.look();
        assertThat(worker.shortage(128 + 9)).isNull();

        write("memory.events", "oom_kill 6\n");
        worker.look();
        assertThat(worker.shortage(128 + 15)).as("another signal").isNull();
        assertThat(worker.shortage(128 + 9)).isNotNull();
    }

    @Test
    void aKillOfLongAgoIsNotTheWorkers() throws IOException {
        write("memory.events", "oom_kill 5\n");
        WorkerMemory worker =
                new WorkerMemory(ProcessHandle.current().pid(), MemoryGroup.of(List.of("0::/"), mounted), kills);
        write("memory.events", "oom_kill 6\n");
        worker.look();
        worker.look();

        assertThat(worker.shortage(128 + 9)).isNull();
    }

    @Test
    void whatAProcessHoldsIsKnownOnceItWasLookedAt() {
        WorkerMemory worker =
                new WorkerMemory(ProcessHandle.current().pid(), MemoryGroup.of(List.of("0::/"), mounted), kills);
        assertThat(worker.now().heldBytes()).isZero();

        worker.look();
        assertThat(worker.now().heldBytes()).isGreaterThan(1 << 20);
    }

    private void write(String file, String text) throws IOException {
        Path path = mounted.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
