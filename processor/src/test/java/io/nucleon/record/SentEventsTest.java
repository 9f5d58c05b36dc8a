package io.nucleon.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.delivery.DeliveryEngine;
import io.nucleon.delivery.DeliverySetting;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.JsonReader;
import io.nucleon.host.JsonTree;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.InvocationIds;
import io.nucleon.invoke.Invoker;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.RecordingInvoker;
import io.nucleon.invoke.Reply;
import io.nucleon.invoke.SourceRules;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.journal.Entry;
import io.nucleon.journal.JournalReader;
import io.nucleon.journal.JournalSetting;
import io.nucleon.journal.Stored;
import io.nucleon.loop.EventLoops;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.trigger.Retry;
import io.nucleon.spec.trigger.Trigger;
import io.nucleon.spec.trigger.TriggerKind;
import io.nucleon.spec.yaml.Limits;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.YamlReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events that are sent by hand over a control socket go the way of their trigger's own, and their sender hears of each step. */
@Timeout(60)
class SentEventsTest {

    private static final GivenResponse RAISED = GivenResponse.of("")
            .withStatus(500)
            .asFailed()
            .withExtra("error", "KeyError", "at", "main.py:21", "message", "'price'");

    @TempDir
    private Path folder;

    private final EventLoops loops = new EventLoops(1);
    private final AtomicReference<GivenResponse> answer = new AtomicReference<>(GivenResponse.of("{\"stored\":42}"));
    private final RecordingInvoker invoker = RecordingInvoker.answering(seen -> answer.get());
    private final AtomicReference<BooleanSupplier> busy = new AtomicReference<>(() -> false);
    private FunctionJournal journal;
    private ControlSocket socket;

    @BeforeEach
    void open() throws IOException {
        journal = FunctionJournal.open(
                "orders",
                new JournalSetting(folder.resolve("journal"), 1 << 30, Duration.ofDays(1), false, List.of()),
                Clock.system());
        journal.begin();
        socket = journal.listen(folder.resolve("s"));
    }

    @AfterEach
    void close() {
        socket.close();
        journal.close();
        loops.close();
    }

    private DeliveryEngine trigger(String yaml, SourceRules rules) {
        Problems problems = new Problems();
        MapNode node = (MapNode)
                new YamlReader("t", Limits.DEFAULT, problems).read(yaml).orElseThrow();
        Trigger spec = Trigger.read("stream", new Fields(node, "", problems), Map.of(), TriggerKind.names());
        TriggerSource source = new TriggerSource(
                0, "stream", TriggerKind.of(spec.kind()).orElseThrow().reported(), spec.triggerClass());
        WatchedInvoker watched = new WatchedInvoker(new SometimesBusy(), null);
        DeliveryEngine engine = new DeliveryEngine(
                new DeliverySetting(
                        "orders",
                        "stream",
                        new Retry(2, Duration.ofMillis(1), Duration.ofMillis(1), 0, List.of()),
                        spec.delivery().explicitAck(),
                        1_000_000_000L),
                watched,
                SentEvents.noting(journal.deadLetters(), "dead-lettered", false),
                journal.retries(true),
                loops,
                Clock.system());
        journal.resume(source, engine);
        journal.sent()
                .connect(new SentTarget(
                        source, spec, node.plain(), rules, watched, spec.isHttp() ? null : engine, null));
        return engine;
    }

    /** Has no worker while the test says so. */
    private final class SometimesBusy implements Invoker {
        @Override
        public Invocation invoke(Event event, long waitNanos, Reply reply) {
            if (!busy.get().getAsBoolean()) {
                return invoker.invoke(event, waitNanos, reply);
            }
            Invocation refused = new Invocation(event, reply, new InvocationIds(Clock.system()), 0, waitNanos);
            ErrorMessage why = ErrorMessage.of(ErrorCode.NO_FREE_WORKER, "no free worker", "", "");
            reply.fail(refused, new Failure(Outcome.UNAVAILABLE, why));
            return refused;
        }

        @Override
        public void invokeBatch(List<? extends Event> events, long waitNanos, List<? extends Reply> replies) {
            invoker.invokeBatch(events, waitNanos, replies);
        }

        @Override
        public boolean isCongested() {
            return false;
        }
    }

    private List<Map<String, Object>> send(String request) throws IOException {
        return ask("send", request);
    }

    private List<Map<String, Object>> ask(String word, String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(folder.resolve("s")));
            Channels.newOutputStream(channel).write((word + " " + request + "\n").getBytes(StandardCharsets.UTF_8));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> JsonReader.object(line).orElseThrow())
                    .toList();
        }
    }

    private static String request(String events) {
        return "{\"kinds\":[\"kafka-cluster\",\"kafka\",\"http\"],\"timeoutMs\":30000,"
                + "\"from\":{\"topic\":\"{attributes.topics}\",\"path\":\"{attributes.topics}\"},\"events\":[" + events
                + "]}";
    }

    private static Object at(Map<String, Object> line, String path) {
        return JsonTree.at(line, path).orElse(null);
    }

    @Test
    void goThroughTheTriggersDeliveryAndEndWithWhatItsSourceWouldBeTold() throws IOException {
        trigger("kind: kafka-cluster\nattributes: {Topics: [orders-topic]}\n", SourceRules.ACKED);

        List<Map<String, Object>> lines = send(request("{\"partition\":0,\"body\":\"{}\"}"));

        assertThat(lines).extracting(line -> line.get("kind")).containsExactly("sent", "answer", "end");
        assertThat(lines.getFirst().get("source")).isEqualTo("kafka orders-topic/0@0");
        assertThat(at(lines.get(1), "answer.body")).isEqualTo("{\"stored\":42}");
        assertThat(at(lines.get(2), "ack")).isEqualTo("would ack");
        assertThat(invoker.events()).singleElement().satisfies(seen -> {
            assertThat(seen.bodyText()).isEqualTo("{}");
            assertThat(seen.path()).isEqualTo("orders-topic");
        });
        assertThat(send(request("{\"partition\":0}")).getFirst().get("source")).isEqualTo("kafka orders-topic/0@1");
    }

    @Test
    void areTriedAgainAndDeadLetteredAsRealOnes() throws IOException {
        trigger("kind: kafka-cluster\nattributes: {topics: [orders-topic]}\n", SourceRules.ACKED);
        answer.set(RAISED);

        List<Map<String, Object>> lines = send(request("{\"partition\":0,\"body\":\"poison\"}"));

        assertThat(lines).extracting(line -> line.get("kind")).containsExactly("sent", "answer", "answer", "end");
        assertThat(at(lines.get(1), "answer.error")).isEqualTo("KeyError: 'price' main.py:21");
        assertThat(at(lines.get(3), "state")).isEqualTo("dead-lettered");
        assertThat(at(lines.get(3), "ack")).isEqualTo("dead-lettered, would ack");
        List<Entry> dead = JournalReader.of(folder.resolve("journal")).living().stream()
                .map(Stored::entry)
                .toList();
        assertThat(dead).singleElement().satisfies(entry -> {
            assertThat(entry.id()).isEqualTo(lines.getFirst().get("id"));
            assertThat(entry.tries().attempts()).isEqualTo(2);
        });
    }

    @Test
    void areRejectedWhereTheSourceKeepsWhatWasGivenUp() throws IOException {
        trigger("kind: kafka-cluster\n", SourceRules.ACKED.rejecting("would requeue"));
        answer.set(RAISED);

        List<Map<String, Object>> lines = send(request("{}"));

        assertThat(at(lines.getLast(), "state")).isEqualTo("rejected");
        assertThat(at(lines.getLast(), "ack")).isEqualTo("would requeue");
        assertThat(JournalReader.of(folder.resolve("journal")).living()).isEmpty();
    }

    @Test
    void waitForTheAckOfTheirHandlerWhichNoBrokerHearsOf() throws IOException {
        trigger(
                "kind: kafka-cluster\nexplicitAckMode: enable\nattributes: {topics: [orders-topic]}\n",
                SourceRules.ACKED);
        answer.set(GivenResponse.of("").withNoAck());
        CompletableFuture<List<Map<String, Object>>> told = CompletableFuture.supplyAsync(() -> {
            try {
                return send(request("{\"partition\":3,\"offset\":7}"));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        await("the event")
                .atMost(Duration.ofSeconds(20))
                .until(() -> !invoker.events().isEmpty());

        assertThat(journal.sent().acked("orders-topic", 3, 8))
                .as("a real one's")
                .isFalse();
        await("the ack")
                .atMost(Duration.ofSeconds(20))
                .until(() -> journal.sent().acked("orders-topic", 3, 7));

        assertThat(told.join().getLast())
                .containsEntry("kind", "end")
                .containsEntry("state", "ok")
                .containsEntry("ack", "would ack");
        assertThat(journal.sent().acked("orders-topic", 3, 7)).as("once").isFalse();
    }

    @Test
    void waitingForAWorkerIsNoTry() throws IOException {
        trigger("kind: kafka-cluster\n", SourceRules.ACKED);
        AtomicInteger refusals = new AtomicInteger(2);
        busy.set(() -> refusals.getAndDecrement() > 0);

        List<Map<String, Object>> lines = send(request("{}"));

        assertThat(lines).extracting(line -> line.get("kind")).containsExactly("sent", "answer", "end");
        assertThat(refusals).hasValue(-1);
    }

    @Test
    void comeBackWhenTheProcessorDrains() throws IOException {
        DeliveryEngine engine = trigger("kind: kafka-cluster\n", SourceRules.ACKED);
        engine.drain();

        assertThat(send(request("{}")).getLast())
                .containsEntry("state", "returned")
                .containsEntry("ack", "would nak");
    }

    @Test
    void goStraightToTheWorkersWhereCallersWait() throws IOException {
        trigger("kind: http\n", SourceRules.UNHEARD);
        answer.set(RAISED);

        List<Map<String, Object>> lines = send(request("{\"method\":\"POST\",\"path\":\"/a\",\"query\":\"b=1\"}"));

        assertThat(lines).extracting(line -> line.get("kind")).containsExactly("sent", "answer", "end");
        assertThat(lines.getFirst()).containsEntry("source", "POST /a");
        assertThat(lines.getLast()).containsEntry("state", "failed").containsEntry("ack", null);
    }

    @Test
    void severalGoTogether() throws IOException {
        trigger("kind: kafka-cluster\nattributes: {topics: [a]}\n", SourceRules.ACKED);

        List<Map<String, Object>> lines =
                send(request("{\"partition\":0},{\"partition\":0,\"headers\":{\"X-Nucleon-Key\":\"k\"}},{}"));

        assertThat(lines.stream().filter(line -> line.get("kind").equals("end")))
                .hasSize(3);
        assertThat(lines.stream()
                        .filter(line -> line.get("kind").equals("sent"))
                        .map(line -> line.get("source")))
                .containsExactly("kafka a/0@0", "kafka a/0@1", "kafka a");
    }

    @Test
    void aTriggerIsFoundByWhatItsFileSays() throws IOException {
        trigger("kind: rabbit-mq\nattributes: {queueName: late}\n", SourceRules.ACKED);
        String request = "{\"kinds\":[\"rabbit-mq\"],\"where\":{\"late\":[\"attributes.queueName\"]},\"events\":[{}]}";

        assertThat(send(request).getFirst()).containsEntry("kind", "sent");
        assertThat(at(send(request.replace("late", "soon")).getLast(), "error.title"))
                .isEqualTo("function 'orders' has no rabbit-mq trigger with 'soon'");
    }

    @Test
    void whatMakesNoSenseIsRefused() throws IOException {
        trigger("kind: kafka-cluster\n", SourceRules.ACKED);

        assertThat(error(send("nonsense"))).isEqualTo("it is no JSON object");
        assertThat(error(send(request("")))).isEqualTo("it asks for 0 events; 1 to 10000 go at once");
        assertThat(error(send(request("7")))).isEqualTo("an event is no object");
        assertThat(error(send(request("{\"offset\":-1}")))).isEqualTo("'offset' must be a whole number of 0 or more");
        assertThat(error(send(request("{\"headers\":{\"A\":\"" + "x".repeat(70_000) + "\"}}"))))
                .startsWith("headers take 70003 bytes");
        assertThat(error(send("{\"kinds\":[\"mqtt\"],\"events\":[{}]}")))
                .isEqualTo("its triggers: stream (kafka-cluster)");
        assertThat(error(send("{\"kinds\":[\"kafka\",\"kafka-cluster\"],\"via\":\"broker\",\"events\":[{}]}")))
                .isEqualTo("trigger 'stream' has no broker that events can be put into");
        assertThat(invoker.events()).isEmpty();
    }

    private static String error(List<Map<String, Object>> lines) {
        return String.valueOf(at(lines.getLast(), "error.why"));
    }

    @Test
    void topicsThatStandForManyAreNamedAsOne() {
        Map<String, Object> filled = SentMembers.filled(
                Map.of("path", "x"),
                Map.of("path", "{attributes.exchangename}/{attributes.topics}", "url", "{url}", "none", "{nothing}"),
                Map.of(
                        "url",
                        "amqp://host",
                        "attributes",
                        Map.of("exchangeName", "shop", "topics", List.of("*.created.#"))));

        assertThat(filled).isEqualTo(Map.of("path", "shop/any.created.any", "url", "amqp://host"));
    }

    @Test
    void whatIsOnlyCheckedIsNotSentAndTakesNoOffset() throws IOException {
        trigger("kind: kafka-cluster\nattributes: {topics: [orders-topic]}\n", SourceRules.ACKED);
        String request = request("{\"partition\":0,\"body\":\"{}\"}");

        List<Map<String, Object>> checked = ask("check", request);

        assertThat(checked).hasSize(2);
        assertThat(checked.get(1))
                .containsEntry("state", "checked")
                .containsEntry("ack", "would go to trigger 'stream'");
        assertThat(invoker.events()).isEmpty();
        assertThat(send(request).getFirst()).containsEntry("source", "kafka orders-topic/0@0");
        assertThat(ask("check", request).getFirst()).containsEntry("source", "kafka orders-topic/0@1");
        assertThat(ask("check", request.replace("\"timeoutMs\"", "\"via\":\"broker\",\"timeoutMs\""))
                        .toString())
                .contains("trigger 'stream' has no broker that events can be put into");
    }

    @Test
    void whatBecomesOfOneThatIsGivenUpIsSaidInItsSourcesWord() throws IOException {
        answer.set(RAISED);
        trigger("kind: kafka-cluster\nattributes: {topics: [a]}\n", SourceRules.ACKED.burying("would term"));

        assertThat(send(request("{\"partition\":0,\"body\":\"{}\"}")).getLast())
                .containsEntry("ack", "dead-lettered, would term");
    }
}
