package io.nucleon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.error.ErrorMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    private static DeadLetter letter(int attempts, int crashes) {
        TestRecord event = new TestRecord(0, "poison", 0, List.of());
        return new DeadLetter("01J9Y0B3", event, "t", "NUC-4030", "KeyError: 'price'", attempts, 5, crashes, 1, 2);
    }

    @Test
    void leadsToTheJournalOnlyIfItIsThere() {
        ErrorMessage inJournal = letter(5, 0).notice("orders", "dead-lettered", "");
        ErrorMessage elsewhere = letter(5, 0).notice("orders", "rejected", "it is in its queue again");

        assertThat(inJournal.what()).isEqualTo("event 01J9Y0B3 is dead-lettered after 5 tries: KeyError: 'price'");
        assertThat(inJournal.why()).isEmpty();
        assertThat(inJournal.fix()).containsExactly("nucleon events dead list orders");
        assertThat(elsewhere.what()).startsWith("event 01J9Y0B3 is rejected after 5 tries");
        assertThat(elsewhere.why()).isEqualTo("it is in its queue again");
        assertThat(elsewhere.fix()).isEmpty();
    }

    @Test
    void countsTheWorkersThatDied() {
        assertThat(letter(1, 3).notice("orders", "dead-lettered", "it is with topic 'dead'"))
                .satisfies(notice -> assertThat(notice.what()).contains("after 1 try:"))
                .satisfies(notice ->
                        assertThat(notice.why()).isEqualTo("3 workers died with it; it is with topic 'dead'"));
    }
}
