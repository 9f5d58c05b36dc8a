package io.nucleon.cli;

import static io.nucleon.cli.HostLines.ACKED;
import static io.nucleon.cli.HostLines.ID;
import static io.nucleon.cli.HostLines.SENT;
import static io.nucleon.cli.HostLines.STORED;
import static io.nucleon.cli.HostLines.end;
import static io.nucleon.cli.HostLines.raised;
import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.host.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transcripts of {@code replay} with a function that runs. */
@Timeout(60)
class ReplayTest extends SentEventsTest {

    private static String line(String id, String total) {
        return "{\"id\":\"" + id
                + "\",\"function\":\"orders\",\"trigger\":\"stream\",\"triggerKind\":\"kafka-cluster\","
                + "\"source\":\"kafka orders-topic/0@433\",\"time\":\"2026-01-31T12:00:00Z\",\"topic\":\"orders-topic\","
                + "\"partition\":0,\"offset\":433,\"headers\":{},\"body\":\"{}\",\"answer\":{\"outcome\":\"responded\","
                + "\"status\":200,\"contentType\":\"application/json\",\"headers\":{},\"body\":\"{\\\"stored\\\":"
                + total
                + "}\"}}\n";
    }

    @Test
    void replayComparesAnswers() throws IOException, InterruptedException {
        Files.writeString(home.resolve("monday.ndjson"), line(ID, "42") + line(ID, "\\\"42\\\"") + line(ID, "42"));
        control.answers(SENT + STORED + ACKED)
                .answers(SENT + STORED + ACKED)
                .answers(SENT + raised(1) + end("dead-lettered", "dead-lettered, would ack"));

        Transcript transcript = run("replay", "monday.ndjson", "orders", "--diff");

        assertThat(transcript.toString().replaceAll("\\d+\\.\\d s", "N s")).isEqualTo("""
                        same 1 · different 1 · failed 1
                          #2  kafka orders-topic/0@433  $.stored   "42" -> 42
                          #3  kafka orders-topic/0@433  200 -> KeyError: 'price' main.py:21      nucleon replay monday.ndjson orders --only 3
                        replay  3/3  N s
                        exit 99
                        """);
        Map<String, Object> asked = asked();
        assertThat(asked.get("trigger")).isEqualTo("stream");
        assertThat(JsonTree.at(asked, "events.headers.X-Nucleon-Replay-Of")).contains(ID);
        assertThat(JsonTree.at(asked, "events.time")).contains("2026-01-31T12:00:00Z");
    }

    @Test
    void aTerminalSeesAFullBarAndDifferencesBelowEachOther() throws IOException {
        String refund = line(ID, "42").replace("\"source\":\"kafka orders-topic/0@433\"", "\"source\":\"POST /\"");
        Files.writeString(home.resolve("monday.ndjson"), line(ID, "41") + refund.replace("200", "204"));
        control.answers(SENT + STORED + ACKED).answers(SENT + STORED + ACKED);

        Transcript transcript =
                Transcript.in(home).typed().with("NO_COLOR", "1").run("replay", "monday.ndjson", "--diff");

        assertThat(transcript.err().replaceAll("\\d+\\.\\d s", "N s").replaceAll(".*\u001b\\[K", ""))
                .isEqualTo("replay  ━━━━━━━━━━━━━━━━━━━━  2/2  N s\n");
        assertThat(transcript.out()).isEqualTo("""
                        same 0 · different 2 · failed 0
                          #1  kafka orders-topic/0@433  $.stored   41 -> 42
                          #2  POST /                    status     204 -> 200
                        """);
    }

    @Test
    void replayWithoutDiffTellsEachOutcome() throws IOException {
        Files.writeString(home.resolve("monday.ndjson"), line(ID, "42") + line(ID, "42"));
        control.answers(SENT + STORED + ACKED)
                .answers(SENT + raised(1) + end("dead-lettered", "dead-lettered, would ack"));

        assertThat(run("replay", "monday.ndjson")).hasToString("""
                        2TSWY4R2  kafka orders-topic/0@433  done
                        2TSWY4R2  kafka orders-topic/0@433  KeyError: 'price' main.py:21
                        done 1 · failed 1
                        exit 1
                        """);
    }

    @Test
    void anEventThatTheHostRefusesIsAFailureOfIts() throws IOException {
        Files.writeString(home.resolve("monday.ndjson"), line(ID, "42") + line(ID, "42"));
        control.answers("{\"error\":{\"code\":\"NUC-8010\",\"title\":\"no trigger\",\"why\":\"gone\",\"fix\":[]}}")
                .answers(SENT + STORED + ACKED);

        assertThat(run("replay", "monday.ndjson")).hasToString("""
                        2TSWY4R2  kafka orders-topic/0@433  no trigger: gone
                        2TSWY4R2  kafka orders-topic/0@433  done
                        done 1 · failed 1
                        exit 1
                        """);
    }

    private Transcript editing(String editor, String... words) {
        return Transcript.in(home).with("EDITOR", editor).run(words);
    }

    @Test
    void editedEventsAreSentAsTheEditorLeavesThem() throws IOException, InterruptedException {
        Files.writeString(
                home.resolve("one.ndjson"),
                line(ID, "42").replace("\"body\":\"{}\"", "\"body\":\"{ \\\"id\\\": 7 }\""));
        control.answers(SENT + STORED + ACKED).answers(SENT + STORED + ACKED);

        assertThat(editing("sed -i 's/\"id\": 7/\"id\": 8/'", "replay", "one.ndjson", "--edit")
                        .exit())
                .isZero();
        Map<String, Object> asked = asked();
        assertThat(JsonTree.at(asked, "events.body")).contains("{\"id\":8}");
        assertThat(JsonTree.at(asked, "events.headers.X-Nucleon-Replay-Of")).contains(ID);

        assertThat(editing("sed -i s/orders-topic/other-topic/", "replay", "one.ndjson", "--edit")
                        .out())
                .isEqualTo("2TSWY4R2  kafka other-topic/0@433  done\n");
        assertThat(JsonTree.at(asked(), "events.body")).as("nobody touched it").contains("{ \"id\": 7 }");
    }

    @Test
    void ofSeveralEventsTheEditorMayLeaveSomeOrNone() throws IOException {
        Files.writeString(home.resolve("two.ndjson"), line(ID, "42") + line(ID, "43"));
        control.answers(SENT + STORED + ACKED);

        assertThat(editing("sed -i 2d", "replay", "two.ndjson", "--edit"))
                .hasToString("2TSWY4R2  kafka orders-topic/0@433  done\ndone 1 · failed 0\nexit 0\n");
        assertThat(editing("truncate -s 0", "replay", "two.ndjson", "--edit"))
                .hasToString("done 0 · failed 0\nexit 0\n");
    }

    @Test
    void whatAnEditorSpoilsIsKeptAndNothingIsSent() throws IOException {
        Files.writeString(home.resolve("two.ndjson"), line(ID, "42") + line(ID, "43"));

        Transcript spoilt = editing("sed -i s/^./x/", "replay", "two.ndjson", "--edit");
        assertThat(spoilt.err()).startsWith("error[NUC-8024]: no events can be read from ");
        assertThat(spoilt.err()).contains("  why   line 1 is no JSON object; nothing was sent\n", "nucleon replay /");
        assertThat(removeNamedIn(spoilt)).contains("x\"id\"");
        Transcript failed = editing("false", "replay", "two.ndjson", "--edit");
        assertThat(failed.err()).startsWith("error[NUC-8006]").contains("false ended with exit code 1");
        assertThat(removeNamedIn(failed)).contains("orders-topic");
    }

    private static String removeNamedIn(Transcript transcript) throws IOException {
        Path file = Path.of(transcript.err().lines().findFirst().orElseThrow().replaceFirst(".* be read from ", ""));
        String text = Files.readString(file);
        Files.delete(file);
        return text;
    }

    @Test
    void editingNeedsAnEditor() throws IOException {
        Files.writeString(home.resolve("one.ndjson"), line(ID, "42"));

        assertThat(run("replay", "one.ndjson", "--edit").err()).startsWith("error[NUC-8001]: --edit needs an editor\n");
        assertThat(run("replay", "one.ndjson", "--edit", "--no-input").exit()).isEqualTo(2);
    }

    @Test
    void aDeployedFunctionGetsEventsOnlyWhenThatIsAgreedTo() throws IOException, InterruptedException {
        Files.writeString(home.resolve("one.ndjson"), line(ID, "42"));
        assertThat(run("replay", "one.ndjson", "--to", "platform")).hasToString("""
                        error[NUC-8002]: no deployed function 'orders' runs here
                          why   what runs here under that name is what nucleon run serves
                          do    deploy it: nucleon deploy PATH
                                nucleon explain NUC-8002
                        exit 6
                        """);
        control.close();
        control = new ScriptedControl("orders", home, true);
        control.answers(SENT + STORED + ACKED);

        assertThat(run("replay", "one.ndjson")).hasToString("""
                        error[NUC-8002]: function 'orders' does not run here but as a deployed one
                          why   nothing is sent there again unless that is asked for
                          do    start it: nucleon run PATH    or send to the deployed one: --to platform
                                nucleon explain NUC-8002
                        exit 6
                        """);
        Transcript piped = run("replay", "one.ndjson", "--to", "platform");
        assertThat(piped.err())
                .startsWith("error[NUC-8001]: --to can't be 'platform'\n  why   it would send 1 event to the deployed "
                        + "function 'orders', and nobody is there to be asked\n");
        assertThat(piped.exit()).isEqualTo(2);
        Transcript declined =
                Transcript.in(home).typed().with("NO_COLOR", "1").run("replay", "one.ndjson", "--to", "platform");
        assertThat(declined)
                .hasToString("send 1 event to the deployed function 'orders'? [y/N] nothing was sent\nexit 0\n");
        assertThat(run("replay", "one.ndjson", "--to", "platform", "--yes")).hasToString("""
                        2TSWY4R2  kafka orders-topic/0@433  done
                        sending 1 event to the deployed function 'orders'
                        done 1 · failed 0
                        exit 0
                        """);
        assertThat(JsonTree.at(asked(), "events.offset").map(JsonTree::text)).contains("433");
    }
}
