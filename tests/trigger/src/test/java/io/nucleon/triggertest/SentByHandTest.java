package io.nucleon.triggertest;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.host.JsonReader;
import io.nucleon.support.NucleonCommand.Ended;
import io.nucleon.support.TestProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events of every kind without a broker: the real processor, the real commands, triggers that connect to nothing. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SentByHandTest {

    private static final String HANDLER = """
            import json
            import time

            def handler(context, event):
                text = event.body.decode() if isinstance(event.body, bytes) else json.dumps(event.body)
                if "poison" in text:
                    raise KeyError("price")
                if "slow" in text:
                    time.sleep(0.1)
                return json.dumps({"kind": event.trigger.kind, "path": event.path, "topic": event.topic,
                                   "shard": event.shard_id, "offset": event.offset, "time": str(event.timestamp)})
            """;

    private static final String FUNCTION = """
            metadata: {name: orders}
            spec:
              runtime: python
              handler: main:handler
              triggers:
                web: {kind: http}
                clock:
                  kind: cron
                  attributes: {schedule: "0 20 1 1 *", event: {body: tick, path: /nightly}}
                stream:
                  kind: kafka-cluster
                  retry: {maxAttempts: 2, backoff: 10ms}
                  attributes: {brokers: ["127.0.0.1:1"], topics: [orders-topic], consumerGroup: g}
                bus:
                  kind: nats
                  url: nats://127.0.0.1:1
                  attributes: {topic: "orders.*"}
                jet:
                  kind: natsjetstream
                  url: nats://127.0.0.1:1
                  attributes: {stream: ORDERS, consumer: c}
                queue:
                  kind: rabbit-mq
                  url: amqp://127.0.0.1:1
                  retry: {maxAttempts: 1}
                  attributes: {exchangeName: shop, topics: [created], onError: nack, requeueOnError: true}
                hub:
                  kind: eventhub
                  attributes: {namespace: n, eventHubName: hub-1, sharedAccessKeyName: k, sharedAccessKeyValue: v}
                gone:
                  kind: kafka-cluster
                  retry: {maxAttempts: 1}
                  deadLetter: topic:orders-dead
                  attributes: {brokers: ["127.0.0.1:1"], topics: [other-topic], consumerGroup: g}
            """;

    @TempDir
    private static Path folder;

    private static TestProcessor processor;

    @BeforeAll
    static void start() throws IOException {
        Path function = Files.createDirectory(folder.resolve("orders"));
        Files.writeString(function.resolve("main.py"), HANDLER);
        Files.writeString(function.resolve("function.yaml"), FUNCTION);
        processor = TestProcessor.start(new TestProcessor.Setting(
                "sent-by-hand",
                function,
                List.of("--brokers", "off", "--record", "journal", "--redact", "X-Api-Key", "--workers", "1"),
                Map.of()));
    }

    @AfterAll
    static void stop() {
        assertThat(processor.stop())
                .as("nothing is left but what the commands keep")
                .allMatch(left -> left.endsWith("/last-error.json"));
        processor.forgetEvidence();
    }

    private static Ended run(String... words) throws IOException {
        return processor.command(folder, words);
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource(delimiter = '|', textBlock = """
            kafka          | sent  kafka orders-topic/0@0         | would ack               | "path": "orders-topic"
            nats           | sent  nats orders.any                | nobody waits for an ack | "path": "orders.any"
            natsjetstream  | sent  natsjetstream ORDERS           | would ack               | "topic": "ORDERS"
            rabbit-mq      | sent  rabbitMq shop/created          | would ack               | "path": "shop/created"
            cron           | sent  cron /nightly                  | nobody waits for an ack | "path": "/nightly"
            eventhub       | sent  eventhub hub-1/0@0             | would ack               | "topic": "hub-1"
            http           | sent  POST /                         | 200 OK                  | "kind": "http"
            """)
    void anEventOfEachKindIsHandled(String kind, String sent, String ack, String answer) throws IOException {
        Ended ended = run("events", "send", kind, "orders");

        assertThat(ended.out()).as(ended.err() + processor.output()).contains(sent, "\nok    ", ack, answer);
        assertThat(ended.exit()).isZero();
    }

    @Test
    @Order(2)
    void aPoisonEventIsTriedAndDeadLetteredAsItsFileSays() throws IOException {
        Ended kafka = run("events", "send", "kafka", "orders", "-b", "poison", "-H", "X-Api-Key: secret");
        assertThat(kafka.out())
                .contains("try 1 of 2 · KeyError: 'price' main.py:7", "try 2 of 2", "dead  dead-lettered, would ack");
        assertThat(kafka.exit()).isEqualTo(1);
        assertThat(run("events", "send", "rabbit-mq", "orders", "-b", "poison").out())
                .contains("back  would requeue");
        assertThat(run("events", "send", "kafka", "orders", "--trigger", "gone", "-b", "poison")
                        .out())
                .contains("sent  kafka other-topic/0@0", "would dead-letter to topic orders-dead, would ack");

        Ended dead = run("events", "dead", "list", "orders");
        assertThat(dead.out().lines()).hasSize(2);
        assertThat(dead.out()).contains("kafka orders-topic/0@1\t2/2\t", "KeyError: 'price'");
        assertThat(run("replay", "orders", "--dead").out()).contains("kafka orders-topic/0@1  failed");
    }

    @Test
    @Order(3)
    void recordedEventsAreListedSavedAndSentAgain() throws IOException {
        Ended list = run("events", "list", "orders");
        assertThat(list.out()).contains("\tPOST /\tok\t200\t", "\tkafka orders-topic/0@1\tdead-lettered\t");

        Ended saved = run("events", "save", "orders", "--all", "all.ndjson");
        assertThat(saved.err()).contains("saved ");
        assertThat(Files.readString(folder.resolve("all.ndjson")))
                .contains("\"X-Api-Key\":\"****\"")
                .doesNotContain("secret");

        Ended http = run("replay", "all.ndjson", "--kind", "http", "--diff");
        assertThat(http.out()).as(http.err()).contains("same 1 · different 0 · failed 0");
        assertThat(http.exit()).isZero();
        Ended nats = run("replay", "orders", "--recorded", "--kind", "nats", "--diff");
        assertThat(nats.out()).as(nats.err()).contains("same 1 · different 0 · failed 0");
    }

    @Test
    @Order(4)
    void aKindThatTheFunctionHasNotIsSaid() throws IOException {
        Ended ended = run("events", "send", "kickstart", "orders");

        assertThat(ended.err()).startsWith("error[NUC-8010]: function 'orders' has no kickstart trigger");
        assertThat(ended.exit()).isEqualTo(6);
    }

    @Test
    @Order(5)
    void aFunctionWithoutHttpTakesThemToo() throws IOException {
        Path function = Files.createDirectory(folder.resolve("silent"));
        Files.writeString(function.resolve("main.py"), HANDLER);
        Files.writeString(function.resolve("function.yaml"), """
                metadata: {name: silent}
                spec:
                  runtime: python
                  handler: main:handler
                  disableDefaultHTTPTrigger: true
                  triggers:
                    stream:
                      kind: kafka-cluster
                      attributes: {brokers: ["127.0.0.1:1"], topics: [orders-topic], consumerGroup: g}
                """);
        TestProcessor silent = TestProcessor.start(new TestProcessor.Setting(
                "sent-by-hand-silent", function, List.of("--brokers", "off", "--workers", "1"), Map.of()));

        Ended sent = silent.command(folder, "events", "send", "kafka", "silent");
        Ended called = silent.command(folder, "invoke", "silent");
        Ended listed = silent.command(folder, "list", "-o", "name");

        assertThat(sent.out()).as(sent.err() + silent.output()).contains("\nok    ", "would ack");
        assertThat(called.err()).startsWith("error[NUC-8010]: function 'silent' has no http trigger");
        assertThat(called.exit()).isEqualTo(6);
        assertThat(listed.out()).isEqualTo("function/silent\n");
        assertThat(silent.stop())
                .as("nothing is left but what the commands keep")
                .allMatch(left -> left.endsWith("/last-error.json"));
        silent.forgetEvidence();
    }

    @Test
    @Order(6)
    void aBenchOfAKindIsAClosedLoopWithoutARate() throws IOException {
        Ended ended = bench("--concurrency", "4", "--count", "30", "-b", "poison");

        assertThat(ended.out())
                .as(ended.err())
                .startsWith("orders · python ")
                .contains(
                        " · closed loop × 4 · warm-up 0 s · 1 × 30 events\n",
                        "  30 events  30 failed\n",
                        "a closed loop can't see queueing");
    }

    /** Ten times as many are due as one worker can do: the last of them waits for all before it, which a closed loop would not see. */
    @Test
    @Order(7)
    void aBenchOfAKindWithARateCountsFromWhenEachEventWasDue() throws IOException {
        Ended ended = bench("--rate", "100", "--concurrency", "2", "--count", "12", "-b", "slow", "-o", "json");

        Map<String, Object> result = JsonReader.object(ended.out()).orElseThrow(() -> new AssertionError(ended.err()));
        Map<String, Object> ms = JsonReader.asObject(result.get("ms")).orElseThrow();
        assertThat(millis(ms, "handler", "p50")).isGreaterThanOrEqualTo(100);
        assertThat(millis(ms, "total", "max")).isGreaterThanOrEqualTo(1_000);
        assertThat(millis(ms, "queue", "p50")).isGreaterThanOrEqualTo(300);
        assertThat(ended.exit()).isZero();
    }

    private static Ended bench(String... more) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("bench", "orders", "--kind", "kafka", "--runs", "1", "--warmup", "0"));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private static double millis(Map<String, Object> ms, String part, String name) {
        return ((Number) JsonReader.asObject(ms.get(part)).orElseThrow().get(name)).doubleValue();
    }
}
