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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transcripts of {@code events send} with a function that runs. */
@Timeout(60)
class SendTest extends SentEventsTest {

    @Test
    void showsTheEventTheOutcomeAndTheAck() throws InterruptedException {
        control.answers(SENT + STORED + ACKED);

        assertThat(Transcript.in(home)
                        .typed()
                        .with("NO_COLOR", "1")
                        .run("events", "send", "kafka", "orders", "--set", "value.id=42", "--key", "eu"))
                .hasToString("""
                        sent  kafka orders-topic/0@0  event 2TSWY4R2
                        ok    0.52 ms = queue 0.02 + handler 0.43 + transport 0.07 · would ack
                              {"stored":42}
                        exit 0
                        """);
        Map<String, Object> asked = asked();
        assertThat(asked.get("kinds")).hasToString("[kafka-cluster, kafka]");
        assertThat(JsonTree.at(asked, "from.topic")).contains("{attributes.topics}");
        assertThat(JsonTree.at(asked, "events.headers").map(JsonTree::text)).contains("{\"X-Nucleon-Key\":\"eu\"}");
        assertThat(JsonTree.at(asked, "events.body")).contains("{\"id\":42,\"item\":\"kettle\",\"price\":12.5}");
    }

    @Test
    void showsEachTryAndWhereADeadLetterIs() {
        control.answers(SENT + raised(1) + raised(2) + end("dead-lettered", "dead-lettered, would ack"));

        assertThat(run("events", "send", "kafka", "orders")).hasToString("""
                        sent  kafka orders-topic/0@0  event 2TSWY4R20000K8Q5ZJ0V3E1M7B
                        FAIL  0.52 ms = queue 0.02 + handler 0.43 + transport 0.07 · try 1 of 2 · KeyError: 'price' main.py:21
                        FAIL  0.52 ms = queue 0.02 + handler 0.43 + transport 0.07 · try 2 of 2 · KeyError: 'price' main.py:21
                        dead  dead-lettered, would ack · see nucleon events dead list orders
                        exit 1
                        """);
    }

    @Test
    void aDryRunSaysWhereItWouldGo() throws InterruptedException {
        control.answers(SENT + end("checked", "would go to trigger 'stream'"));

        assertThat(run("events", "send", "kafka", "orders", "--dry-run", "--count", "3"))
                .hasToString("""
                        dry   kafka orders-topic/0@0 × 3 · would go to trigger 'stream', nothing was sent
                        exit 0
                        """);
        assertThat(control.question()).startsWith("check {");

        control.answers(SENT + end("checked", "would go to trigger 'stream'"));
        assertThat(run("events", "send", "kafka", "orders", "--dry-run", "-o", "json")
                        .out())
                .contains("\"state\":\"checked\",\"ack\":\"would go to trigger 'stream'\"");
    }

    @Test
    void saysWhatGoesBackOrIsHeld() {
        control.answers(SENT + end("returned", "would nak"));
        assertThat(run("events", "send", "kafka", "orders", "--timeout", "5s").toString())
                .endsWith("back  would nak\nexit 1\n");

        control.answers(SENT + STORED + "{\"kind\":\"held\",\"id\":\"" + ID + "\"}\n" + ACKED);
        assertThat(run("events", "send", "kafka", "orders").toString())
                .contains(
                        "\nheld  0.52 ms = queue 0.02 + handler 0.43 + transport 0.07 · its handler acks it later\nok  ");
    }

    @Test
    void flagsChangeTheEvent() throws InterruptedException {
        control.answers(SENT + STORED + ACKED);
        run(
                "events",
                "send",
                "rabbitmq",
                "orders",
                "--routing-key",
                "a.b",
                "-b",
                "text",
                "-H",
                "Tenant: eu",
                "--trigger",
                "q");

        Map<String, Object> asked = asked();
        assertThat(asked.get("trigger")).isEqualTo("q");
        assertThat(JsonTree.at(asked, "from.path")).contains("{attributes.exchangeName}/a.b");
        assertThat(JsonTree.at(asked, "events.path")).contains("orders/a.b");
        assertThat(JsonTree.at(asked, "events.body")).contains("text");
        assertThat(JsonTree.at(asked, "events.headers.Tenant")).contains("eu");

        control.answers(SENT + STORED + ACKED);
        run(
                "events",
                "send",
                "kafka",
                "orders",
                "--topic",
                "t",
                "--partition",
                "3",
                "--offset",
                "7",
                "--batch",
                "2",
                "--count",
                "2");
        Map<String, Object> second = asked();
        assertThat(second.get("from")).hasToString("{}");
        assertThat(JsonTree.at(second, "events.1").map(JsonTree::text).orElse(""))
                .startsWith("{\"path\":\"t\",\"topic\":\"t\",\"partition\":3,\"headers\"")
                .contains("\"offset\":7");
    }

    @Test
    void aFileIsSentAsItIs() throws IOException, InterruptedException {
        Files.writeString(
                home.resolve("sample.json"),
                run("events", "show", "kafka", "--set", "value.id=9").out());
        control.answers(SENT + STORED + ACKED);

        assertThat(run("events", "send", "sample.json", "orders").exit()).isZero();

        Map<String, Object> asked = asked();
        assertThat(asked.get("kinds")).hasToString("[kafka-cluster, kafka]");
        assertThat(JsonTree.at(asked, "events.body")).contains("{\"id\":9,\"item\":\"kettle\",\"price\":12.5}");

        Files.writeString(home.resolve("two.ndjson"), "{}\n{}\n");
        assertThat(run("events", "send", "two.ndjson", "orders").err())
                .startsWith("error[NUC-8001]: HOME/two.ndjson holds 2 events\n");
    }

    @Test
    void anEventIsSavedByNameAndSentByIt() throws InterruptedException {
        assertThat(run("events", "saved"))
                .hasToString("no saved events in .nucleon/events; keep one: nucleon events save NAME KIND\nexit 0\n");
        assertThat(run("events", "save", "large", "kafka", "--set", "value.id=9"))
                .hasToString("saved 1 event to .nucleon/events/large.json\nexit 0\n");
        assertThat(run("events", "save", "huge", "large", "--key", "us").exit()).isZero();
        assertThat(run("events", "saved")).hasToString("""
                        NAME\tKIND\tFROM\tFILE
                        huge\tkafka\torders\t.nucleon/events/huge.json
                        large\tkafka\torders\t.nucleon/events/large.json
                        exit 0
                        """);
        assertThat(run("events", "saved", "-o", "name").out()).isEqualTo("event/huge\nevent/large\n");
        assertThat(run("events", "saved", "-o", "json").out())
                .startsWith("{\"apiVersion\":\"v1\",\"kind\":\"events\",\"items\":[{\"name\":\"huge\",\"event\":{")
                .contains("\"triggerKind\":\"kafka-cluster\"");
        assertThat(run("events", "show", "large").out()).contains("\"id\":9");
        control.answers(SENT + STORED + ACKED);

        assertThat(run("events", "send", "huge", "--set", "value.price=1").exit())
                .as("to the only function that runs")
                .isZero();

        Map<String, Object> asked = asked();
        assertThat(JsonTree.at(asked, "events.body")).contains("{\"id\":9,\"item\":\"kettle\",\"price\":1}");
        assertThat(JsonTree.at(asked, "events.headers.X-Nucleon-Key")).contains("us");
    }

    @Test
    void namesOfSavedEventsAreKeptApartFromKindsAndFromEachOther() {
        assertThat(run("events", "save", "kafka", "large")).hasToString("""
                        error[NUC-8011]: there is no kind of event 'large', and none of that name is saved here
                          do    there are: http, cron, kafka, rabbit-mq, nats, natsjetstream, mqtt, kinesis and 5 more
                                nucleon explain NUC-8011
                        exit 6
                        """);
        assertThat(run("events", "save", "kafka", "http").err())
                .startsWith("error[NUC-8001]: events save can't be 'kafka'\n  why   that is a kind of events");
        assertThat(run("events", "save", "../up", "http").exit()).isEqualTo(2);
        assertThat(run("events", "save", "large", "http").exit()).isZero();
        assertThat(run("events", "save", "large", "http").err())
                .startsWith(
                        "error[NUC-8001]: .nucleon/events/large.json can't be written\n  why   it is there already");
        assertThat(run("events", "save", "large", "http", "--force").exit()).isZero();
        assertThat(run("events", "send", "larg", "orders").err()).contains("did you mean 'large'?");
        assertThat(run("events", "saved", "orders").exit()).isEqualTo(2);
    }

    @Test
    void aTriggerIsChosenByItsQueueOrSchedule() throws InterruptedException {
        control.answers(SENT + STORED + ACKED).answers(SENT + STORED + ACKED);

        run("events", "send", "rabbit-mq", "orders", "--queue", "late");
        assertThat(JsonTree.at(asked(), "where").map(JsonTree::text)).contains("{\"late\":[\"attributes.queueName\"]}");
        run("events", "send", "cron", "orders", "--schedule", "0 20 * * *");
        assertThat(JsonTree.at(asked(), "where").map(JsonTree::text))
                .contains("{\"0 20 * * *\":[\"attributes.schedule\",\"attributes.interval\"]}");
        assertThat(run("events", "send", "kafka", "orders", "--queue", "late").exit())
                .isEqualTo(2);
    }

    @Test
    void programsGetAnObjectForEachEvent() {
        control.answers(SENT + STORED + ACKED);

        assertThat(run("events", "send", "kafka", "orders", "-o", "json"))
                .hasToString("{\"apiVersion\":\"v1\",\"kind\":\"sent\",\"event\":\"" + ID
                        + "\",\"source\":\"kafka orders-topic/0@0\",\"state\":\"ok\",\"ack\":\"would ack\",\"tries\":1,"
                        + "\"ms\":{\"total\":0.52,\"queue\":0.02,\"handler\":0.43,\"transport\":0.07},\"worker\":0,"
                        + "\"outcome\":\"responded\",\"status\":200,\"contentType\":\"application/json\",\"headers\":{},"
                        + "\"body\":\"{\\\"stored\\\":42}\",\"handlerMs\":0.0,\"code\":null,\"error\":null}\nexit 0\n");
    }

    @Test
    void theHostsErrorIsTheCommands() {
        control.answers("{\"error\":{\"code\":\"NUC-8010\",\"title\":\"function 'orders' has no mqtt trigger\","
                + "\"why\":\"its triggers: stream (kafka-cluster)\",\"fix\":[\"add one\"]}}");

        assertThat(run("events", "send", "mqtt", "orders")).hasToString("""
                        error[NUC-8010]: function 'orders' has no mqtt trigger
                          why   its triggers: stream (kafka-cluster)
                          do    add one
                                nucleon explain NUC-8010
                        exit 6
                        """);
    }

    @Test
    void aHostThatBreaksOffOrTalksNonsenseIsSaid() {
        control.answers(SENT + STORED.strip());
        assertThat(run("events", "send", "kafka", "orders").exit()).isEqualTo(69);
        control.answers("nonsense");
        assertThat(run("events", "send", "kafka", "orders").err()).startsWith("error[NUC-8008]");
        control.answers(SENT + ACKED.replace(ID, "other"));
        assertThat(run("events", "send", "kafka", "orders").exit()).isEqualTo(69);
    }

    @Test
    void aFunctionThatDoesNotRunIsSaid() {
        assertThat(run("events", "send", "kafka", "nobody").err())
                .startsWith("error[NUC-8002]: function 'nobody' does not run here\n");
        assertThat(run("events", "send", "http", "nobody").exit()).isEqualTo(6);
        assertThat(run("events", "send", "http", "orders")).hasToString("""
                        error[NUC-8010]: function 'orders' has no http trigger
                          why   it takes events of other sources only
                          do    send it one of those: nucleon events send KIND orders
                                nucleon explain NUC-8010
                        exit 6
                        """);
        assertThat(run("events", "send", "kafak", "orders").err()).isEqualTo("""
                        error[NUC-8011]: there is no kind of event 'kafak', and none of that name is saved here
                          do    did you mean 'kafka'?
                                nucleon explain NUC-8011
                        """);
    }

    @Test
    void aTriggerThatIsNamedMustBeThere() throws IOException {
        String triggers = "{\"functions\":[{\"name\":\"bills\",\"triggers\":[{\"name\":\"http\",\"kind\":\"http\"},"
                + "{\"name\":\"incoming\",\"kind\":\"kafka-cluster\"}]}]}";
        try (ServedFunction _ = new ServedFunction("bills", home).page("/functions", triggers)) {
            assertThat(run("events", "send", "kafka", "bills", "--trigger", "incomming"))
                    .hasToString("""
                            error[NUC-8010]: function 'bills' has no trigger 'incomming'
                              why   its triggers: http (http), incoming (kafka-cluster)
                              do    did you mean 'incoming'?
                                    nucleon explain NUC-8010
                            exit 6
                            """);
            assertThat(run("events", "send", "http", "bills", "--trigger", "incoming")
                            .err())
                    .startsWith(
                            "error[NUC-8010]: trigger 'incoming' of function 'bills' takes no event of kind http\n");
            assertThat(run("events", "send", "http", "bills", "--trigger", "http")
                            .exit())
                    .isZero();
        }
    }

    @Test
    void samplesAreShownAsTheyWouldBeSent() {
        assertThat(run("events", "list", "--no-header").out())
                .startsWith("http\thttp\ta request\n")
                .contains("kafka\tkafka-cluster, kafka\ta record of a topic\n");
        assertThat(run("events", "show", "nats", "--set", "body.id=8", "--subject", "x.y"))
                .hasToString("{\"apiVersion\":\"v1\",\"kind\":\"event\",\"triggerKind\":\"nats\",\"path\":\"x.y\","
                        + "\"headers\":{},\"body\":{\"id\":8,\"item\":\"kettle\",\"price\":12.5}}\nexit 0\n");
        for (SampleEvent sample : SampleEvent.all()) {
            assertThat(run("events", "show", sample.name(), "-o", "yaml").exit())
                    .as(sample.name())
                    .isZero();
        }
        assertThat(run("events", "show", "kafka", "--set", "value.id.deeper=1").err())
                .startsWith("error[NUC-8001]: --set can't be 'value.id.deeper=1'\n");
        assertThat(run("events", "show", "kafka", "--set", "nothing").exit()).isEqualTo(2);
        assertThat(run("events", "show", "nats", "--routing-key", "k").exit()).isEqualTo(2);
    }
}
