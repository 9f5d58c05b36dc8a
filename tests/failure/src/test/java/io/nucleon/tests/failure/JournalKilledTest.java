package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that appends at full speed is killed, again and again: every entry whose receipt was called is there, whole and in order, and
 * the journal goes on. {@code -Dnucleon.journal.kills=100} kills more often.
 */
class JournalKilledTest {

    private static final int KILLS = Integer.getInteger("nucleon.journal.kills", 10);
    private static final int KILLS_A_FOLDER = 4;
    private static final int MOST_ENTRIES = 30_000;
    /** Kept and answered by one that is full: twice around. */
    private static final int MOST_CALLS = 1_000;

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
        Process process = start(JournalWriter.class, folder, first, sync);
        long acknowledged = 0;
        try (DataInputStream in = new DataInputStream(process.getInputStream())) {
            while (true) {
                acknowledged = in.readLong();
                if (acknowledged >= first + entries) {
                    Signals.toProcess(process.pid(), Signals.KILL);
                }
            }
        } catch (EOFException e) {
            assertKilled(process, folder);
            return acknowledged;
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(Class<?> writer, Path folder, long first, boolean sync) throws IOException {
        Path repository = Middle.repository();
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "@" + repository.resolve("processor/src/main/dist/jvm.options"),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        writer.getName(),
                        folder.toString(),
                        Long.toString(first),
                        Boolean.toString(sync)))
                .redirectError(said(folder).toFile())
                .start();
    }

    private static Path said(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".err");
    }

    private static void assertKilled(Process process, Path folder) throws IOException {
        assertThat(process.onExit().orTimeout(60, TimeUnit.SECONDS).join().exitValue())
                .as("how it ended: " + Files.readString(said(folder)))
                .isEqualTo(128 + Signals.KILL);
    }

    /** Killed while it cleans itself, mostly: what moves may be there twice then, what is not done must be there once at least. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(300)
    void aFullOneLosesNothingLivingAndNeverStaysFull(boolean sync) throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Path folder = top.resolve("full");
        TreeSet<Long> living = new TreeSet<>();
        long first = 1;
        for (int i = 0; i < KILLS / 2; i++) {
            first = killFull(folder, first, sync, 1 + random.nextInt(MOST_CALLS), living);
        }

        try (Journal journal = FullJournalWriter.open(folder, sync)) {
            assertThat(FullJournalWriter.living(journal))
                    .as("seed " + seed)
                    .containsExactlyInAnyOrderElementsOf(living);
            for (long call : living) {
                assertThat(FullJournalWriter.append(journal, FullJournalWriter.answer(call)))
                        .isNull();
            }
            assertThat(FullJournalWriter.living(journal)).isEmpty();
            await("room").atMost(20, TimeUnit.SECONDS).until(journal::hasRoom);
        }
    }

    /**
     * Runs a writer and kills it when it has told so much.
     *
     * @param living what is not done before, and then after
     * @return the first number that it can't have used
     */
    private static long killFull(Path folder, long first, boolean sync, int lines, Set<Long> living)
            throws IOException {
        Process process = start(FullJournalWriter.class, folder, first, sync);
        long next = first;
        long told = 0;
        try (DataInputStream in = new DataInputStream(process.getInputStream())) {
            for (int i = 0; ; i++) {
                told = in.readLong();
                if (told > 0) {
                    living.add(told);
                    next = told + 1;
                } else {
                    living.remove(-told);
                }
                if (i == lines) {
                    Signals.toProcess(process.pid(), Signals.KILL);
                }
            }
        } catch (EOFException e) {
            assertKilled(process, folder);
        } finally {
            process.destroyForcibly();
        }
        TreeSet<Long> found = new TreeSet<>();
        JournalReader.of(folder)
                .living()
                .forEach(one -> found.add(JournalWriter.number(one.entry().id())));
        // what it was about when it was killed may have come to pass or not
        for (long open : new long[] {-told, next}) {
            if (found.contains(open)) {
                living.add(open);
            }
        }
        assertThat(found).isEqualTo(living);
        return next + 1;
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
