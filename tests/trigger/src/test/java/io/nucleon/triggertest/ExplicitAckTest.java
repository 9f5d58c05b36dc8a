package io.nucleon.triggertest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.support.FileTree;
import io.nucleon.support.SourceTree;
import io.nucleon.support.TestProcessor;
import io.nucleon.support.broker.KafkaBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handlers that ack by themselves, in every language; asked for by nuclio's annotation. */
@Timeout(120)
class ExplicitAckTest {

    private static final Duration SOON = Duration.ofSeconds(40);
    /** Some times as long as the reader waits between commits. */
    private static final Duration SOME_COMMITS = Duration.ofSeconds(1);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static KafkaBroker broker;

    @TempDir
    Path folder;

    private final List<TestProcessor> processors = new ArrayList<>();
    private Path function;
    private KafkaSource source;
    private Ledger ledger;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new KafkaBroker(Map.of()).start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @BeforeEach
    void openSource() throws Exception {
        source = new KafkaSource(broker, "held" + NUMBER.incrementAndGet());
        function = folder.resolve("function");
        ledger = new Ledger(function.resolve("ledger"));
    }

    @AfterEach
    void closeAll() {
        processors.forEach(TestProcessor::close);
        source.close();
    }

    /** The function's code and configuration; its ledger is beside them, where code in a context of the processor may write. */
    private void write(String language, String spec) throws Exception {
        FileTree.copy(SourceTree.top().resolve("tests/functions/" + language + "/acks"), function);
        Files.createFile(ledger.file());
        Files.writeString(
                function.resolve("function.yaml"),
                "metadata: {name: acks, annotations: {nuclio.io/kafka-explicit-ack-mode: enable,"
                        + " nuclio.io/kafka-worker-allocation-mode: static}}\nspec:\n"
                        + spec.replace("; ", "\n").indent(2) + "  env: [{name: LEDGER, value: " + ledger.file() + "}]\n"
                        + "  triggers:\n    source:\n" + source.trigger().indent(6));
    }

    /** Java in the processor has no environment but the processor's; code in a context has the function's own only. */
    private void start(String label) throws Exception {
        processors.add(TestProcessor.start(new TestProcessor.Setting(
                "acks-" + label,
                function,
                List.of(),
                Map.of(
                        "LEDGER",
                        ledger.file().toString(),
                        "XDG_STATE_HOME",
                        folder.resolve("state").toString()))));
    }

    private void awaitLeft(long events) {
        await(events + " events left").atMost(SOON).until(() -> source.left() == events);
    }

    private void awaitHeld(String... names) {
        await("held " + List.of(names))
                .atMost(SOON)
                .until(() -> ledger.held().keySet().containsAll(List.of(names)));
    }

    /** @param drains whether the language has drain callbacks */
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "python | runtime: python; handler: main:handler | true",
                "nodejs | runtime: nodejs; handler: main:handler | true",
                "python | runtime: graalpy; handler: main:handler; runtimeAttributes: {polyglot: {files: rw}} | true",
                "nodejs | runtime: graaljs; handler: main:handler; runtimeAttributes: {polyglot: {files: rw}} | true",
                "dotnet | runtime: dotnetcore; handler: Acks:Handle | true",
                "ruby | runtime: ruby; handler: main:handler | true",
                "java | runtime: java; handler: Acks | false",
                "java | runtime: java; handler: Acks; runtimeAttributes: {isolation: process} | false",
            })
    void isAckedWhenTheHandlerSaysSo(String language, String spec, boolean drains) throws Exception {
        write(language, spec);
        start("one");
        source.send(0, "a:hold");
        source.send(0, "b:hold");
        awaitHeld("a", "b");
        await("nothing to happen").during(SOME_COMMITS).atMost(SOON).until(() -> source.left() == 2);

        source.send(0, "c:flush");

        awaitLeft(0);
        assertThat(ledger.held()).containsEntry("a", 1).containsEntry("b", 1);
        if (drains) {
            aPartitionThatGoesToAnotherMemberIsAckedByTheDrainCallback();
        }
    }

    private void aPartitionThatGoesToAnotherMemberIsAckedByTheDrainCallback() throws Exception {
        source.send(0, "d:hold");
        source.send(1, "e:hold");
        awaitHeld("d", "e");
        assertThat(source.left()).isEqualTo(2);

        start("two");

        awaitLeft(0);
        source.send(0, "f:flush");
        source.send(1, "g:flush");
        await("both partitions").atMost(SOON).until(() -> ledger.done().keySet().containsAll(List.of("f", "g")));
        assertThat(ledger.held()).containsEntry("d", 1).containsEntry("e", 1);
        awaitLeft(0);
    }
}
