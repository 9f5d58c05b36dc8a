package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import io.nucleon.journal.Entry;
import io.nucleon.journal.Journal;
import io.nucleon.journal.JournalReader;
import io.nucleon.journal.JournalSetting;
import io.nucleon.journal.RecordedAnswer;
import io.nucleon.journal.RecordedEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, a small one mounted for the purpose: entries are refused, the process lives, nothing kept is lost. */
class JournalDiskTest {

    private static final int DISK_MEBIBYTES = 24;

    @TempDir
    private Path top;

    private Path disk;
    private Path ballast;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        assumeThat(System.getProperty("user.name"))
                .as("only root can mount a disk")
                .isEqualTo("root");
        disk = Files.createDirectory(top.resolve("disk"));
        command("mount", "-t", "tmpfs", "-o", "size=" + DISK_MEBIBYTES + "m", "tmpfs", disk.toString());
        ballast = Files.write(disk.resolve("ballast"), new byte[6 << 20]);
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (ballast != null) {
            command("umount", "--lazy", disk.toString());
        }
    }

    private static void command(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private Journal open() {
        JournalSetting setting =
                new JournalSetting(disk.resolve("journal"), 1L << 30, Duration.ofDays(1), false, List.of());
        return Journal.open(setting, System::nanoTime);
    }

    private static NucleonException append(Journal journal, Entry entry) {
        CompletableFuture<NucleonException> told = new CompletableFuture<>();
        journal.append(entry, told::complete);
        return told.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static Entry accepted(long number) {
        return Entry.accepted(JournalWriter.id(number), System.nanoTime(), "f", JournalWriter.event(number));
    }

    private static Entry answered(long number) {
        RecordedAnswer answer =
                new RecordedAnswer("responded", 200, "", List.of(), ByteBuffer.wrap(new byte[100]), 0, "", "");
        return Entry.answered(JournalWriter.id(number), System.nanoTime(), "f", answer);
    }

    @Test
    void takesMoreOnceItsDiskHasMoreThoughAllOfItIsLiving() throws IOException {
        try (Journal journal = open()) {
            NucleonException refusal = null;
            for (long number = 1; refusal == null; number++) {
                RecordedEvent event = JournalWriter.event(number, 32 << 10);
                refusal = append(journal, Entry.accepted(JournalWriter.id(number), System.nanoTime(), "f", event));
            }
            assertThat(refusal.code()).isEqualTo(ErrorCode.JOURNAL_FULL);

            Files.delete(ballast);

            await("room again").atMost(Duration.ofSeconds(10)).until(journal::hasRoom);
        }
    }

    @Test
    void refusesEventsWhileItIsFullAndTakesThemAgainWhenThereIsRoom() throws IOException {
        try (Journal journal = open()) {
            List<Long> kept = new ArrayList<>();
            NucleonException refusal = null;
            for (long number = 1; refusal == null; number++) {
                refusal = append(journal, accepted(number));
                if (refusal == null) {
                    kept.add(number);
                }
            }
            assertThat(refusal.code()).isEqualTo(ErrorCode.JOURNAL_FULL);
            assertThat(journal.hasRoom()).isFalse();
            assertThat(kept.size()).as("most of the disk was used").isGreaterThan(20_000);
            assertThat(livingNumbers(journal)).isEqualTo(kept);

            assertThat(append(journal, answered(kept.getFirst())))
                    .as("what ends an event finds room")
                    .isNull();
            NucleonException again = null;
            // what ended may have made room for a few
            for (long number = 1_000_000; again == null; number++) {
                again = append(journal, accepted(number));
                if (again == null) {
                    kept.add(number);
                }
            }
            assertThat(again.code()).isEqualTo(ErrorCode.JOURNAL_FULL);

            Files.delete(ballast);
            await("room again").atMost(Duration.ofSeconds(10)).until(journal::hasRoom);
            assertThat(append(journal, accepted(2_000_000))).isNull();
            kept.removeFirst();
            kept.add(2_000_000L);
            assertThat(livingNumbers(journal)).isEqualTo(kept);
        }
    }

    private static List<Long> livingNumbers(Journal journal) {
        return journal.living().stream()
                .map(one -> JournalWriter.number(one.entry().id()))
                .toList();
    }

    @Test
    void finishedEventsMakeRoom() {
        try (Journal journal = open()) {
            for (long number = 1; number < 120_000; number++) {
                assertThat(append(journal, accepted(number))).isNull();
                assertThat(append(journal, answered(number))).isNull();
            }
            assertThat(livingNumbers(journal)).isEmpty();
            assertThat(journal.stats().refused()).isZero();
        }
    }

    @Test
    void aDiskWithoutAnyRoomIsSaidAndDoesNoHarm() throws IOException {
        fill();
        try (Journal journal = open()) {
            NucleonException refusal = append(journal, accepted(1));

            assertThat(refusal.code()).isIn(ErrorCode.JOURNAL_FULL, ErrorCode.JOURNAL_UNUSABLE);
            assertThat(journal.hasRoom()).isFalse();

            Files.delete(ballast);
            await("room").atMost(Duration.ofSeconds(10)).until(() -> append(journal, accepted(1)) == null);
        }
        assertThat(JournalReader.of(disk.resolve("journal")).living()).hasSize(1);
    }

    /** Not a block is left. */
    private void fill() throws IOException {
        try (var out = Files.newOutputStream(disk.resolve("rest"))) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }
}
