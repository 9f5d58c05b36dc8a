package io.nucleon.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class EntryCodingTest {

    @Test
    void whatIsEncodedIsDecodedTheSame() {
        tries(300, (seed, random) -> {
            Entry entry = entry(random);
            EntryEncoder encoder = new EntryEncoder();

            encoder.encode(entry);
            ByteBuffer bytes = ByteBuffer.wrap(encoder.bytes(), 0, encoder.length());

            assertThat(EntryDecoder.entry(bytes)).as("seed %d", seed).contains(entry);
            assertThat(EntryDecoder.head(bytes))
                    .as("seed %d", seed)
                    .contains(new EntryDecoder.Head(entry.kind(), entry.id(), entry.timeNanos()));
        });
    }

    @Test
    void whatIsCutOffIsNoEntry() {
        tries(300, (seed, random) -> {
            EntryEncoder encoder = new EntryEncoder();
            encoder.encode(entry(random));
            int length = random.nextInt(encoder.length());

            assertThat(EntryDecoder.entry(ByteBuffer.wrap(encoder.bytes(), 0, length)))
                    .as("seed %d", seed)
                    .isEmpty();
        });
    }

    @Test
    void anyBytesAreReadWithoutAnException() {
        tries(1000, (seed, random) -> {
            EntryEncoder encoder = new EntryEncoder();
            encoder.encode(entry(random));
            byte[] bytes = Arrays.copyOf(encoder.bytes(), encoder.length());
            int at = random.nextInt(bytes.length);
            for (int i = random.nextInt(64); i > 0; i--) {
                bytes[(at + i) % bytes.length] = (byte) random.nextInt();
            }

            assertThat(EntryDecoder.entry(ByteBuffer.wrap(bytes)))
                    .as("seed %d", seed)
                    .satisfiesAnyOf(
                            decoded -> assertThat(decoded).isPresent(),
                            decoded -> assertThat(decoded).isEmpty());
        });
    }

    /** Each try has a seed of its own, so that one that fails can be run alone. */
    private static void tries(int count, BiConsumer<Long, SplittableRandom> one) {
        long first = System.nanoTime();
        for (long seed = first; seed < first + count; seed++) {
            one.accept(seed, new SplittableRandom(seed));
        }
    }

    @Test
    void triesSayOfHowManyTheyAreIfThatIsKnown() {
        assertThat(new Tries("NUC-4030", "no", 2, 0, 1, 2, 3).shown()).isEqualTo("2");
        assertThat(new Tries("NUC-4030", "no", 5, 0, 1, 2, 3, 5).shown()).isEqualTo("5/5");
    }

    private static Entry entry(SplittableRandom random) {
        EntryKind[] kinds = EntryKind.values();
        int attempts = random.nextInt();
        Tries tries = new Tries(
                text(random),
                text(random),
                attempts,
                attempts,
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextInt());
        return new Entry(
                kinds[random.nextInt(kinds.length)],
                Samples.id(random.nextLong() >>> 1),
                random.nextLong(),
                text(random),
                random.nextBoolean() ? Optional.of(event(random)) : Optional.empty(),
                random.nextBoolean() ? Optional.of(answer(random)) : Optional.empty(),
                tries);
    }

    private static RecordedEvent event(SplittableRandom random) {
        return new RecordedEvent(
                text(random),
                text(random),
                text(random),
                random.nextLong(),
                text(random),
                text(random),
                text(random),
                text(random),
                text(random),
                random.nextInt(),
                random.nextLong(),
                pairs(random),
                pairs(random),
                body(random),
                random.nextBoolean());
    }

    private static RecordedAnswer answer(SplittableRandom random) {
        return new RecordedAnswer(
                text(random),
                random.nextInt(),
                text(random),
                pairs(random),
                body(random),
                random.nextLong(),
                text(random),
                text(random));
    }

    private static List<String> pairs(SplittableRandom random) {
        List<String> pairs = new ArrayList<>();
        for (int i = 2 * random.nextInt(5); i > 0; i--) {
            pairs.add(text(random));
        }
        return pairs;
    }

    private static ByteBuffer body(SplittableRandom random) {
        byte[] body = new byte[random.nextInt(200)];
        random.nextBytes(body);
        return ByteBuffer.wrap(body);
    }

    /** Of code points of every length in UTF-8; half a surrogate pair has no form there. */
    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            int point = random.nextInt(Character.MAX_CODE_POINT >> random.nextInt(21) | 1);
            text.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? '?' : point);
        }
        return text.toString();
    }

    @Test
    void textsThatUnicodeCannotSayBecomeQuestionMarks() {
        Entry entry = Entry.resolved(Samples.id(1), 1, "half \ud800 a pair", "done");
        EntryEncoder encoder = new EntryEncoder();

        encoder.encode(entry);

        Optional<Entry> decoded = EntryDecoder.entry(ByteBuffer.wrap(encoder.bytes(), 0, encoder.length()));
        assertThat(decoded.orElseThrow().function()).isEqualTo("half ? a pair");
    }
}
