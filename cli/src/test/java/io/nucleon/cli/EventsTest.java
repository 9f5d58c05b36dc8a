package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.journal.Entry;
import io.nucleon.journal.Journal;
import io.nucleon.journal.JournalReader;
import io.nucleon.journal.JournalSetting;
import io.nucleon.journal.RecordedEvent;
import io.nucleon.journal.Tries;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transcripts of {@code events dead} and {@code replay} with the journal of a function that does not run. */
class EventsTest {

    private static final String ONE = "2TSWY4R20000K8Q5ZJ0V3E1M7B";
    private static final String TWO = "2TSWY4R30000K8Q5ZJ0V3E1M7B";
    private static final long FIRST = 1_764_000_000_000_000_000L;

    @TempDir
    Path home;

    @BeforeEach
    void makeJournal() {
        JournalSetting setting = new JournalSetting(folder(), 1 << 30, Duration.ofDays(36_500), false, List.of());
        try (Journal journal = Journal.open(setting, () -> FIRST)) {
            journal.append(letter(ONE, "{\"id\":7}"), failure -> {});
            journal.append(letter(TWO, "second"), failure -> {});
        }
    }

    private Path folder() {
        return home.resolve(".local/state/nucleon/journal/orders");
    }

    private static Entry letter(String id, String body) {
        RecordedEvent event = new RecordedEvent(
                "stream",
                "kafka-cluster",
                "async",
                FIRST,
                "",
                "",
                "",
                "application/json",
                "source-7",
                2,
                88,
                List.of("topic", "orders-topic"),
                List.of("Key", "eu", "Authorization", "Bearer x"),
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
                false);
        Tries tries = new Tries("NUC-4030", "KeyError: 'price' main.py:21", 5, 1, FIRST, FIRST + 9_000_000_000L, 0);
        return Entry.deadLetter(id, FIRST, "orders", event, tries);
    }

    private Transcript run(String... words) {
        return Transcript.in(home).run(words);
    }

    @Test
    void listsDeadLetters() {
        assertThat(run("events", "dead", "list", "orders"))
                .hasToString("EVENT\tSOURCE\tTRIES\tFIRST FAILED\tERROR\n"
                        + ONE
                        + "\tkafka-cluster orders-topic/2@88\t5\t2025-11-24T16:00:00Z\tKeyError: 'price' main.py:21\n"
                        + TWO
                        + "\tkafka-cluster orders-topic/2@88\t5\t2025-11-24T16:00:00Z\tKeyError: 'price' main.py:21\n"
                        + "exit 0\n");
        assertThat(Transcript.in(home)
                        .typed()
                        .run("events", "dead", "list", "orders", "--no-header")
                        .out())
                .startsWith("2TSWY4R2  kafka-cluster orders-topic/2@88  5  ");
        assertThat(run("events", "dead", "list", "orders", "-o", "name"))
                .hasToString("event/" + ONE + "\nevent/" + TWO + "\nexit 0\n");
        assertThat(run("events", "dead", "list", "other")).hasToString("no dead letters of other\nexit 0\n");
    }

    @Test
    void showsOne() {
        assertThat(run("events", "dead", "show", "orders", "2TSWY4R2"))
                .hasToString("{\"apiVersion\":\"v1\",\"kind\":\"event\",\"id\":\"" + ONE
                        + "\",\"trigger\":\"stream\",\"source\":\"kafka-cluster orders-topic/2@88\",\"attempts\":5,"
                        + "\"crashes\":1,\"firstFailed\":\"2025-11-24T16:00:00Z\",\"lastFailed\":\"2025-11-24T16:00:09Z\","
                        + "\"code\":\"NUC-4030\",\"error\":\"KeyError: 'price' main.py:21\",\"method\":\"\",\"path\":\"\","
                        + "\"query\":\"\",\"contentType\":\"application/json\",\"sourceId\":\"source-7\","
                        + "\"time\":\"2025-11-24T16:00:00Z\",\"headers\":{\"Key\":\"eu\",\"Authorization\":\"****\"},"
                        + "\"body\":\"{\\\"id\\\":7}\"}\nexit 0\n");
        assertThat(run("events", "dead", "show", "orders", "01J9Z7A1").exit()).isEqualTo(6);
        assertThat(run("events", "dead", "show", "orders", "01J9Z7A1").err())
                .startsWith("error[NUC-3021]: no recorded event 01J9Z7A1\n");
    }

    @Test
    void discardsByNameOrAll() {
        assertThat(run("events", "dead", "discard", "orders", "2TSWY4R2")).hasToString("discarded 1 event\nexit 0\n");
        assertThat(run("events", "dead", "list", "orders", "-o", "name")).hasToString("event/" + TWO + "\nexit 0\n");

        assertThat(run("events", "dead", "discard", "orders").exit()).isEqualTo(2);
        assertThat(run("events", "dead", "discard", "orders", "--all")).hasToString("discarded 1 event\nexit 0\n");
        assertThat(JournalReader.of(folder()).living()).isEmpty();
    }

    @Test
    void replayTellsWhatItWouldSendAndWantsTheFunction() {
        assertThat(run("replay", "orders", "--dead", "--dry-run")).hasToString("""
                        2TSWY4R2  kafka-cluster orders-topic/2@88  would be sent
                        2TSWY4R3  kafka-cluster orders-topic/2@88  would be sent
                        2 would be sent
                        exit 0
                        """);
        assertThat(run("replay", "orders", "--dead")).hasToString("""
                        error[NUC-8002]: function 'orders' does not run here
                          why   2 events wait to be sent again
                          do    start it: nucleon run PATH
                                nucleon explain NUC-8002
                        exit 6
                        """);
        assertThat(run("replay", "orders").exit()).isEqualTo(2);
        assertThat(run("replay", "orders", "--dead", "--event", ONE).exit()).isEqualTo(2);
    }

    @Test
    void saysWhatTheWordsShouldHaveBeen() {
        assertThat(run("events", "live").exit()).isEqualTo(2);
        assertThat(run("events", "dead", "dance", "orders").exit()).isEqualTo(2);
        assertThat(run("events", "dead", "list", "../up").exit()).isEqualTo(2);
    }
}
