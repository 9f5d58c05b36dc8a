package io.nucleon.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.support.NucleonCommand;
import io.nucleon.support.RawAnswer;
import io.nucleon.support.RawClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nucleon processor}, as images start it: two files of configuration, nuclio's servers, JSON records, SIGTERM. */
class ProductionTest {

    private static final String HANDLER = """
            import os
            def handler(context, event):
                context.logger.info_with("handled", path=event.path)
                return {"namespace": context.platform.namespace, "kind": context.platform.kind,
                        "trigger": context.trigger_name, "name": os.environ["NUCLIO_FUNCTION_NAME"]}
            """;

    private static final String PROCESSOR = """
            metadata: {name: orders, namespace: prod}
            spec:
              runtime: python
              handler: main:handler
              triggers:
                web: {kind: http, url: "127.0.0.1:0"}
            """;

    private static final String PLATFORM = """
            healthCheck: {listenAddress: "127.0.0.1:0"}
            webAdmin: {listenAddress: "127.0.0.1:0"}
            logger:
              sinks: {out: {kind: stdout, attributes: {encoding: json}}}
              system: [{level: info, sink: out}]
              functions: [{level: info, sink: out}]
            """;

    private static final Pattern READY = Pattern.compile(
            "function orders is ready: python [0-9.]+ at (http://[0-9.:]+); health at port ([0-9]+), the web admin at port ([0-9]+)");

    @TempDir
    private Path folder;

    private Path out;
    private Path err;
    private Process process;

    @BeforeEach
    void start() throws IOException {
        Path code = Files.createDirectory(folder.resolve("code"));
        Files.writeString(code.resolve("main.py"), HANDLER);
        Path config = Files.writeString(folder.resolve("processor.yaml"), PROCESSOR);
        Path platform = Files.writeString(folder.resolve("platform.yaml"), PLATFORM);
        out = folder.resolve("out");
        err = folder.resolve("err");
        List<String> words =
                List.of("processor", "-config", config.toString(), "--platform-config", platform.toString());
        process = NucleonCommand.builder(
                        Files.createDirectory(folder.resolve("t")),
                        words,
                        Map.of("NUCLIO_PYTHON_PATH", code.toString()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
    }

    @AfterEach
    void end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private Matcher ready() throws IOException {
        Matcher said = READY.matcher(Files.readString(out));
        said.find();
        return said;
    }

    private static RawAnswer get(String url, String target) throws IOException {
        try (RawClient client = new RawClient(URI.create(url))) {
            return client.send("GET " + target + " HTTP/1.1\r\nHost: here\r\n\r\n")
                    .read(false);
        }
    }

    @Test
    void servesTellsOfItselfAndDrains() throws Exception {
        Awaitility.await("the record that it is ready")
                .atMost(Duration.ofSeconds(40))
                .until(() -> !process.isAlive()
                        || READY.matcher(Files.readString(out)).find());
        assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
        Matcher ready = ready();

        RawAnswer answer = get(ready.group(1), "/x");
        assertThat(answer.text())
                .isEqualTo(
                        "{\"namespace\": \"prod\", \"kind\": \"local\", \"trigger\": \"web\", \"name\": \"orders\"}");
        assertThat(get("http://127.0.0.1:" + ready.group(2), "/ready").status()).isEqualTo(200);
        assertThat(get("http://127.0.0.1:" + ready.group(3), "/triggers/web/stats")
                        .text())
                .contains("\"success\":1");

        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(Files.readString(out))
                .contains("\"message\":\"handled\",\"path\":\"/x\"")
                .contains("draining 0 events")
                .contains("\"message\":\"stopped\"");
        assertThat(Files.readString(err)).isEmpty();
    }
}
