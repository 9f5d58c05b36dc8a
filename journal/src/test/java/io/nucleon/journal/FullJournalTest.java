package io.nucleon.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that has taken all that it may comes out of it by itself when its events end, whatever lies between them. */
@Timeout(120)
class FullJournalTest {

    private static final String FUNCTION = "billing";

    @TempDir
    Path top;

    private final AtomicLong now = new AtomicLong(1_800_000_000_000_000_000L);
    private long numbers;

    private Journal open() {
        return open(JournalSetting.LEAST_BYTES, false);
    }

    private Journal open(long maxBytes, boolean sync) {
        return Journal.open(
                new JournalSetting(top.resolve("journal"), maxBytes, Duration.ofDays(9), sync, List.of()),
                now::incrementAndGet);
    }

    /** Until it takes no more: calls, and dead letters between them that stay. */
    private void fill(Journal journal, Random random, int bodyBytes, List<Long> calls, List<Long> dead) {
        NucleonException refusal = null;
        while (refusal == null) {
            long number = ++numbers;
            boolean isDead = random.nextInt(10) == 0;
            RecordedEvent event = Samples.event("x".repeat(1 + random.nextInt(bodyBytes)));
            refusal = Receipts.of(
                    journal,
                    isDead
                            ? Entry.deadLetter(Samples.id(number), now.get(), FUNCTION, event, Tries.NONE)
                            : Entry.accepted(Samples.id(number), now.get(), FUNCTION, event));
            if (refusal == null) {
                (isDead ? dead : calls).add(number);
            }
        }
        assertThat(refusal.code()).isEqualTo(ErrorCode.JOURNAL_FULL);
    }

    private void answer(Journal journal, long number, int bytes) {
        Receipts.kept(
                journal,
                Entry.answered(Samples.id(number), now.get(), FUNCTION, Samples.answer(200, "y".repeat(bytes))));
    }

    private static List<Long> living(Journal journal) {
        return journal.living().stream()
                .map(one -> Samples.number(one.entry().id()))
                .sorted()
                .toList();
    }

    /** Only those are not done, and new events find room. */
    private static void assertLeft(Journal journal, List<Long> dead) {
        assertThat(living(journal)).isEqualTo(dead);
        await("room again").atMost(Duration.ofSeconds(20)).until(journal::hasRoom);
    }

    /** Opens one that is full, answers its calls one by one and looks at what is left. */
    private void answerAll(List<Long> calls, int bytes, List<Long> dead) {
        try (Journal journal = open()) {
            assertThat(living(journal)).hasSize(calls.size() + dead.size());
            for (long call : calls) {
                answer(journal, call, bytes);
            }
            assertLeft(journal, dead);
        }
    }

    /** Also that what is written is what was given, though other entries have moved for it meanwhile. */
    @Test
    void everyEndOfAnEventFindsRoomThoughTheyAreLarge() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Long> calls = new ArrayList<>();
        List<Long> dead = new ArrayList<>();
        try (Journal journal = open()) {
            fill(journal, random, 200_000, calls, dead);
            Collections.shuffle(calls, random);

            for (long call : calls) {
                answer(journal, call, 200_000);
            }

            assertThat(living(journal)).as("seed %d", seed).isEqualTo(dead);
            assertLeft(journal, dead);
            assertThat(journal.stats().bytes()).isLessThanOrEqualTo(JournalSetting.LEAST_BYTES);
        }
    }

    @Test
    void oneThatIsFullWhenItIsOpenedTakesTheEndsOfItsEvents() {
        List<Long> calls = new ArrayList<>();
        List<Long> dead = new ArrayList<>();
        try (Journal journal = open()) {
            fill(journal, new Random(7), 60_000, calls, dead);
        }

        answerAll(calls, 500, dead);
    }

    /** Each start begins a segment; what that takes must not add up until nothing fits any more. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneThatIsFullBearsRestartsBetweenLargeAnswers(boolean sync) {
        List<Long> calls = new ArrayList<>();
        List<Long> dead = new ArrayList<>();
        try (Journal journal = open(JournalSetting.LEAST_BYTES, sync)) {
            fill(journal, new Random(7), 120_000, calls, dead);
        }

        int answered = 0;
        while (answered < calls.size()) {
            try (Journal journal = open(JournalSetting.LEAST_BYTES, sync)) {
                for (int i = 0; i < 10 && answered < calls.size(); i++) {
                    answer(journal, calls.get(answered++), 200_000);
                }
            }
        }

        try (Journal journal = open()) {
            assertLeft(journal, dead);
            assertThat(journal.stats().bytes()).isLessThanOrEqualTo(JournalSetting.LEAST_BYTES);
        }
    }

    /** What is not done for long lies in the oldest segments, whose removal alone gains nothing. */
    @ParameterizedTest
    @ValueSource(ints = {500, 60_000})
    void answersFindAndLeaveRoomBehindOldDeadLetters(int bytes) {
        Random random = new Random(7);
        List<Long> calls = new ArrayList<>();
        List<Long> dead = new ArrayList<>();
        try (Journal journal = open()) {
            while (numbers < 90) {
                long number = ++numbers;
                RecordedEvent event = Samples.event("x".repeat(1 + random.nextInt(60_000)));
                Receipts.kept(journal, Entry.deadLetter(Samples.id(number), now.get(), FUNCTION, event, Tries.NONE));
                dead.add(number);
            }
            fill(journal, random, 60_000, calls, dead);
        }

        answerAll(calls, bytes, dead);
    }

    @Test
    void oneWhoseLimitWasLoweredBelowWhatIsLivingShrinksAsThatEnds() {
        List<Long> calls = new ArrayList<>();
        List<Long> dead = new ArrayList<>();
        try (Journal journal = open(3 * JournalSetting.LEAST_BYTES, false)) {
            fill(journal, new Random(7), 60_000, calls, dead);
        }

        answerAll(calls, 500, dead);

        try (Journal journal = open()) {
            fill(journal, new Random(7), 60_000, calls, dead);
            assertThat(journal.stats().bytes()).isLessThanOrEqualTo(JournalSetting.LEAST_BYTES);
        }
    }

    @Test
    void anAnswerThatIsLargerThanAllIsKeptAndGoesWhenItsRoomIsNeeded() {
        List<Long> calls = new ArrayList<>();
        List<Long> dead = new ArrayList<>();
        try (Journal journal = open()) {
            fill(journal, new Random(7), 60_000, calls, dead);

            answer(journal, calls.getFirst(), (int) JournalSetting.LEAST_BYTES);
            for (long call : calls.subList(1, calls.size())) {
                answer(journal, call, 500);
            }

            assertLeft(journal, dead);
            assertThat(journal.stats().bytes()).isLessThanOrEqualTo(JournalSetting.LEAST_BYTES);
        }
    }
}
