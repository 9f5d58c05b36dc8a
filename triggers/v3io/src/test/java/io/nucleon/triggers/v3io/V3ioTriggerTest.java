package io.nucleon.triggers.v3io;

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
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.problem.SpecException;
import io.nucleon.support.broker.V3ioServer;
import io.nucleon.trigger.TestSettings;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerSetting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a double of v3io. */
@Timeout(90)
class V3ioTriggerTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String KEY = "11111111-2222-3333-4444-555555555555";
    private static final String COMMITTED = "__g_committed_sequence_number";
    private static final EventLoops LOOPS = new EventLoops(1);

    private static V3ioServer server;
    private static int streams;

    private final RecordingDeliverer deliverer = new RecordingDeliverer();
    private final List<Trigger> triggers = new ArrayList<>();
    private String stream;

    @BeforeAll
    static void startServer() throws Exception {
        server = new V3ioServer(KEY).start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
        LOOPS.close();
    }

    @BeforeEach
    void nameStream() {
        stream = "my streams/orders" + streams++;
    }

    @AfterEach
    void stopTriggers() {
        triggers.forEach(Trigger::stop);
    }

    private String path() {
        return "bigdata/" + stream.replace(" ", "%20");
    }

    private Trigger start(String more) {
        return start(KEY, more, "");
    }

    private Trigger start(String key, String more, String trigger) {
        return startWith("password: " + key + "\n" + trigger + "attributes: {containerName: bigdata, streamPath: /"
                + stream + "/, consumerGroup: g, sessionTimeout: 1s, sequenceNumberCommitInterval: 100ms" + more + "}");
    }

    private Trigger startWith(String fields) {
        return startWith(fields, server.url());
    }

    private Trigger startWith(String fields, String url) {
        Trigger made = new V3ioTriggerFactory()
                .create(
                        TestSettings.of("kind: v3ioStream\nurl: " + url + "\n" + fields, LOOPS, Clock.system()),
                        null,
                        deliverer);
        triggers.add(made);
        made.start();
        return made;
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

    private long committed() throws Exception {
        return server.number(path() + "/0", COMMITTED);
    }

    private void awaitCommitted(long number) {
        await("committed " + number).atMost(SOON).until(() -> committed() == number);
    }

    @Test
    void deliversRecordsAsNuclioShowsThem() throws Exception {
        server.createStream(path(), 2);
        start(", seekTo: earliest");
        long number = server.put(path(), 1, "customer-7", "{}");

        DurableEvent event = deliverer.take();

        SeenEvent seen = SeenEvent.of(event);
        assertThat(seen.bodyText()).isEqualTo("{}");
        assertThat(seen.path()).isEmpty();
        assertThat(seen.headers()).containsEntry("X-Nucleon-Key", "customer-7");
        assertThat(event.extra("topic")).isEqualTo(stream);
        assertThat(event.shard()).isEqualTo(1);
        assertThat(event.streamOffset()).isEqualTo(number);
        assertThat(Math.abs(event.timeNanos() - Clock.system().wallNanos())).isLessThan(TimeUnit.MINUTES.toNanos(1));
    }

    @Test
    void beginsWithTheNewestRecordsUnlessToldOtherwise() throws Exception {
        server.createStream(path(), 1);
        server.put(path(), 0, "", "old");
        start("");

        server.put(path(), 0, "", "new");

        assertThat(takeAndAck()).isEqualTo("new");
    }

    @Test
    void losesNoRecordOfAShardThatIsMadeWithIt() throws Exception {
        server.createStream(path(), 1);
        start("");

        server.put(path(), 0, "", "first of all");

        assertThat(takeAndAck()).isEqualTo("first of all");
    }

    @Test
    void goesOnBehindWhatWasDone() throws Exception {
        server.createStream(path(), 1);
        Trigger first = start(", seekTo: earliest");
        server.put(path(), 0, "", "one");
        server.put(path(), 0, "", "two");
        takeAndAck();
        deliverer.take().nack(0);
        drain(first);
        assertThat(committed()).isEqualTo(1);

        start("");

        assertThat(takeAndAck()).isEqualTo("two");
    }

    @Test
    void goesOnWhereAFunctionOfNuclioHasEnded() throws Exception {
        server.createStream(path(), 1);
        for (String body : List.of("one", "two", "three")) {
            server.put(path(), 0, "", body);
        }
        server.setNumber(path() + "/0", COMMITTED, 2);

        start("");

        assertThat(takeAndAck()).isEqualTo("three");
        awaitCommitted(3);
    }

    @Test
    void staysBehindByTheAckWindow() throws Exception {
        server.createStream(path(), 1);
        start(", seekTo: earliest, ackWindowSize: 2");
        for (int i = 0; i < 5; i++) {
            server.put(path(), 0, "", "r" + i);
        }
        for (int i = 0; i < 5; i++) {
            takeAndAck();
        }

        awaitCommitted(3);
    }

    @Test
    void waitsForTheAckOfAHandlerThatHoldsARecord() throws Exception {
        server.createStream(path(), 1);
        Trigger trigger = start(KEY, ", seekTo: earliest, workerAllocationMode: static", "explicitAckMode: enable\n");
        server.put(path(), 0, "", "held");
        server.put(path(), 0, "", "acked");
        deliverer.take().hold();
        deliverer.take().ack();
        await("no commit").during(Duration.ofSeconds(1)).atMost(SOON).until(() -> committed() == 0);

        trigger.acked("/" + stream, 0, 1);

        awaitCommitted(2);
    }

    @Test
    void readsWhatTheUrlNames() throws Exception {
        stream = "orders-in-url" + streams;
        server.createStream(path(), 1);
        server.put(path(), 0, "", "found");

        startWith("secret: " + KEY + "\nattributes: {seekTo: earliest}", server.url() + "/bigdata/" + stream + "@g");

        assertThat(takeAndAck()).isEqualTo("found");
    }

    @Test
    void takesOverFromAProcessorThatSaysNothing() throws Exception {
        server.createStream(path(), 1);
        Trigger dead = start(", seekTo: earliest");
        server.put(path(), 0, "", "open");
        deliverer.take();
        dead.stop(); // without a drain, as a kill would be

        start("");

        assertThat(takeAndAck()).isEqualTo("open");
    }

    @Test
    void saysThatThereIsNoSuchStream() {
        assertThatThrownBy(() -> start(""))
                .isInstanceOfSatisfying(
                        NucleonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_REFUSED))
                .hasMessageStartingWith("NUC-5011 trigger 't' on v3io stream '" + stream
                        + "' in container 'bigdata' finds nothing there: status 404")
                .hasMessageEndingWith("fix: create the stream, or mend containerName and streamPath");
    }

    @Test
    void saysThatTheAccessKeyIsWrong() {
        assertThatThrownBy(() -> start("wrong", "", ""))
                .isInstanceOfSatisfying(
                        NucleonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_REFUSED))
                .hasMessageContaining("was refused")
                .hasMessageEndingWith("fix: check the trigger's password or secret (an access key), and its rights");
    }

    @Test
    void findsEverythingThatIsWrongWithItsAttributes() {
        assertThatThrownBy(() -> startWith("attributes: {streamPath: x, seekTo: somewhere, readBatchSize: 0}"))
                .isInstanceOfSatisfying(
                        SpecException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.path())
                                .containsExactlyInAnyOrder(
                                        "spec.triggers.t.attributes.containerName",
                                        "spec.triggers.t.attributes.consumerGroup",
                                        "spec.triggers.t.attributes.seekTo",
                                        "spec.triggers.t.attributes.readBatchSize"));
    }

    @Test
    void takesTheGeneratedAccessKeyFromTheEnvironment() {
        TriggerSetting setting =
                TestSettings.of("kind: v3ioStream\nurl: http://h/c/p@g\npassword: $generate", LOOPS, Clock.system());

        V3ioSetting read = V3ioSetting.read(
                setting.spec().attributes().fields(new Problems()), setting, Map.of("V3IO_ACCESS_KEY", "key"));

        assertThat(read.accessKey()).isEqualTo("key");
        assertThat(read.toString()).doesNotContain("key");
    }
}
