package io.nucleon.triggertest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.support.NucleonCommand;
import io.nucleon.support.TestProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Secrets that come with events lie in no file when all is over: not in the journal, not in a recording, not in what the processor printed.
 * Failed calls, dead letters and recorded events are all written.
 */
@Timeout(120)
class SecretsAtRestTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String HANDLER = """
            def handler(context, event):
                context.logger.info('it works')
                if 'bad' in str(event.body):
                    raise KeyError('price')
                return 'fine'
            """;

    private static final String FUNCTION = """
            metadata: {name: secretive}
            spec:
              runtime: python
              handler: main:handler
              triggers:
                http: {kind: http}
                stream: {kind: kafka-cluster, attributes: {brokers: ['127.0.0.1:1'], topics: [orders], consumerGroup: g}, retry: {maxAttempts: 1}}
            """;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> secrets = new ArrayList<>();

    /** One that was never seen before. */
    private String secret() {
        String secret = "s3cr3t" + UUID.randomUUID().toString().replace("-", "");
        secrets.add(secret);
        return secret;
    }

    private TestProcessor start(String record) throws IOException {
        Path function = Files.createDirectories(folder.resolve("fn"));
        Files.writeString(function.resolve("main.py"), HANDLER);
        Files.writeString(function.resolve("function.yaml"), FUNCTION);
        return TestProcessor.start(new TestProcessor.Setting(
                "trigger-secrets",
                function,
                List.of("--brokers", "off", "--record", record, "--redact", "iban", "--redact", "password"),
                Map.of("XDG_STATE_HOME", folder.resolve("state").toString())));
    }

    private void call(URI address, String contentType, String body) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(address + "/?password=" + secret() + "&plain=plain-query"))
                        .header("Authorization", "Bearer " + secret())
                        .header("Cookie", "session=" + secret())
                        .header("Iban", secret())
                        .header("Content-Type", contentType)
                        .timeout(LIMIT)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(body.contains("bad") ? 500 : 200);
    }

    private String json(String word) {
        return "{\"note\":\"" + word + "\",\"deep\":[{\"password\":\"" + secret() + "\"}],\"iban\":\"" + secret()
                + "\"}";
    }

    private List<Path> files(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static boolean holds(Path file, String text) throws IOException {
        // every byte is a character
        return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "events.ndjson"})
    void secretsOfEventsAreInNoFile(String record) throws Exception {
        Path recording = record.equals("journal") ? folder.resolve("state") : folder.resolve(record);
        List<String> printed = new ArrayList<>();
        try (TestProcessor processor = start(record.equals("journal") ? record : recording.toString())) {
            call(processor.address(), "application/json", json("plain-good"));
            call(processor.address(), "application/json", json("bad"));
            call(processor.address(), "application/x-www-form-urlencoded", "note=plain-form&password=" + secret());
            NucleonCommand.Ended sent = processor.command(
                    folder,
                    "events",
                    "send",
                    "kafka",
                    "secretive",
                    "-b",
                    json("bad plain-letter"),
                    "-H",
                    "Authorization: Basic " + secret());
            assertThat(sent.out()).as(sent.err()).contains("dead  dead-lettered");
            await("the records").atMost(LIMIT).until(() -> anyHolds(files(recording), "plain-good"));
            printed.addAll(processor.out());
            assertThat(processor.stop()).isEmpty();
            printed.add(processor.errors());
        }

        List<Path> kept = new ArrayList<>(files(folder.resolve("state")));
        kept.addAll(files(recording));
        assertThat(anyHolds(kept, "plain-query"))
                .as("what is no secret is there")
                .isTrue();
        assertThat(anyHolds(kept, "plain-form")).isTrue();
        assertThat(anyHolds(files(folder.resolve("state")), "plain-letter"))
                .as("the dead letter")
                .isTrue();
        assertThat(secrets).hasSize(20);
        for (String secret : secrets) {
            for (Path file : kept) {
                assertThat(holds(file, secret))
                        .as("secret %d in %s", secrets.indexOf(secret), file)
                        .isFalse();
            }
            assertThat(printed).as("secret %d", secrets.indexOf(secret)).noneMatch(line -> line.contains(secret));
        }
    }

    private static boolean anyHolds(List<Path> files, String text) throws IOException {
        for (Path file : files) {
            if (holds(file, text)) {
                return true;
            }
        }
        return false;
    }
}
