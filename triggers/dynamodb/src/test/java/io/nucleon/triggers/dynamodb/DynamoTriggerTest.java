package io.nucleon.triggers.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.DurableEvent;
import io.nucleon.invoke.RecordingDeliverer;
import io.nucleon.invoke.SeenEvent;
import io.nucleon.loop.EventLoops;
import io.nucleon.spec.problem.SpecException;
import io.nucleon.support.broker.MotoServer;
import io.nucleon.trigger.JsonObject;
import io.nucleon.trigger.TestSettings;
import io.nucleon.trigger.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against moto. Splits and merges, which it does not have, are tested with Kinesis: the reader is the same. */
@Timeout(90)
class DynamoTriggerTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final EventLoops LOOPS = new EventLoops(1);

    private static MotoServer server;
    private static int tables;

    @TempDir
    Path state;

    private final RecordingDeliverer deliverer = new RecordingDeliverer();
    private final List<Trigger> triggers = new ArrayList<>();
    private String table;

    @BeforeAll
    static void startServer() throws Exception {
        server = new MotoServer().start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
        LOOPS.close();
    }

    @BeforeEach
    void nameTable() {
        table = "orders" + tables++;
    }

    @AfterEach
    void stopTriggers() {
        triggers.forEach(Trigger::stop);
    }

    private Trigger start(String more) {
        return start(server.url(), "accessKeyID: key, secretAccessKey: secret, tableName: " + table + more);
    }

    private Trigger start(String url, String attributes) {
        Trigger trigger = new DynamoTriggerFactory()
                .create(
                        TestSettings.of(
                                        "kind: dynamodb\nurl: " + url + "\nattributes: {regionName: us-east-1, "
                                                + "pollingPeriod: 50ms, leaseDuration: 600ms, " + attributes + "}",
                                        LOOPS,
                                        Clock.system())
                                .withState(state),
                        null,
                        deliverer);
        triggers.add(trigger);
        trigger.start();
        return trigger;
    }

    private static JsonObject json(DurableEvent event) {
        byte[] bytes = new byte[event.bodyLength()];
        event.body().get(bytes);
        return JsonObject.parse(bytes).orElseThrow();
    }

    private static String idOf(DurableEvent event) {
        return json(event).object("dynamodb").object("Keys").object("id").text("S");
    }

    private String takeAndAck() throws InterruptedException {
        DurableEvent event = deliverer.take();
        event.ack();
        return idOf(event);
    }

    private static void drain(Trigger trigger) throws Exception {
        trigger.drain().toCompletableFuture().get(20, TimeUnit.SECONDS);
        trigger.stop();
    }

    @Test
    void deliversChangesAsLambdaShowsThem() throws Exception {
        server.createTable(table);
        start(", iteratorType: TRIM_HORIZON");
        server.put(table, "o-7", "paid \\\"now\\\" é");
        server.put(table, "o-7", "sent");
        server.delete(table, "o-7");

        DurableEvent insert = deliverer.take();
        DurableEvent modify = deliverer.take();
        DurableEvent remove = deliverer.take();

        SeenEvent seen = SeenEvent.of(insert);
        assertThat(seen.path()).isEqualTo(table);
        assertThat(seen.contentType()).isEqualTo("application/json");
        String arn = insert.extra("topic");
        assertThat(arn).startsWith("arn:aws:dynamodb:us-east-1:").contains(":table/" + table + "/stream/");
        JsonObject record = json(insert);
        assertThat(record.text("eventID")).isNotEmpty().isEqualTo(seen.id());
        assertThat(record.text("eventName")).isEqualTo("INSERT");
        assertThat(record.text("eventSource")).isEqualTo("aws:dynamodb");
        assertThat(record.text("eventSourceARN")).isEqualTo(arn);
        assertThat(record.text("awsRegion")).isEqualTo("us-east-1");
        JsonObject change = record.object("dynamodb");
        assertThat(change.object("NewImage").object("body").text("S")).isEqualTo("paid \"now\" é");
        assertThat(change.text("StreamViewType")).isEqualTo("NEW_AND_OLD_IMAGES");
        assertThat(seen.headers())
                .containsEntry("X-Nucleon-Sequence-Number", change.text("SequenceNumber"))
                .containsKey("X-Nucleon-Shard");
        assertThat(change.text("ApproximateCreationDateTime")).matches("\\d{10}(\\.\\d{3})?");
        assertThat(Math.abs(insert.timeNanos() - Clock.system().wallNanos())).isLessThan(TimeUnit.MINUTES.toNanos(1));
        assertThat(json(modify)
                        .object("dynamodb")
                        .object("OldImage")
                        .object("body")
                        .text("S"))
                .isEqualTo("paid \"now\" é");
        assertThat(json(remove).text("eventName")).isEqualTo("REMOVE");
    }

    @Test
    void beginsWithTheNewestChangesUnlessToldOtherwise() throws Exception {
        server.createTable(table);
        server.put(table, "old", "x");
        start("");

        server.put(table, "new", "x");

        assertThat(takeAndAck()).isEqualTo("new");
    }

    @Test
    void losesNothingOfTheTimeBetweenItsFirstStartAndItsSecond() throws Exception {
        server.createTable(table);
        Trigger first = start("");
        first.stop(); // nothing came, so it has nowhere got to
        server.put(table, "between", "x");

        start("");

        assertThat(takeAndAck()).isEqualTo("between");
    }

    @Test
    void goesOnBehindWhatWasDone() throws Exception {
        server.createTable(table);
        Trigger first = start(", iteratorType: TRIM_HORIZON");
        server.put(table, "one", "x");
        server.put(table, "two", "x");
        takeAndAck();
        deliverer.take().nack(0);
        drain(first);

        start("");

        assertThat(takeAndAck()).isEqualTo("two");
    }

    @Test
    void readsTheStreamOfATableThatWasMadeAnewUnderItsName() throws Exception {
        server.createTable(table);
        Trigger first = start(", iteratorType: TRIM_HORIZON");
        server.put(table, "of the old one", "x");
        takeAndAck();
        drain(first);
        server.deleteTable(table);
        server.createTable(table);
        server.put(table, "of the new one", "x");

        start("");

        assertThat(takeAndAck()).isEqualTo("of the new one");
    }

    @Test
    void readsTheStreamOfAnArn() throws Exception {
        server.createTable(table);
        start(", iteratorType: TRIM_HORIZON");
        server.put(table, "one", "x");
        String arn = deliverer.take().extra("topic");
        triggers.getFirst().stop();

        start(
                server.url(),
                "accessKeyID: key, secretAccessKey: secret, iteratorType: TRIM_HORIZON, streamArn: '" + arn + "'");

        assertThat(takeAndAck()).isEqualTo("one");
    }

    @Test
    void keepsLeasesInATable() throws Exception {
        server.createTable(table);
        start(", iteratorType: TRIM_HORIZON, leaseTable: leases, leaseTableUrl: '" + server.url() + "'");
        server.put(table, "one", "x");
        takeAndAck();

        await("the position")
                .atMost(SOON)
                .until(() -> server.items("leases").stream()
                        .anyMatch(lease -> lease.get("group").equals("tests/orders/t/" + table)
                                && lease.get("position").startsWith(">")));
    }

    @Test
    void saysThatTheTableHasNoStream() {
        assertThatThrownBy(() -> start(""))
                .isInstanceOfSatisfying(
                        NucleonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_REFUSED))
                .hasMessage(
                        "NUC-5011 DynamoDB Streams at "
                                + server.url().substring("http://".length())
                                + " has no stream of table '" + table
                                + "' for trigger 't': the table is not there, or has no stream; fix: create it, with a stream turned on");
    }

    @Test
    void saysThatCredentialsAreWrong() throws Exception {
        try (MotoServer guarded = new MotoServer()) {
            MotoServer.Key key = guarded.startGuarded("dynamodb:*");

            assertThatThrownBy(() -> start(
                            guarded.url(),
                            "accessKeyID: " + key.id() + ", secretAccessKey: wrong, tableName: " + table))
                    .isInstanceOfSatisfying(
                            NucleonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_REFUSED))
                    .hasMessageContaining("refused stream of table '" + table + "' to trigger 't'")
                    .hasMessageEndingWith(
                            "fix: check attributes.accessKeyID and secretAccessKey, their rights, and attributes.regionName");
        }
    }

    @Test
    void findsEverythingThatIsWrongWithItsAttributes() {
        assertThatThrownBy(() -> new DynamoTriggerFactory()
                        .create(
                                TestSettings.of(
                                        "kind: dynamodb\nattributes: {regionName: us-east-1, streamArn: 'arn:aws:sqs'}",
                                        LOOPS,
                                        Clock.system()),
                                null,
                                deliverer))
                .isInstanceOfSatisfying(
                        SpecException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.path())
                                .containsExactly("spec.triggers.t.attributes.streamArn"));
    }
}
