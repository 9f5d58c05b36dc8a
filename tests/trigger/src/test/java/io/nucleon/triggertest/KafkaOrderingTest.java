package io.nucleon.triggertest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.support.TestProcessor;
import io.nucleon.support.broker.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records of one partition with {@code ordering: key}. */
@Timeout(240)
class KafkaOrderingTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    /** Some times as long as the reader waits between commits. */
    private static final Duration SOME_COMMITS = Duration.ofSeconds(1);

    private static final int EACH = 8;

    /** {@code NAME:gate} is not done before the file {@code gate} is there. */
    private static final String HANDLER = """
            import os
            import threading

            def note(what, name):
                ledger = os.open(os.environ["LEDGER"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
                os.write(ledger, f"{what} {name} 0 0 0\\n".encode())
                os.close(ledger)

            def handler(context, event):
                name, _, how = event.body.decode().partition(":")
                note("began", name)
                if how == "gate" and not os.path.exists(os.environ["GATE"]):
                    threading.Event().wait(100)  # it is killed meanwhile
                note("did", name)
            """;

    @TempDir
    private Path folder;

    private KafkaBroker broker;
    private KafkaSource source;
    private Ledger ledger;
    private TestProcessor processor;

    @BeforeEach
    void open() throws Exception {
        broker = new KafkaBroker(Map.of()).start();
        source = new KafkaSource(broker, "keys");
        ledger = new Ledger(Files.createFile(folder.resolve("ledger")));
    }

    @AfterEach
    void close() throws Exception {
        if (processor != null) {
            processor.close();
        }
        source.close();
        broker.close();
    }

    private void start() throws IOException {
        Path function = Files.createDirectories(folder.resolve("fn"));
        Files.writeString(function.resolve("main.py"), HANDLER);
        Files.writeString(
                function.resolve("function.yaml"),
                "metadata: {name: keys}\nspec:\n  runtime: python\n  handler: main:handler\n  triggers:\n    source:\n"
                        + (source.trigger().replace("channelBufferSize: 16", "channelBufferSize: 64")
                                        + "\nordering: key\nnumWorkers: 2\n")
                                .indent(6));
        processor = TestProcessor.start(new TestProcessor.Setting(
                "trigger-kafka-ordering",
                function,
                List.of(),
                Map.of(
                        "LEDGER",
                        ledger.file().toString(),
                        "GATE",
                        folder.resolve("gate").toString(),
                        "XDG_STATE_HOME",
                        folder.resolve("state").toString())));
    }

    private static List<String> names(String key) {
        return IntStream.range(0, EACH).mapToObj(i -> key + i).toList();
    }

    /** Names of a key in the order in which each was done first. */
    private List<String> doneOf(String key) throws IOException {
        return ledger.done().keySet().stream()
                .filter(name -> name.startsWith(key))
                .toList();
    }

    @Test
    void keysWaitForThemselvesOnlyAndNothingBehindTheSlowestIsCommitted() throws Exception {
        start();
        source.send(0, "a", "a0:gate");
        for (int i = 0; i < EACH; i++) {
            if (i > 0) {
                source.send(0, "a", "a" + i + ":ok");
            }
            source.send(0, "b", "b" + i + ":ok");
            source.send(0, "c", "c" + i + ":ok");
        }
        Set<String> others = new HashSet<>(names("b"));
        others.addAll(names("c"));

        await("other keys").atMost(SOON).until(() -> ledger.done().keySet().containsAll(others));
        assertThat(ledger.begun()).containsEntry("a0", 1).doesNotContainKey("a1");
        await("nothing to be committed").during(SOME_COMMITS).atMost(SOON).until(() -> source.left() == 3 * EACH);
        processor.handle().destroyForcibly();
        processor.close();
        Files.createFile(folder.resolve("gate"));
        start();

        await("all of them").atMost(SOON).until(() -> source.left() == 0);
        for (String key : List.of("a", "b", "c")) {
            assertThat(doneOf(key)).isEqualTo(names(key));
        }
        assertThat(ledger.done()).as("done before the kill, and again").containsEntry("b0", 2);
    }
}
