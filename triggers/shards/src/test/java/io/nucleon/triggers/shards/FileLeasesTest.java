package io.nucleon.triggers.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileLeasesTest {

    @TempDir
    Path folder;

    @Test
    void givesBackWhatWasWrittenWhateverTheNamesAre() throws Exception {
        Lease lease = new Lease("a\tb\n/ü%+", "me", "you", 1, Position.after("a\tb"));
        try (FileLeases leases = new FileLeases(folder.resolve("new"), "aa")) {
            assertThat(leases.write(lease)).isTrue();
        }

        try (FileLeases again = new FileLeases(folder.resolve("new"), "bb")) {
            assertThat(again.read()).containsOnly(java.util.Map.entry(lease.shard(), lease));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new"))))
                .isEqualTo("rwx------");
    }

    @Test
    void takesOneOfTwoChangesToOneVersion() throws Exception {
        try (FileLeases leases = new FileLeases(folder, "aa")) {
            Lease first = Lease.first("a", Position.START);

            assertThat(leases.write(first)).isTrue();
            assertThat(leases.write(first)).isFalse();
            assertThat(leases.write(first.ownedBy("aa"))).isTrue();
            assertThat(leases.write(first.ownedBy("bb"))).isFalse();

            assertThat(leases.read().get("a").owner()).isEqualTo("aa");
        }
    }

    @Test
    void removesALeaseOnlyIfNobodyHasChangedIt() throws Exception {
        try (FileLeases leases = new FileLeases(folder, "aa")) {
            Lease first = Lease.first("a", Position.START);
            leases.write(first);
            leases.write(first.ownedBy("bb"));

            leases.remove(first);
            assertThat(leases.read()).containsKey("a");
            leases.remove(first.ownedBy("bb"));

            assertThat(leases.read()).isEmpty();
        }
    }

    @Test
    void losesNoChangeOfManyAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String me = "a" + i;
                writers.add(() -> increments(me));
            }

            int written = 0;
            for (Future<Integer> one : threads.invokeAll(writers)) {
                written += one.get();
            }

            try (FileLeases leases = new FileLeases(folder, "bb")) {
                assertThat(leases.read().get("a").version()).isEqualTo(written);
            }
        }
    }

    private int increments(String me) throws InterruptedException {
        int written = 0;
        try (FileLeases leases = new FileLeases(folder, me)) {
            for (int i = 0; i < 25; i++) {
                Lease before = leases.read().get("a");
                Lease now = before == null ? Lease.first("a", Position.START) : before.ownedBy(me);
                written += leases.write(now) ? 1 : 0;
            }
        }
        return written;
    }

    @Test
    void knowsAnOwnerThatHasEnded() throws Exception {
        FileLeases ended = new FileLeases(folder, "aa");
        ended.read();
        try (FileLeases leases = new FileLeases(folder, "bb");
                FileLeases third = new FileLeases(folder, "cc")) {
            third.read();
            assertThat(leases.isGone("cc")).isFalse();
            assertThat(leases.isGone("bb")).isFalse();

            ended.close();

            assertThat(leases.isGone("aa")).isTrue();
            assertThat(leases.isGone("../../etc/passwd")).isTrue();
        }
    }

    @Test
    void refusesAFileThatItDidNotWrite() throws Exception {
        Files.writeString(folder.resolve("leases"), "what is this");
        try (FileLeases leases = new FileLeases(folder, "aa")) {
            assertThatThrownBy(leases::read)
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.JOURNAL_UNUSABLE))
                    .hasMessageContaining("is no lease");
        }
    }
}
