package io.nucleon.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

    private static final String FUNCTION = "billing";

    @TempDir
    Path top;

    private final AtomicLong now = new AtomicLong(1_800_000_000_000_000_000L);

    private Journal open(long maxBytes, boolean sync) {
        JournalSetting setting =
                new JournalSetting(top.resolve("journal"), maxBytes, Duration.ofHours(24), sync, List.of("X-Key"));
        return Journal.open(setting, now::get);
    }

    private Journal open() {
        return open(1L << 30, false);
    }

    private Entry pending(long number, String body) {
        return Entry.pending(Samples.id(number), now.get(), FUNCTION, Samples.event(body), Tries.NONE);
    }

    private Entry resolved(long number) {
        return Entry.resolved(Samples.id(number), now.get(), FUNCTION, "done");
    }

    private static List<String> livingIds(Journal journal) {
        return journal.living().stream().map(one -> one.entry().id()).toList();
    }

    @Test
    void waitsWithEntriesUntilAnotherProcessHasEnded() {
        Journal held;
        List<NucleonException> told = new ArrayList<>();
        try (Journal other = open()) {
            Receipts.kept(other, pending(1, "of the other one"));
            held = Journal.held(other.setting(), now::get);
            held.append(pending(2, "of this one"), told::add);
            assertThat(told).isEmpty();
        }

        held.begin();

        Receipts.kept(held, pending(3, "afterwards"));
        assertThat(livingIds(held)).containsExactly(Samples.id(1), Samples.id(2), Samples.id(3));
        assertThat(told).hasSize(1).containsOnlyNulls();
        held.close();
    }

    @Test
    void refusesWhatWaitedWhenItIsClosedWithoutHavingBegun() {
        List<NucleonException> told = new ArrayList<>();
        Journal held = Journal.held(open().setting(), now::get);
        held.append(pending(1, "x"), told::add);

        held.close();

        assertThat(told).hasSize(1).doesNotContainNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givesBackWhatWasAppended(boolean sync) {
        Tries tries = new Tries("NUC-4030", "KeyError: 'price' main.py:21", 5, 1, 10, 20, 0);
        List<Entry> entries = List.of(
                Entry.deadLetter(Samples.id(1), now.get(), FUNCTION, Samples.event("a"), tries),
                pending(2, "b"),
                Entry.accepted(Samples.id(3), now.get(), FUNCTION, Samples.event("c")),
                Entry.tried(Samples.id(2), now.get(), FUNCTION, tries),
                Entry.answered(Samples.id(3), now.get(), FUNCTION, Samples.answer(201, "made")),
                Entry.captured(Samples.id(4), now.get(), FUNCTION, Samples.event("d"), Samples.answer(500, "no")),
                resolved(2));

        try (Journal journal = open(1L << 30, sync)) {
            entries.forEach(entry -> Receipts.kept(journal, entry));

            Secrets secrets = new Secrets(List.of());
            List<Entry> read = new ArrayList<>();
            journal.forEach(one -> read.add(one.entry()));
            assertThat(read)
                    .containsExactlyElementsOf(
                            entries.stream().map(entry -> entry.masked(secrets)).toList());
            assertThat(journal.stats().appended()).isEqualTo(7);
        }
    }

    @Test
    void masksSecretsOfWhatWillNotBeRunFromHere() {
        try (Journal journal = open()) {
            Receipts.kept(
                    journal,
                    Entry.captured(Samples.id(1), now.get(), FUNCTION, Samples.event("x"), Samples.answer(200, "y")));
            Receipts.kept(journal, Entry.accepted(Samples.id(2), now.get(), FUNCTION, Samples.event("x")));

            Entry captured = journal.find(Samples.id(1)).getFirst().entry();
            assertThat(captured.event().orElseThrow().headers())
                    .containsExactly("Key", "eu", "Authorization", Secrets.MASK);
            assertThat(captured.answer().orElseThrow().headers())
                    .containsExactly("X-A", "1", "Set-Cookie", Secrets.MASK);
            assertThat(journal.find(Samples.id(2))
                            .getFirst()
                            .entry()
                            .event()
                            .orElseThrow()
                            .header("authorization"))
                    .contains("Bearer secret");
        }
    }

    @Test
    void findsEveryEntryOfAnEventInAnySegment() {
        try (Journal journal = open(JournalSetting.LEAST_BYTES * 8, false)) {
            Receipts.kept(journal, Entry.accepted(Samples.id(1), now.get(), FUNCTION, Samples.event("q")));
            fill(journal, 24 << 20);
            Receipts.kept(journal, Entry.answered(Samples.id(1), now.get(), FUNCTION, Samples.answer(200, "r")));

            assertThat(journal.stats().segments()).isGreaterThan(2);
            assertThat(journal.find(Samples.id(1)))
                    .extracting(one -> one.entry().kind())
                    .containsExactly(EntryKind.ACCEPTED, EntryKind.ANSWERED);
            assertThat(journal.find(Samples.id(999_999_999))).isEmpty();
            assertThat(journal.find("no id")).isEmpty();
        }
    }

    /** Failed events of 32 KiB, so many bytes of them. */
    private void fill(Journal journal, long bytes) {
        byte[] body = new byte[32 * 1024];
        long first = 1_000_000 + journal.stats().appended();
        CompletableFuture<NucleonException> last = null;
        for (long i = 0; i < bytes / body.length; i++) {
            CompletableFuture<NucleonException> told = new CompletableFuture<>();
            journal.append(
                    Entry.captured(
                            Samples.id(first + i), now.get(), FUNCTION, Samples.event(body), Samples.answer(500, "")),
                    told::complete);
            last = told;
            if (i % 256 == 0) {
                assertThat(Receipts.await(told)).isNull();
            }
        }
        assertThat(Receipts.await(last)).isNull();
    }

    @Test
    void keepsWhatIsNotDoneOverAReopening() {
        try (Journal journal = open()) {
            for (int i = 0; i < 100; i++) {
                Receipts.kept(journal, pending(i, "body " + i));
            }
            Receipts.kept(
                    journal,
                    Entry.tried(Samples.id(7), now.get(), FUNCTION, new Tries("NUC-4030", "no", 2, 0, 1, 2, 99)));
            for (int i = 0; i < 100; i++) {
                if (i != 7 && i != 50) {
                    Receipts.kept(journal, resolved(i));
                }
            }
        }

        try (Journal journal = open()) {
            assertThat(journal.living())
                    .extracting(one -> one.entry().id())
                    .containsExactly(Samples.id(7), Samples.id(50));
            Entry seven = journal.living().getFirst().entry();
            assertThat(seven.tries().attempts()).isEqualTo(2);
            assertThat(seven.tries().dueNanos()).isEqualTo(99);
            assertThat(Samples.text(seven.event().orElseThrow().body())).isEqualTo("body 7");
        }
    }

    @Test
    void aDeadLetterTakesThePlaceOfItsPendingEvent() {
        try (Journal journal = open()) {
            Receipts.kept(journal, pending(1, "x"));
            Receipts.kept(
                    journal,
                    Entry.deadLetter(
                            Samples.id(1), now.get(), FUNCTION, Samples.event("x"), new Tries("", "", 5, 0, 1, 2, 0)));

            assertThat(journal.living()).extracting(one -> one.entry().kind()).containsExactly(EntryKind.DEAD_LETTER);
        }
    }

    @Test
    void staysWithinItsSizeAndKeepsTheNewest() throws IOException {
        try (Journal journal = open(JournalSetting.LEAST_BYTES, false)) {
            Receipts.kept(journal, pending(1, "still to be done"));

            fill(journal, 5 * JournalSetting.LEAST_BYTES);

            assertThat(journal.stats().bytes()).isLessThanOrEqualTo(JournalSetting.LEAST_BYTES);
            List<Long> numbers = new ArrayList<>();
            journal.forEach(one -> numbers.add(Samples.number(one.entry().id())));
            assertThat(numbers).contains(1L, 1_000_000L + 5 * JournalSetting.LEAST_BYTES / 32768);
            assertThat(numbers.size()).isBetween(100, 512);
            assertThat(livingIds(journal)).containsExactly(Samples.id(1));
            assertThat(onDisk()).isLessThanOrEqualTo(JournalSetting.LEAST_BYTES + (1 << 20));
        }

        try (Journal journal = open(JournalSetting.LEAST_BYTES, false)) {
            Entry one = journal.living().getFirst().entry();
            assertThat(Samples.text(one.event().orElseThrow().body())).isEqualTo("still to be done");
        }
    }

    /** Blocks that are taken, as the system counts them. */
    private long onDisk() throws IOException {
        Process du = new ProcessBuilder("du", "-s", "--block-size=1", top.toString()).start();
        String text = new String(du.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return Long.parseLong(text.split("\t")[0]);
    }

    @Test
    void refusesNewEventsWhenUnfinishedOnesFillItAndTakesThemAgainWhenThoseAreDone() {
        try (Journal journal = open(JournalSetting.LEAST_BYTES, false)) {
            String body = "x".repeat(64 * 1024);
            List<Long> kept = new ArrayList<>();
            NucleonException refusal = null;
            for (long i = 0; refusal == null; i++) {
                refusal = Receipts.of(journal, pending(i, body));
                if (refusal == null) {
                    kept.add(i);
                }
            }

            assertThat(refusal.code()).isEqualTo(ErrorCode.JOURNAL_FULL);
            assertThat(refusal.code().httpStatus()).isEqualTo(507);
            assertThat(journal.hasRoom()).isFalse();
            assertThat(kept.size()).isGreaterThan(100);
            assertThat(livingIds(journal)).hasSize(kept.size());

            kept.forEach(i -> Receipts.kept(journal, resolved(i)));
            await("room again").until(journal::hasRoom);
            Receipts.kept(journal, pending(1_000_000, body));
            assertThat(livingIds(journal)).containsExactly(Samples.id(1_000_000));
        }
    }

    @Test
    void forgetsWhatIsFinishedWhenItIsOld() {
        try (Journal journal = open()) {
            Receipts.kept(journal, pending(1, "to be done"));
            fill(journal, 1 << 20);
            now.addAndGet(Duration.ofHours(30).toNanos());
        }

        try (Journal journal = open()) {
            Receipts.kept(journal, pending(2, "new"));
            now.addAndGet(Duration.ofMinutes(1).toNanos());
            Receipts.kept(journal, resolved(2));

            await("old ones to go").untilAsserted(() -> {
                List<String> ids = new ArrayList<>();
                journal.forEach(one -> ids.add(one.entry().id()));
                assertThat(ids).containsExactlyInAnyOrder(Samples.id(1), Samples.id(2), Samples.id(2));
            });
            assertThat(livingIds(journal)).containsExactly(Samples.id(1));
        }
    }

    @Test
    void carriesBodiesLargerThanADocument() {
        byte[] body = new byte[3 * RecordLayout.MOST_PART + 17];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) ((i * 31) >>> 3);
        }
        try (Journal journal = open()) {
            Receipts.kept(journal, Entry.accepted(Samples.id(1), now.get(), FUNCTION, Samples.event(body)));
            Receipts.kept(journal, pending(2, "behind it"));

            Entry large = journal.find(Samples.id(1)).getFirst().entry();
            assertThat(large.event().orElseThrow().body().compareTo(java.nio.ByteBuffer.wrap(body)))
                    .isZero();
            assertThat(livingIds(journal)).containsExactly(Samples.id(1), Samples.id(2));
        }
    }

    @Test
    void passesOverWhatIsTorn() throws IOException {
        try (Journal journal = open()) {
            Receipts.kept(journal, pending(1, "first"));
            Receipts.kept(journal, pending(2, "second, to be torn"));
            Receipts.kept(journal, pending(3, "third"));
        }
        tear("second, to be torn");

        List<String> ids = new ArrayList<>();
        JournalReader.of(top.resolve("journal"))
                .forEach(one -> ids.add(one.entry().id()));
        assertThat(ids).containsExactly(Samples.id(1), Samples.id(3));
        try (Journal journal = open()) {
            assertThat(livingIds(journal)).containsExactly(Samples.id(1), Samples.id(3));
        }
    }

    private void tear(String text) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            Path data = files.filter(file -> file.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
            try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "rw")) {
                byte[] start = new byte[1 << 20];
                file.readFully(start);
                int at = new String(start, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
                file.seek(at);
                file.write('S');
            }
        }
    }

    @Test
    void anotherProcessReadsWhileItIsWritten() {
        try (Journal journal = open()) {
            Receipts.kept(journal, pending(1, "x"));
            JournalReader reader = JournalReader.of(top.resolve("journal"));
            try (Cursor cursor = reader.read(0)) {
                assertThat(cursor.next()).map(one -> one.entry().id()).contains(Samples.id(1));
                assertThat(cursor.next()).isEmpty();

                Receipts.kept(journal, pending(2, "y"));

                assertThat(cursor.next()).map(one -> one.entry().id()).contains(Samples.id(2));
                assertThat(reader.living()).hasSize(2);
                assertThat(reader.find(Samples.id(2))).hasSize(1);
                assertThat(reader.find(Samples.id(2).substring(0, 8))).hasSize(2);
            }
        }
    }

    @Test
    void readsFromAPosition() {
        try (Journal journal = open()) {
            for (int i = 0; i < 10; i++) {
                Receipts.kept(journal, pending(i, "x"));
            }
            long sixth = journal.find(Samples.id(5)).getFirst().position();

            try (Cursor cursor = journal.read(sixth)) {
                assertThat(cursor.next()).map(one -> one.entry().id()).contains(Samples.id(5));
                assertThat(cursor.next()).map(one -> one.entry().id()).contains(Samples.id(6));
            }
        }
    }

    @Test
    void touchesNothingBeforeItsFirstEntry() {
        try (Journal journal = open()) {
            assertThat(journal.living()).isEmpty();
            assertThat(journal.find(Samples.id(1))).isEmpty();
            assertThat(journal.hasRoom()).isTrue();
            assertThat(journal.isUsed()).isFalse();
        }
        assertThat(top.resolve("journal")).doesNotExist();
    }

    @Test
    void isReadableByItsUserAlone() throws IOException {
        try (Journal journal = open()) {
            Receipts.kept(journal, pending(1, "x"));
        }
        try (Stream<Path> files = Files.walk(top.resolve("journal"))) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .endsWith("------"));
        }
    }

    @Test
    void saysWhatIsWrongWithItsFolder() throws IOException {
        Files.writeString(top.resolve("journal"), "a file");
        try (Journal journal = open()) {
            NucleonException failure = Receipts.of(journal, pending(1, "x"));

            assertThat(failure.code()).isEqualTo(ErrorCode.JOURNAL_UNUSABLE);
            assertThat(journal.hasRoom()).isFalse();

            Files.delete(top.resolve("journal"));
            await("the journal to be opened").until(() -> Receipts.of(journal, pending(1, "x")) == null);
            assertThat(journal.hasRoom()).isTrue();
        }
    }

    @Test
    void belongsToOneAndSaysWhose() {
        JournalSetting setting = new JournalSetting(
                        top.resolve("journal"), 1L << 30, Duration.ofHours(24), false, List.of())
                .from(top.resolve("orders"));
        try (Journal journal = Journal.open(setting, now::get);
                Journal second = Journal.open(setting, now::get)) {
            Receipts.kept(journal, pending(1, "x"));
            NucleonException failure = Receipts.of(second, pending(2, "x"));

            assertThat(failure.code()).isEqualTo(ErrorCode.JOURNAL_UNUSABLE);
            assertThat(failure.error().why()).isEqualTo("it is in use by this process");
            assertThat(failure.error().fix().getFirst()).startsWith("end the other process");
            assertThat(JournalSource.of(setting.folder())).contains(top.resolve("orders"));
            assertThat(JournalSource.of(top)).isEmpty();
        }
    }
}
