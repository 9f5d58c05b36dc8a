package io.nucleon.triggertest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.support.TestProcessor;
import io.nucleon.support.broker.NatsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters that go to another function of the same host. */
@Timeout(120)
class FunctionDeadLetterTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String FAILING = """
            def handler(context, event):
                raise KeyError('price')
            """;

    /** Refuses the first request that it gets. */
    private static final String UNDERTAKER = """
            import json
            import os

            def handler(context, event):
                with open(os.environ['BOOK'], 'a') as book:
                    book.write(json.dumps([event.body.decode(), dict(event.headers)]) + '\\n')
                if sum(1 for line in open(os.environ['BOOK'])) == 1:
                    raise ValueError('not yet')
            """;

    @TempDir
    private Path folder;

    private Path function(String name, String handler, String triggers) throws IOException {
        Path function = Files.createDirectories(folder.resolve(name));
        Files.writeString(function.resolve("main.py"), handler);
        Files.writeString(
                function.resolve("function.yaml"),
                "metadata: {name: " + name + "}\nspec:\n  runtime: python\n  handler: main:handler\n  triggers:\n"
                        + triggers.indent(4));
        return function;
    }

    @Test
    void areOfferedToItUntilItTakesThem() throws Exception {
        Path book = Files.createFile(folder.resolve("book"));
        try (NatsServer broker = new NatsServer().start()) {
            try (JetStreamSource source = new JetStreamSource(broker, "orders")) {
                Path failing = function(
                        "failing",
                        FAILING,
                        "source:\n"
                                + (source.trigger() + "\nretry: {maxAttempts: 2, backoff: 10ms}\n"
                                                + "deadLetter: function:undertaker\n")
                                        .indent(2));
                Path undertaker = function("undertaker", UNDERTAKER, "http: {kind: http}\n");
                try (TestProcessor processor = TestProcessor.start(new TestProcessor.Setting(
                        "trigger-function-dead-letter",
                        failing,
                        List.of(undertaker.toString()),
                        Map.of("BOOK", book.toString())))) {
                    source.send(0, "bad");

                    await("its ack").atMost(SOON).until(() -> source.left() == 0);

                    assertThat(Files.readAllLines(book))
                            .as(processor.output())
                            .hasSize(2)
                            .allSatisfy(line -> assertThat(line)
                                    .startsWith("[\"bad\", ")
                                    .contains("KeyError: 'price'")
                                    .containsIgnoringCase("\"X-Nucleon-Dead-Letter-Attempts\": \"2\"")
                                    .containsIgnoringCase("\"X-Nucleon-Dead-Letter-Trigger\": \"source\""));
                    assertThat(processor.errors() + processor.out()).contains("NUC-5013", "function 'undertaker'");
                }
            }
        }
    }
}
