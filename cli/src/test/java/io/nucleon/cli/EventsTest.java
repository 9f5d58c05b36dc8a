package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.host.JsonReader;
import io.nucleon.host.UserFolders;
import io.nucleon.journal.Entry;
import io.nucleon.journal.Journal;
import io.nucleon.journal.JournalReader;
import io.nucleon.journal.JournalSetting;
import io.nucleon.journal.RecordedAnswer;
import io.nucleon.journal.RecordedEvent;
import io.nucleon.journal.Tries;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transcripts of {@code events} and {@code replay} with the journal of a function that does not run. */
class EventsTest {

    private static final String ONE = "2TSWY4R20000K8Q5ZJ0V3E1M7B";
    private static final String TWO = "2TSWY4R30000K8Q5ZJ0V3E1M7B";
    private static final String THREE = "2TSWY4R40000K8Q5ZJ0V3E1M7B";
    private static final String FOUR = "2TSWY4R50000K8Q5ZJ0V3E1M7B";
    /** Later than the time in the ids. */
    private static final long WRITTEN = 1_900_000_000_000_000_000L;

    private static final long FIRST = 1_764_000_000_000_000_000L;

    @TempDir
    Path home;

    @BeforeEach
    void makeJournal() {
        JournalSetting setting = new JournalSetting(folder(), 1 << 30, Duration.ofDays(36_500), false, List.of());
        try (Journal journal = Journal.open(setting, () -> WRITTEN)) {
            journal.append(letter(ONE, "{\"id\":7}"), failure -> {});
            journal.append(letter(TWO, "second"), failure -> {});
            journal.append(captured(THREE, 201, ""), failure -> {});
            journal.append(captured(FOUR, 500, "KeyError: 'price' main.py:21"), failure -> {});
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
        Tries tries = new Tries("NUC-4030", "KeyError: 'price' main.py:21", 5, 1, FIRST, FIRST + 9_000_000_000L, 0, 5);
        return Entry.deadLetter(id, FIRST, "orders", event, tries);
    }

    static Entry captured(String id, int status, String reason) {
        RecordedEvent event = new RecordedEvent(
                "web",
                "http",
                "sync",
                FIRST,
                "POST",
                "/refund",
                "",
                "",
                "",
                -1,
                0,
                List.of(),
                List.of("Tenant", "eu"),
                ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)),
                false);
        boolean failed = !reason.isEmpty();
        RecordedAnswer answer = new RecordedAnswer(
                failed ? "failed" : "responded",
                status,
                "application/json",
                List.of(),
                ByteBuffer.wrap("{\"total\":\"12.50\"}".getBytes(StandardCharsets.UTF_8)),
                350_000,
                failed ? "NUC-4030" : "",
                reason);
        return Entry.captured(id, FIRST, "orders", event, answer);
    }

    private Transcript run(String... words) {
        return Transcript.in(home).run(words);
    }

    @Test
    void listsDeadLetters() {
        assertThat(run("events", "dead", "list", "orders"))
                .hasToString("EVENT\tSOURCE\tTRIES\tFIRST FAILED\tERROR\n"
                        + ONE
                        + "\tkafka orders-topic/2@88\t5/5\t2025-11-24T16:00:00Z\tKeyError: 'price' main.py:21\n"
                        + TWO
                        + "\tkafka orders-topic/2@88\t5/5\t2025-11-24T16:00:00Z\tKeyError: 'price' main.py:21\n"
                        + "exit 0\n");
        assertThat(Transcript.in(home)
                        .typed()
                        .run("events", "dead", "list", "orders", "--no-header")
                        .out())
                .startsWith("2TSWY4R2  kafka orders-topic/2@88  5/5  ");
        assertThat(run("events", "dead", "list", "orders", "-o", "name"))
                .hasToString("event/" + ONE + "\nevent/" + TWO + "\nexit 0\n");
        assertThat(run("events", "dead", "list", "other")).hasToString("no dead letters of other\nexit 0\n");
    }

    @Test
    void showsOne() {
        assertThat(run("events", "dead", "show", "orders", "2TSWY4R2"))
                .hasToString("{\"apiVersion\":\"v1\",\"kind\":\"event\",\"id\":\"" + ONE
                        + "\",\"function\":\"orders\",\"attempts\":5,\"crashes\":1,"
                        + "\"firstFailed\":\"2025-11-24T16:00:00Z\",\"lastFailed\":\"2025-11-24T16:00:09Z\","
                        + "\"code\":\"NUC-4030\",\"error\":\"KeyError: 'price' main.py:21\","
                        + "\"trigger\":\"stream\",\"triggerKind\":\"kafka-cluster\","
                        + "\"source\":\"kafka orders-topic/2@88\",\"time\":\"2025-11-24T16:00:00Z\","
                        + "\"method\":\"\",\"path\":\"\",\"query\":\"\",\"contentType\":\"application/json\","
                        + "\"sourceId\":\"source-7\",\"topic\":\"orders-topic\",\"partition\":2,\"offset\":88,"
                        + "\"headers\":{\"Key\":\"eu\",\"Authorization\":\"****\"},"
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
                        2TSWY4R2  kafka orders-topic/2@88  would be sent
                        2TSWY4R3  kafka orders-topic/2@88  would be sent
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
        assertThat(run("replay").exit()).isEqualTo(2);
        assertThat(run("replay", "orders", "--dead", "--event", ONE).exit()).isEqualTo(2);
    }

    @Test
    void aDeadLetterIsNoneAnyMoreWhenWhatWasMadeOfItIsDone() throws Exception {
        try (ScriptedControl control = new ScriptedControl("orders", home)) {
            String id = FOUR;
            control.answers("{\"kind\":\"sent\",\"id\":\"" + id + "\",\"source\":\"kafka\",\"of\":1}\n"
                            + "{\"kind\":\"end\",\"id\":\"" + id
                            + "\",\"state\":\"ok\",\"tries\":1,\"ack\":\"would ack\"}")
                    .answers("discarded");

            Transcript transcript = Transcript.in(home)
                    .with("EDITOR", "sed -i 's/\"id\": 7/\"id\": 8/'")
                    .run("replay", "orders", "--event", ONE, "--edit");

            assertThat(transcript).hasToString("2TSWY4R2  kafka orders-topic/2@88  done\ndone 1 · failed 0\nexit 0\n");
            assertThat(control.question()).contains("\"body\":\"{\\\"id\\\":8}\"", "X-Nucleon-Replay-Of");
            assertThat(control.question()).isEqualTo("discard " + ONE);
        }
    }

    @Test
    void listsAndShowsWhatIsRecorded() {
        assertThat(run("events", "list", "orders"))
                .hasToString("EVENT\tTIME\tSOURCE\tSTATE\tSTATUS\tHANDLER\tERROR\n"
                        + ONE + "\t2025-11-24T16:00:00Z\tkafka orders-topic/2@88\tdead-lettered\t-\t-\t"
                        + "KeyError: 'price' main.py:21\n"
                        + TWO + "\t2025-11-24T16:00:00Z\tkafka orders-topic/2@88\tdead-lettered\t-\t-\t"
                        + "KeyError: 'price' main.py:21\n"
                        + THREE + "\t2025-11-24T16:00:00Z\tPOST /refund\tok\t201\t0.35 ms\t\n"
                        + FOUR + "\t2025-11-24T16:00:00Z\tPOST /refund\tfailed\t500\t0.35 ms\t"
                        + "KeyError: 'price' main.py:21\n"
                        + "exit 0\n");
        assertThat(run("events", "list", "orders", "--failed", "--kind", "http", "-o", "name"))
                .hasToString("event/" + FOUR + "\nexit 0\n");
        assertThat(run("events", "list", "orders", "--since", "1h", "-o", "name"))
                .hasToString("exit 0\n");
        assertThat(run("events", "list", "other"))
                .hasToString("no recorded events of other; nucleon run PATH --record journal keeps all\nexit 0\n");
        assertThat(run("events", "list", "other", "--journal", folder().toString(), "--kind", "kafka", "-o", "name"))
                .hasToString("event/" + ONE + "\nevent/" + TWO + "\nexit 0\n");
        assertThat(run("events", "show", "orders", THREE.substring(0, 8)).out())
                .startsWith("{\"apiVersion\":\"v1\",\"kind\":\"event\",\"id\":\"" + THREE + "\"")
                .contains("\"answer\":{\"outcome\":\"responded\",\"status\":201");
    }

    @Test
    void findsAJournalThatThePlatformPutsElsewhere() throws IOException {
        Path elsewhere = home.resolve("volume/orders");
        Files.createDirectories(elsewhere.getParent());
        Files.move(folder(), elsewhere);
        assertThat(run("events", "dead", "list", "orders", "-o", "name")).hasToString("exit 0\n");

        UserFolders.of(Map.of("HOME", home.toString())).journalIsAt("orders", elsewhere);

        assertThat(run("events", "dead", "list", "orders", "-o", "name"))
                .hasToString("event/" + ONE + "\nevent/" + TWO + "\nexit 0\n");
        assertThat(run("replay", "orders", "--event", ONE, "--dry-run").exit()).isZero();
    }

    @Test
    void savesWhatIsRecorded() throws IOException {
        assertThat(run("events", "save", "orders", THREE, FOUR.substring(0, 8), "two.ndjson"))
                .hasToString("saved 2 events to two.ndjson\nexit 0\n");
        assertThat(Files.readAllLines(home.resolve("two.ndjson")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(JsonReader.isJson(line)).isTrue());
        assertThat(run("events", "save", "orders", THREE, "two.ndjson").err())
                .startsWith("error[NUC-8001]: two.ndjson can't be written\n  why   it is there already\n");
        assertThat(run("events", "save", "orders", "--all", "two.ndjson", "--force", "--failed")
                        .err())
                .isEqualTo("saved 3 events to two.ndjson\n");
        assertThat(run("events", "save", "orders", THREE, "-").out()).contains("\"source\":\"POST /refund\"");
        assertThat(run("events", "save", "orders", "01J9Z7A1", "new").exit()).isEqualTo(6);
        assertThat(home.resolve("new")).doesNotExist();
    }

    @Test
    void replayChoosesAmongWhatIsRecorded() {
        assertThat(run("events", "save", "orders", "--all", "all.ndjson").exit())
                .isZero();

        assertThat(run("replay", "orders", "--recorded", "--dry-run")).hasToString("""
                        2TSWY4R4  POST /refund  would be sent
                        2TSWY4R5  POST /refund  would be sent
                        2 would be sent
                        exit 0
                        """);
        assertThat(run("replay", "all.ndjson", "--only", "1,4-9", "--dry-run")).hasToString("""
                        2TSWY4R2  kafka orders-topic/2@88  would be sent
                        2TSWY4R5  POST /refund  would be sent
                        2 would be sent
                        exit 0
                        """);
        assertThat(run("replay", "all.ndjson", "--kind", "kafka", "--dry-run").err())
                .isEqualTo("2 would be sent\n");
        assertThat(run("replay", "all.ndjson", "--since", "1h", "--dry-run").err())
                .isEqualTo("0 would be sent\n");
        assertThat(run("replay", "all.ndjson").err())
                .startsWith("error[NUC-8002]: function 'orders' does not run here");
        assertThat(run("replay", "all.ndjson", "--speed", "0x").exit()).isEqualTo(2);
        assertThat(run("replay", "all.ndjson", "--only", "a").exit()).isEqualTo(2);
        assertThat(run("replay", "all.ndjson", "orders", "--dead").exit()).isEqualTo(2);
    }

    @Test
    void withoutANameTheFunctionThatHasSuchEventsIsMeant() throws IOException {
        assertThat(run("replay", "--dead", "--dry-run").err()).isEqualTo("2 would be sent\n");
        assertThat(run("replay", "--event", "2TSWY4R4", "--dry-run").out())
                .isEqualTo("2TSWY4R4  POST /refund  would be sent\n");
        assertThat(run("replay", "--event", "01J9Z7A1", "--dry-run")).hasToString("""
                        error[NUC-3021]: no function has such an event
                          why   the journals of this user were looked through
                          do    see what one keeps: nucleon events list NAME
                                nucleon explain NUC-3021
                        exit 6
                        """);
        Path elsewhere = home.resolve("volume/other");
        JournalSetting setting = new JournalSetting(elsewhere, 1 << 30, Duration.ofDays(36_500), false, List.of());
        try (Journal journal = Journal.open(setting, () -> WRITTEN)) {
            journal.append(letter(ONE, "{}"), failure -> {});
        }
        UserFolders.of(Map.of("HOME", home.toString())).journalIsAt("other", elsewhere);

        assertThat(run("replay", "--dead", "--dry-run").err())
                .startsWith(
                        "error[NUC-8001]: a function has to be named\n  why   these have dead letters: orders, other");
        assertThat(run("replay", "--dead", "--journal", elsewhere.toString()).exit())
                .isEqualTo(2);
    }

    @Test
    void aFileThatHoldsNoEventsIsSaid() throws IOException {
        Files.writeString(home.resolve("bad.ndjson"), "{\"function\":\"orders\"}\nnonsense\n");

        assertThat(run("replay", "bad.ndjson").err()).isEqualTo("""
                        error[NUC-8024]: no events can be read from HOME/bad.ndjson
                          why   line 2 is no JSON object
                          do    see what one looks like: nucleon events show kafka
                                nucleon explain NUC-8024
                        """);
        assertThat(run("replay", "none.ndjson", "orders").exit()).isEqualTo(6);
    }

    @Test
    void saysWhatTheWordsShouldHaveBeen() {
        assertThat(run("events", "live").exit()).isEqualTo(2);
        assertThat(run("events", "show").exit()).isEqualTo(2);
        assertThat(run("events", "send", "kafka")).hasToString("""
                        error[NUC-8002]: no function runs here
                          why   nothing runs on this machine for you
                          do    start one: nucleon run PATH
                                nucleon explain NUC-8002
                        exit 6
                        """);
        assertThat(run("events", "sned", "kafka", "orders").err()).contains("did you mean 'send'?");
        assertThat(run("events", "dead", "dance", "orders").exit()).isEqualTo(2);
        assertThat(run("events", "dead", "list", "../up").err())
                .startsWith("error[NUC-8002]: no function '../up' runs here\n  why   there is no such file or folder");
        assertThat(run("events", "dead", "list", ".up").exit()).isEqualTo(2);
    }
}
