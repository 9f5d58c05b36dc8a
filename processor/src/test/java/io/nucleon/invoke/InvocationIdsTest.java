package io.nucleon.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvocationIdsTest {

    private final ManualClock clock = new ManualClock();
    private final InvocationIds ids = new InvocationIds(clock);

    @Test
    void hasCrockfordsDigitsOnly() {
        assertThat(next()).matches("[0-9A-HJKMNP-TV-Z]{26}");
    }

    @Test
    void staysWhatItWas() {
        Invocation invocation = new Invocation(PlainEvent.of(0, 0), null, ids, clock.nanoTime(), 0);
        String first = invocation.id();

        clock.advance(Duration.ofHours(1));
        next();

        assertThat(invocation.id()).isEqualTo(first);
    }

    @Test
    void sortsByArrival() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            made.add(next());
            clock.advance(Duration.ofNanos(i * 40_000L));
        }

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void itsShortFormIsAnotherOneAMillisecondLater() {
        String first = next();
        clock.advance(Duration.ofMillis(1));

        assertThat(shortened(next())).isNotEqualTo(shortened(first));
    }

    @Test
    void beginsWithTheMillisecondsSince2024() {
        clock.advance(Duration.ofMillis(31)); // the clock began at one second

        assertThat(next()).startsWith("00000107");
    }

    @Test
    void anotherInvokersAreOthers() {
        assertThat(new Invocation(PlainEvent.of(0, 0), null, new InvocationIds(clock), clock.nanoTime(), 0).id())
                .isNotEqualTo(next());
    }

    private String next() {
        return new Invocation(PlainEvent.of(0, 0), null, ids, clock.nanoTime(), 0).id();
    }

    private static String shortened(String id) {
        return id.substring(0, InvocationIds.SHORT_LENGTH);
    }

    @Test
    void theJournalReadsThem() {
        InvocationIds ids = new InvocationIds(Clock.system());
        long now = Clock.system().nanoTime();

        String id = ids.make(now);

        assertThat(io.nucleon.journal.InvocationId.isOne(id)).isTrue();
        assertThat(io.nucleon.journal.InvocationId.millis(id))
                .isEqualTo(Clock.system().wallNanosAt(now) / 1_000_000);
        assertThat(ids.make(now)).isGreaterThan(id);
    }
}
