package io.nucleon.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.RecordingInvoker;
import io.nucleon.invoke.Reply;
import io.nucleon.invoke.ResponseView;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.journal.Entry;
import io.nucleon.journal.EntryKind;
import io.nucleon.journal.JournalReader;
import io.nucleon.journal.JournalSetting;
import io.nucleon.journal.RecordedEvent;
import io.nucleon.journal.SecretValues;
import io.nucleon.journal.Tries;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run --record} keeps. */
class RecordersTest {

    private static final TriggerSource SOURCE = new TriggerSource(0, "web", "http", "sync");
    private static final String ID = "2TSWY4R20000K8Q5ZJ0V3E1M7B";

    @TempDir
    private Path folder;

    private FunctionJournal journal() {
        FunctionJournal journal = FunctionJournal.open(
                "orders",
                new JournalSetting(folder.resolve("journal"), 1 << 30, Duration.ofDays(1), false, List.of("X-Api-Key"))
                        .with(SecretValues.of(List.of("swordfish"))),
                Clock.system());
        journal.begin();
        return journal;
    }

    private static KeptEvent event(String body) {
        RecordedEvent event = new RecordedEvent(
                "web",
                "http",
                "sync",
                5,
                "POST",
                "/a",
                "b=1",
                "text/plain",
                "",
                -1,
                0,
                List.of(),
                List.of("Authorization", "Bearer secret", "X-Api-Key", "secret", "Tenant", "eu"),
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
                false);
        return new KeptEvent(Entry.deadLetter(ID, 5, "orders", event, Tries.NONE), SOURCE);
    }

    /** Writes down what it is told. */
    private static final class Told implements Reply {
        private final List<String> words = new ArrayList<>();

        @Override
        public void respond(Invocation invocation, ResponseView response) {
            words.add("respond " + StandardCharsets.UTF_8.decode(response.body().duplicate()));
        }

        @Override
        public void chunk(Invocation invocation, ByteBuffer part, boolean last, boolean failed) {
            words.add("chunk " + StandardCharsets.UTF_8.decode(part.duplicate()) + last);
        }

        @Override
        public void fail(Invocation invocation, Failure failure) {
            words.add("fail " + failure.outcome());
        }
    }

    @Test
    void theJournalKeepsEachEventWithItsAnswerAndMasksSecrets() {
        Told told = new Told();
        try (FunctionJournal journal = journal()) {
            RecordingInvoker pool = RecordingInvoker.answering(seen -> GivenResponse.of("fine")
                    .withStatus(201)
                    .withHeaders("Set-Cookie", "secret", "A", "b")
                    .withHandlerNanos(350_000));

            new WatchedInvoker(pool, journal.recorder()).invoke(event("body"), 0, told);
        }

        assertThat(told.words).containsExactly("respond fine");
        List<Entry> kept = new ArrayList<>();
        JournalReader.of(folder.resolve("journal")).forEach(one -> kept.add(one.entry()));
        assertThat(kept).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo(EntryKind.CAPTURED);
            assertThat(entry.event().orElseThrow().headers())
                    .containsExactly("Authorization", "****", "X-Api-Key", "****", "Tenant", "eu");
            assertThat(entry.answer().orElseThrow().headers()).containsExactly("Set-Cookie", "****", "A", "b");
            assertThat(entry.answer().orElseThrow().status()).isEqualTo(201);
            assertThat(entry.answer().orElseThrow().handlerNanos()).isEqualTo(350_000);
        });
    }

    @Test
    void aStreamedAnswerIsKeptAsAWhole() throws InterruptedException {
        Told told = new Told();
        try (FunctionJournal journal = journal()) {
            RecordingInvoker pool = RecordingInvoker.holding();
            new WatchedInvoker(pool, journal.recorder()).invoke(event("body"), 0, told);
            Invocation open = pool.take();

            open.reply().respond(open, GivenResponse.of("one ").withMore());
            open.reply().chunk(open, GivenResponse.bytes("two"), true, false);
        }

        assertThat(told.words).containsExactly("respond one ", "chunk twotrue");
        List<String> bodies = new ArrayList<>();
        JournalReader.of(folder.resolve("journal"))
                .forEach(one -> bodies.add(StandardCharsets.UTF_8
                        .decode(one.entry().answer().orElseThrow().body())
                        .toString()));
        assertThat(bodies).containsExactly("one two");
    }

    @Test
    void aFileGetsALineForEachEventAndIsForItsUserAlone() throws IOException {
        Path file = folder.resolve("monday.ndjson");
        RecordingInvoker pool = RecordingInvoker.answering(seen -> GivenResponse.of("fine"));
        for (String run : List.of("first", "second")) {
            try (FunctionJournal journal = journal();
                    FileRecorder recorder = FileRecorder.open(file, List.of("x-api-key"))) {
                new WatchedInvoker(pool, recorder.of(journal)).invoke(event(run + " swordfish"), 0, new Told());
                assertThat(recorder.lost()).isZero();
            }
        }

        assertThat(Files.readAllLines(file))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("{\"apiVersion\":\"v1\",\"kind\":\"event\",\"id\":\"" + ID + "\"")
                        .contains(
                                "\"source\":\"POST /a\"",
                                "\"X-Api-Key\":\"****\"",
                                "\"answer\":{\"outcome\":\"responded\"")
                        .doesNotContain("secret", "swordfish"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("journal")).doesNotExist();
    }

    @Test
    void aFileThatCannotBeWrittenEndsTheStart() {
        assertThatThrownBy(() -> FileRecorder.open(folder.resolve("no/such/folder"), List.of()))
                .isInstanceOfSatisfying(
                        NucleonException.class,
                        e -> assertThat(e.error().code()).isEqualTo(ErrorCode.FILE_UNREADABLE));
    }

    @Test
    void eventsThatNobodyWatchesPassUntouched() throws InterruptedException {
        RecordingInvoker pool = RecordingInvoker.holding();
        Told told = new Told();

        new WatchedInvoker(pool, null).invoke(event("body"), 0, told);

        assertThat(pool.take().reply()).isSameAs(told);
    }
}
