package io.nucleon.triggertest;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.support.FileTree;
import io.nucleon.support.NucleonCommand;
import io.nucleon.support.NucleonCommand.Ended;
import io.nucleon.support.TestProcessor;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two functions of one name that one user runs from two folders at the same time. */
@Timeout(180)
class SameNameTest {

    private static final String HANDLER = """
            import os

            def handler(context, event):
                good = os.path.join(os.path.dirname(__file__), "good")
                if event.trigger.kind != "http" and not os.path.exists(good):
                    raise KeyError("price")
                print("from " + os.path.dirname(os.path.realpath(__file__)))
                return os.path.dirname(os.path.realpath(__file__))
            """;

    private static final String FUNCTION = """
            metadata: {name: orders}
            spec:
              runtime: python
              handler: main:handler
              triggers:
                web: {kind: http}
                stream:
                  kind: kafka-cluster
                  retry: {maxAttempts: 1}
                  attributes: {brokers: ["127.0.0.1:1"], topics: [orders-topic], consumerGroup: g}
            """;

    @TempDir
    private Path folder;

    /** Short, as a socket's path may have 107 characters. */
    private Path user;

    private Path a;
    private Path b;

    @BeforeEach
    void write() throws IOException {
        user = Files.createTempDirectory("nuc");
        a = write("a");
        b = write("b");
    }

    @AfterEach
    void remove() throws IOException {
        FileTree.delete(user);
    }

    private Path write(String name) throws IOException {
        Path function = Files.createDirectories(folder.resolve(name).resolve("orders"));
        Files.writeString(function.resolve("main.py"), HANDLER);
        Files.writeString(function.resolve("function.yaml"), FUNCTION);
        return function.toRealPath();
    }

    private Map<String, String> environment() {
        return Map.of("XDG_STATE_HOME", user.toString(), "XDG_RUNTIME_DIR", user.toString());
    }

    private TestProcessor start(String label, Path function) {
        return TestProcessor.start(new TestProcessor.Setting(
                "same-name-" + label, function, List.of("--brokers", "off", "--workers", "1"), environment()));
    }

    private Ended run(String... words) throws IOException {
        return NucleonCommand.run(folder, List.of(words), environment());
    }

    private static int callAsynchronously(TestProcessor processor) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(processor.address())
                                    .header("X-Nucleon-Async", "true")
                                    .timeout(Duration.ofSeconds(60))
                                    .POST(HttpRequest.BodyPublishers.ofString("x"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void eachKeepsItsOwn() throws Exception {
        try (TestProcessor first = start("a", a);
                TestProcessor second = startAfterALetter(b)) {
            assertThat(run("events", "send", "kafka", b.toString()).out())
                    .as(second.output())
                    .contains("dead-lettered");
            assertThat(callAsynchronously(first)).as(first.output()).isEqualTo(202);
            assertThat(callAsynchronously(second)).as(second.output()).isEqualTo(202);

            Ended refused = run("events", "dead", "list", "orders");
            assertThat(refused.err())
                    .startsWith("error[NUC-8001]: 2 functions 'orders' have a journal\n")
                    .contains("run from " + a + "\n", "run from " + b + "\n", "nucleon events dead list " + a + "\n");
            assertThat(refused.exit()).isEqualTo(2);
            String ofA = run("events", "dead", "list", "a/orders", "-o", "name").out();
            String ofB = run("events", "dead", "list", "b/orders", "-o", "name").out();
            assertThat(ofA.lines()).hasSize(1);
            assertThat(ofB.lines()).hasSize(1).doesNotContain(ofA.strip());

            assertThat(run("invoke", "orders"))
                    .returns(2, Ended::exit)
                    .extracting(Ended::err)
                    .asString()
                    .startsWith("error[NUC-8001]: 2 functions 'orders' run here\n")
                    .contains("run from " + a + "\n", "run from " + b + "\n", "nucleon invoke " + a + "\n");
            for (String verb : List.of("get", "logs")) {
                assertThat(run(verb, "orders").err()).as(verb).contains("nucleon " + verb + " " + a + "\n");
            }
            assertThat(run("events", "send", "kafka", "orders").err()).contains("nucleon events send KIND " + a + "\n");
            assertThat(run("list", "-o", "json").out())
                    .contains(first.address().toString(), second.address().toString());
            assertThat(run("get", "a/orders").out()).contains(first.address().toString());
            assertThat(run("get", "b/orders").out()).contains(second.address().toString());
            assertThat(run("invoke", "a/orders", "-b", "x").out()).contains(a.toString());
            assertThat(run("invoke", "b/orders", "-b", "x").out()).contains(b.toString());
            assertThat(run("logs", "a/orders").out()).contains("from " + a).doesNotContain("from " + b);
            assertThat(run("logs", "b/orders").out()).contains("from " + b).doesNotContain("from " + a);

            Files.createFile(a.resolve("good"));
            assertThat(run("replay", "a/orders", "--dead").out())
                    .as(first.output())
                    .endsWith("  done\n");
            assertThat(run("replay", "b/orders", "--dead").out())
                    .as(second.output())
                    .endsWith("  failed\n");
            assertThat(run("events", "dead", "list", "a/orders", "-o", "name").out())
                    .isEmpty();
            first.forgetEvidence();
            second.forgetEvidence();
        }
    }

    /** By its name, which means another one as soon as that is started. */
    private TestProcessor startAfterALetter(Path function) throws IOException {
        assertThat(run("events", "send", "kafka", "orders").out()).contains("dead-lettered");
        return start("b", function);
    }
}
