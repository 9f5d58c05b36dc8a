package io.nucleon.reload;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.support.TestProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Debuggers' own greetings, spoken to the real thing, before and after a save. */
@Timeout(120)
class InspectTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static TestProcessor start(Language language, Path folder, int port, Map<String, String> environment) {
        List<String> options = language.name().equals("python")
                ? List.of("--inspect", Integer.toString(port), "--interpreter", "/usr/bin/python3")
                : List.of("--inspect", Integer.toString(port), "--workers", "3");
        return TestProcessor.start(
                new TestProcessor.Setting("inspect-" + language, folder, options, environment, true));
    }

    private static String get(String url) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** Says something to the port; what comes back first. */
    private static String greet(int port, String greeting, int length) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream().write(greeting.getBytes(US_ASCII));
            return new String(socket.getInputStream().readNBytes(length), US_ASCII);
        }
    }

    private static String greetAs(Language language, int port) throws IOException, InterruptedException {
        return switch (language.name()) {
            case "python" -> greet(port, "", "Content-Length: ".length());
            case "nodejs" -> get("http://127.0.0.1:" + port + "/json/list");
            default -> greet(port, "JDWP-Handshake", "JDWP-Handshake".length());
        };
    }

    @ParameterizedTest
    @CsvSource({"python, Content-Length:", "nodejs, webSocketDebuggerUrl", "java, JDWP-Handshake"})
    void aDebuggerIsGreetedByTheWorkerThatServes(String name, String greeting) throws Exception {
        Language language = Language.of(name);
        Path folder = language.install("inspect-" + name);
        int port = freePort();
        // The nucleon command gives its JVM the agent.
        Map<String, String> environment = name.equals("java")
                ? Map.of(
                        "JDK_JAVA_OPTIONS",
                        "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port)
                : Map.of();
        try (TestProcessor processor = start(language, folder, port, environment)) {
            assertThat(greetAs(language, port)).contains(greeting);
            assertThat(get(processor.address().toString())).isEqualTo("v1");

            Language.save(folder.resolve(language.file()), language.version(2));
            await("the new code")
                    .atMost(LIMIT)
                    .until(() -> get(processor.address().toString()).equals("v2"));
            await("the new worker's debugger")
                    .atMost(LIMIT)
                    .ignoreExceptions()
                    .until(() -> greetAs(language, port).contains(greeting));

            assertThat(processor.stop()).isEmpty();
            processor.forgetEvidence();
        }
    }

    @Test
    void aJavaWorkerInAProcessPrintsItsPort() throws Exception {
        Language language = Language.of("java-isolated");
        Path folder = language.install("inspect-java-isolated");
        try (TestProcessor processor = start(language, folder, freePort(), Map.of())) {
            Pattern printed = Pattern.compile("Listening for transport dt_socket at address: (\\d+)");
            await("the port")
                    .atMost(LIMIT)
                    .until(() -> printed.matcher(said(processor)).find());

            Matcher matcher = printed.matcher(said(processor));
            assertThat(matcher.find()).isTrue();
            assertThat(greetAs(language, Integer.parseInt(matcher.group(1)))).isEqualTo("JDWP-Handshake");
            processor.stop();
            processor.forgetEvidence();
        }
    }

    private static String said(TestProcessor processor) throws IOException {
        return String.join("\n", processor.out()) + processor.errors();
    }

    @Test
    void withADebuggerThereIsOneWorkerWithoutATimeLimit() throws Exception {
        Language node = Language.of("nodejs");
        Path folder = node.install("inspect-limit");
        node.describe(folder, Map.of("eventTimeout", "1s"));
        Files.writeString(
                folder.resolve("main.js"),
                "exports.handler = async () => { await new Promise((r) => setTimeout(r, 1500)); return String(process.pid); };\n");
        try (TestProcessor processor = start(node, folder, freePort(), Map.of())) {
            String first = get(processor.address().toString());

            assertThat(first).matches("\\d+");
            assertThat(get(processor.address().toString())).isEqualTo(first);
            processor.stop();
            processor.forgetEvidence();
        }
    }
}
