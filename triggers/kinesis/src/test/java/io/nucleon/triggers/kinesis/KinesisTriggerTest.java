package io.nucleon.triggers.kinesis;

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
import io.nucleon.support.broker.KinesisServer;
import io.nucleon.trigger.TestSettings;
import io.nucleon.trigger.Trigger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

@Timeout(90)
class KinesisTriggerTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final EventLoops LOOPS = new EventLoops(1);

    private static KinesisServer server;
    private static int streams;

    @TempDir
    Path state;

    private final RecordingDeliverer deliverer = new RecordingDeliverer();
    private final List<Trigger> triggers = new ArrayList<>();
    private String stream;

    @BeforeAll
    static void startServer() throws Exception {
        server = new KinesisServer().start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
        LOOPS.close();
    }

    @BeforeEach
    void nameStream() {
        stream = "orders" + streams++;
    }

    @AfterEach
    void stopTriggers() {
        triggers.forEach(Trigger::stop);
    }

    private Trigger start(String more) {
        return start(more, deliverer);
    }

    private Trigger start(String more, RecordingDeliverer whose) {
        Trigger trigger = new KinesisTriggerFactory()
                .create(
                        TestSettings.of(
                                        "kind: kinesis\nurl: " + server.url() + "\nattributes: {accessKeyID: key, "
                                                + "secretAccessKey: secret, regionName: us-east-1, pollingPeriod: 50ms, "
                                                + "leaseDuration: 600ms, streamName: " + stream + more + "}",
                                        LOOPS,
                                        Clock.system())
                                .withState(state),
                        null,
                        whose);
        triggers.add(trigger);
        trigger.start();
        return trigger;
    }

    private Trigger startFromTheBeginning(String more) {
        return start(", iteratorType: TRIM_HORIZON" + more);
    }

    private void put(int shard, String body) throws Exception {
        server.put(stream, shard, "k-" + body, body);
    }

    private static String bodyOf(DurableEvent event) {
        return StandardCharsets.UTF_8.decode(event.body()).toString();
    }

    private String takeAndAck() throws InterruptedException {
        DurableEvent event = deliverer.take();
        event.ack();
        return bodyOf(event);
    }

    private static void drain(Trigger trigger) throws Exception {
        trigger.drain().toCompletableFuture().get(20, TimeUnit.SECONDS);
        trigger.stop();
    }

    @Test
    void deliversRecordsWithWhereTheyCameFrom() throws Exception {
        server.createStream(stream, 2);
        startFromTheBeginning("");
        String sequence = server.put(stream, 1, "customer-7", "{}");

        DurableEvent event = deliverer.take();

        SeenEvent seen = SeenEvent.of(event);
        assertThat(seen.bodyText()).isEqualTo("{}");
        assertThat(seen.id()).isEqualTo("shardId-000000000001:" + sequence);
        assertThat(seen.headers())
                .containsEntry("X-Nucleon-Key", "customer-7")
                .containsEntry("X-Nucleon-Shard", "shardId-000000000001")
                .containsEntry("X-Nucleon-Sequence-Number", sequence);
        assertThat(event.extra("topic")).isEqualTo(stream);
        assertThat(event.shard()).isEqualTo(1);
        assertThat(Math.abs(event.timeNanos() - Clock.system().wallNanos())).isLessThan(TimeUnit.MINUTES.toNanos(1));
    }

    @Test
    void beginsWithTheNewestRecordsUnlessToldOtherwise() throws Exception {
        server.createStream(stream, 1);
        put(0, "old");
        start("");

        put(0, "new");

        assertThat(takeAndAck()).isEqualTo("new");
    }

    @Test
    void losesNothingOfTheTimeBetweenItsFirstStartAndItsSecond() throws Exception {
        server.createStream(stream, 1);
        Trigger first = start("");
        first.stop(); // nothing came, so it has nowhere got to
        put(0, "between");

        start("");

        assertThat(takeAndAck()).isEqualTo("between");
    }

    @Test
    void goesOnBehindWhatWasDone() throws Exception {
        server.createStream(stream, 1);
        Trigger first = startFromTheBeginning("");
        put(0, "one");
        put(0, "two");
        put(0, "three");
        DurableEvent one = deliverer.take();
        DurableEvent two = deliverer.take();
        DurableEvent three = deliverer.take();
        one.ack();
        three.ack();
        two.nack(0);
        drain(first);

        startFromTheBeginning("");

        assertThat(takeAndAck()).isEqualTo("two");
        assertThat(takeAndAck()).isEqualTo("three");
    }

    @Test
    void readsWhatAShardWasSplitIntoWhenTheShardIsDone() throws Exception {
        server.createStream(stream, 1);
        startFromTheBeginning("");
        put(0, "parent");
        DurableEvent parent = deliverer.take();
        server.split(stream, 0);
        put(1, "left");
        put(2, "right");
        // Long enough to read both, were they not to wait.
        await("another look at the shards")
                .during(Duration.ofSeconds(2))
                .atMost(SOON)
                .until(() -> deliverer.waiting() == 0);

        parent.ack();

        assertThat(List.of(takeAndAck(), takeAndAck())).containsExactlyInAnyOrder("left", "right");

        server.merge(stream, 1, 2);
        put(3, "merged");
        assertThat(takeAndAck()).isEqualTo("merged");
    }

    @Test
    void hasNoMoreOpenThanItsWindow() throws Exception {
        server.createStream(stream, 1);
        startFromTheBeginning(", maxInFlight: 3");
        for (int i = 0; i < 10; i++) {
            put(0, "r" + i);
        }
        DurableEvent first = deliverer.take();
        await("a full window").atMost(SOON).until(() -> deliverer.waiting() == 2);
        await("no more").during(Duration.ofSeconds(1)).atMost(SOON).until(() -> deliverer.waiting() == 2);

        first.ack();
        for (int i = 1; i < 10; i++) {
            assertThat(takeAndAck()).isEqualTo("r" + i);
        }
    }

    @Test
    void restsWhileWorkersAreBusy() throws Exception {
        server.createStream(stream, 1);
        deliverer.congested(true);
        startFromTheBeginning("");
        put(0, "later");
        await("nothing").during(Duration.ofSeconds(1)).atMost(SOON).until(() -> deliverer.waiting() == 0);

        deliverer.congested(false);

        assertThat(takeAndAck()).isEqualTo("later");
    }

    @Test
    void givesAShardAwayWithoutDoingAnythingTwice() throws Exception {
        server.createStream(stream, 2);
        startFromTheBeginning("");
        put(0, "a");
        put(1, "b");
        DurableEvent one = deliverer.take();
        DurableEvent two = deliverer.take();
        RecordingDeliverer others = new RecordingDeliverer();
        Trigger second = start(", iteratorType: TRIM_HORIZON", others);
        one.ack();
        two.ack();

        await("a shard for the other").atMost(SOON).until(() -> {
            put(0, "more");
            put(1, "more");
            ackAll(deliverer);
            return others.waiting() > 0;
        });

        assertThat(bodyOf(others.take())).isEqualTo("more");
        ackAll(others);
        drain(second);
        put(0, "last-0");
        put(1, "last-1");
        List<String> seen = new ArrayList<>();
        while (!seen.containsAll(List.of("last-0", "last-1"))) {
            seen.add(takeAndAck());
        }
        assertThat(seen).doesNotContain("a", "b");
    }

    private static void ackAll(RecordingDeliverer whose) throws InterruptedException {
        while (whose.waiting() > 0) {
            whose.take().ack();
        }
    }

    @Test
    void readsOnlyTheShardsThatAreNamed() throws Exception {
        server.createStream(stream, 2);
        startFromTheBeginning(", shards: [shardId-000000000001]");
        put(0, "unwanted");
        put(1, "wanted");

        assertThat(takeAndAck()).isEqualTo("wanted");
        await("no other").during(Duration.ofSeconds(1)).atMost(SOON).until(() -> deliverer.waiting() == 0);
    }

    @Test
    void readsAStreamFromTheStartThatWasMadeAnewUnderItsName() throws Exception {
        server.createStream(stream, 1);
        Instant made = Instant.now();
        Trigger first = startFromTheBeginning("");
        put(0, "of the old one");
        takeAndAck();
        drain(first);
        server.deleteStream(stream);
        // Sequence numbers begin with the second in which their stream was made; that of two streams is the same in no
        // other place.
        await("another second").atMost(SOON).until(() -> Instant.now().isAfter(made.plusSeconds(1)));
        await("the end of the old one").atMost(SOON).ignoreExceptions().until(() -> {
            server.createStream(stream, 1);
            return true;
        });
        put(0, "of the new one");

        startFromTheBeginning("");

        assertThat(takeAndAck()).isEqualTo("of the new one");
    }

    @Test
    void saysThatThereIsNoSuchStream() {
        assertThatThrownBy(() -> startFromTheBeginning("")).isInstanceOfSatisfying(NucleonException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
            assertThat(e.getMessage())
                    .isEqualTo("NUC-5011 Kinesis at " + server.url().substring("http://".length())
                            + " has no stream '" + stream + "' for trigger 't': Stream " + stream
                            + " under account 000000000000 not found.; fix: create it, or mend its name and"
                            + " attributes.regionName");
        });
    }

    @Test
    void waitsForAServerThatIsNotThereYet() throws Exception {
        KinesisServer late = new KinesisServer();
        try (late) {
            Trigger trigger = new KinesisTriggerFactory()
                    .create(
                            TestSettings.of(
                                            "kind: kinesis\nurl: " + late.url() + "\nattributes: {accessKeyID: key, "
                                                    + "secretAccessKey: secret, regionName: us-east-1, "
                                                    + "iteratorType: TRIM_HORIZON, streamName: " + stream + "}",
                                            LOOPS,
                                            Clock.system())
                                    .withState(state),
                            null,
                            deliverer);
            triggers.add(trigger);
            trigger.start();

            late.start();
            late.createStream(stream, 1);
            late.put(stream, 0, "k", "at last");

            assertThat(takeAndAck()).isEqualTo("at last");
        }
    }
}
