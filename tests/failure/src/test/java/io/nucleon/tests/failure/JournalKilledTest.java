package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.journal.Entry;
import io.nucleon.journal.Journal;
import io.nucleon.journal.JournalReader;
import io.nucleon.os.Signals;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that appends at full speed is killed, again and again: every entry whose receipt was called is there, whole and in order, and
 * the journal goes on. {@code -Dnucleon.journal.kills=100} kills more often.
 */
class JournalKilledTest {

    private static final int KILLS = Integer.getInteger("nucleon.journal.kills", 10);
    private static final int KILLS_A_FOLDER = 4;
    private static final int MOST_ENTRIES = 30_000;

    @TempDir
    private Path top;

    @Test
    @Timeout(600)
    void nothingAcknowledgedIsLost() {
        long seed = new Random().nextLong();
        // two at a time: most of it is the start of a JVM
        CompletableFuture<Void> plain = CompletableFuture.runAsync(() -> kill(KILLS - KILLS / 2, false, seed));
        CompletableFuture<Void> synced = CompletableFuture.runAsync(() -> kill(KILLS / 2, true, seed + 1));

        assertThat(CompletableFuture.allOf(plain, synced)).as("seed " + seed).succeedsWithin(590, TimeUnit.SECONDS);
    }

    private void kill(int times, boolean sync, long seed) {
        Random random = new Random(seed);
        long last = 0;
        Path folder = null;
        for (int i = 0; i < times; i++) {
            if (i % KILLS_A_FOLDER == 0) {
                folder = top.resolve((sync ? "sync" : "plain") + i);
                last = 0;
            }
            try {
                long acknowledged = run(folder, last + 1, sync, 1 + random.nextInt(MOST_ENTRIES));
                last = check(folder, sync, acknowledged);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Runs a writer and kills it after about so many entries; the number of the last that it said was acknowledged. */
    private static long run(Path folder, long first, boolean sync, int entries) throws IOException {
        Path repository = Middle.repository();
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "@" + repository.resolve("processor/src/main/dist/jvm.options"),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        JournalWriter.class.getName(),
                        folder.toString(),
                        Long.toString(first),
                        Boolean.toString(sync)))
                .redirectError(
                        folder.resolveSibling(folder.getFileName() + ".err").toFile())
                .start();
        long acknowledged = 0;
        try (DataInputStream in = new DataInputStream(process.getInputStream())) {
            while (true) {
                acknowledged = in.readLong();
                if (acknowledged >= first + entries) {
                    Signals.toProcess(process.pid(), Signals.KILL);
                }
            }
        } catch (EOFException e) {
            assertThat(process.onExit().join().exitValue())
                    .as("how it ended: " + Files.readString(folder.resolveSibling(folder.getFileName() + ".err")))
                    .isEqualTo(128 + Signals.KILL);
            return acknowledged;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Reads everything as another process would, then opens it as the next processor does; the number of the last entry. */
    private static long check(Path folder, boolean sync, long acknowledged) {
        AtomicLong last = new AtomicLong();
        JournalReader.of(folder).forEach(one -> {
            Entry expected = JournalWriter.entry(last.incrementAndGet());
            assertThat(one.entry()).isEqualTo(expected);
        });
        assertThat(last.get()).isGreaterThanOrEqualTo(acknowledged);

        TreeSet<Long> expected = new TreeSet<>();
        for (long number = 1; number <= last.get(); number++) {
            if (JournalWriter.isLiving(number, last.get())) {
                expected.add(number);
            }
        }
        try (Journal journal = Journal.open(JournalWriter.setting(folder, sync), System::nanoTime)) {
            TreeSet<Long> living = new TreeSet<>();
            journal.living()
                    .forEach(one -> living.add(JournalWriter.number(one.entry().id())));
            assertThat(living).isEqualTo(expected);
            assertThat(journal.stats().damaged()).isZero();
        }
        return last.get();
    }
}
