package io.nucleon.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EntryCodingTest {

    @Property(tries = 300)
    void whatIsEncodedIsDecodedTheSame(@ForAll("entries") Entry entry) {
        EntryEncoder encoder = new EntryEncoder();

        encoder.encode(entry);
        ByteBuffer bytes = ByteBuffer.wrap(encoder.bytes(), 0, encoder.length());

        assertThat(EntryDecoder.entry(bytes)).contains(entry);
        assertThat(EntryDecoder.head(bytes))
                .contains(new EntryDecoder.Head(entry.kind(), entry.id(), entry.timeNanos()));
    }

    @Property(tries = 300)
    void whatIsCutOffIsNoEntry(@ForAll("entries") Entry entry, @ForAll int cut) {
        EntryEncoder encoder = new EntryEncoder();
        encoder.encode(entry);
        int length = Math.floorMod(cut, encoder.length());

        assertThat(EntryDecoder.entry(ByteBuffer.wrap(encoder.bytes(), 0, length)))
                .isEmpty();
    }

    @Property(tries = 1000)
    void anyBytesAreReadWithoutAnException(@ForAll("entries") Entry entry, @ForAll byte[] noise, @ForAll int at) {
        EntryEncoder encoder = new EntryEncoder();
        encoder.encode(entry);
        byte[] bytes = Arrays.copyOf(encoder.bytes(), encoder.length());
        for (int i = 0; i < noise.length && i < 64; i++) {
            bytes[Math.floorMod(at + i, bytes.length)] = noise[i];
        }

        assertThat(EntryDecoder.entry(ByteBuffer.wrap(bytes)))
                .satisfiesAnyOf(
                        decoded -> assertThat(decoded).isPresent(),
                        decoded -> assertThat(decoded).isEmpty());
    }

    /** Half a pair has no UTF-8 form. */
    private static boolean hasUtf8(String text) {
        return java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    @Provide
    Arbitrary<Entry> entries() {
        Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(20).filter(EntryCodingTest::hasUtf8);
        Arbitrary<List<String>> pairs = Combinators.combine(texts, texts)
                .as((name, value) -> List.of(name, value))
                .list()
                .ofMaxSize(4)
                .map(list -> list.stream().flatMap(List::stream).toList());
        Arbitrary<byte[]> bodies = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        Arbitrary<Integer> shards = Arbitraries.integers();
        Arbitrary<Long> numbers = Arbitraries.longs();
        Arbitrary<RecordedEvent> events = Combinators.combine(texts, texts, pairs, pairs, bodies, shards, numbers)
                .as((one, other, extra, headers, body, shard, number) -> new RecordedEvent(
                        one,
                        other,
                        one,
                        number,
                        other,
                        one,
                        other,
                        one,
                        other,
                        shard,
                        number,
                        extra,
                        headers,
                        ByteBuffer.wrap(body),
                        shard > 0));
        Arbitrary<RecordedAnswer> answers = Combinators.combine(texts, pairs, bodies, shards, numbers)
                .as((text, headers, body, status, number) ->
                        new RecordedAnswer(text, status, text, headers, ByteBuffer.wrap(body), number, text, text));
        Arbitrary<Tries> tries = Combinators.combine(texts, shards, numbers)
                .as((text, attempts, number) -> new Tries(text, text, attempts, attempts, number, number, number));
        return Combinators.combine(
                        Arbitraries.of(EntryKind.class),
                        Arbitraries.longs().greaterOrEqual(0),
                        numbers,
                        texts,
                        events.optional(),
                        answers.optional(),
                        tries)
                .as((kind, number, time, function, event, answer, tried) ->
                        new Entry(kind, Samples.id(number), time, function, event, answer, tried));
    }

    @Example
    void textsThatUnicodeCannotSayBecomeQuestionMarks() {
        Entry entry = Entry.resolved(Samples.id(1), 1, "half \ud800 a pair", "done");
        EntryEncoder encoder = new EntryEncoder();

        encoder.encode(entry);

        Optional<Entry> decoded = EntryDecoder.entry(ByteBuffer.wrap(encoder.bytes(), 0, encoder.length()));
        assertThat(decoded.orElseThrow().function()).isEqualTo("half ? a pair");
    }
}
