package io.nucleon.builder.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    @TempDir
    Path folder;

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private HttpServer inner;

    @BeforeEach
    void start() throws IOException {
        server = serve();
        inner = serve();
    }

    private HttpServer serve() throws IOException {
        HttpServer one = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        one.createContext("/", this::answer);
        one.start();
        return one;
    }

    @AfterEach
    void stop() {
        server.stop(0);
        inner.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        seen.add(exchange.getLocalAddress().getPort() + path + " "
                + exchange.getRequestHeaders().getFirst("X-Key"));
        String query = exchange.getRequestURI().getQuery();
        switch (path) {
            case "/to" -> {
                exchange.getResponseHeaders().set("Location", query);
                exchange.sendResponseHeaders(302, -1);
            }
            case "/loop" -> {
                exchange.getResponseHeaders().set("Location", "/loop");
                exchange.sendResponseHeaders(302, -1);
            }
            case "/chunked" -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("chunked text".getBytes(StandardCharsets.UTF_8));
            }
            case "/missing" -> exchange.sendResponseHeaders(404, -1);
            default -> {
                byte[] body = ("text of " + path).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
        exchange.close();
    }

    @Test
    void fetchesWithHeadersOverRedirectsOfOneHost() {
        assertThat(fetch("/to?/plain")).hasContent("text of /plain");
        assertThat(fetch("/chunked")).hasContent("chunked text");
        assertThat(seen).anyMatch(line -> line.endsWith("/plain sesame"));
    }

    @Test
    void looksAtEachRedirectAgain() {
        for (String to : List.of(
                address(inner) + "/plain",
                "https://169.254.169.254/latest/meta-data",
                "file:///etc/passwd",
                "https://localhost/x")) {
            assertThatThrownBy(() -> fetch("/to?" + to)).hasMessageContaining("NUC-6002");
        }
        assertThat(seen)
                .noneMatch(line ->
                        line.startsWith(String.valueOf(inner.getAddress().getPort())));
    }

    @Test
    void givesHeadersToNoOtherHost() {
        AddressRule both = new AddressRule(Set.of("127.0.0.1"));

        new Download(both, 1000)
                .fetch(
                        address(server) + "/to?" + address(inner) + "/plain",
                        Map.of("X-Key", "sesame"),
                        folder.resolve("x"));

        assertThat(seen).contains(inner.getAddress().getPort() + "/plain null");
    }

    @Test
    void endsLoopsOfRedirects() {
        assertThatThrownBy(() -> fetch("/loop")).hasMessageContaining("NUC-6001");
        assertThat(seen).hasSize(6);
    }

    @Test
    void refusesWhatIsTooLargeAndSaysWhatIsMissing() {
        assertThatThrownBy(
                        () -> new Download(rule(), 5).fetch(address(server) + "/plain", Map.of(), folder.resolve("x")))
                .hasMessageContaining("NUC-6004");
        assertThatThrownBy(() -> fetch("/missing"))
                .hasMessageContaining("NUC-6001")
                .hasMessageContaining("404");
    }

    @Test
    void sendsNoHeaderThatWouldBeTwo() {
        assertThatThrownBy(() -> new Download(rule(), 1000)
                        .fetch(address(server) + "/plain", Map.of("X-Key", "a\r\nX-Other: b"), folder.resolve("x")))
                .hasMessageContaining("X-Key");
        assertThat(seen).isEmpty();
    }

    private Path fetch(String path) {
        Path file = folder.resolve("fetched");
        new Download(rule(), 1000).fetch(address(server) + path, Map.of("X-Key", "sesame"), file);
        assertThat(Files.isRegularFile(file)).isTrue();
        return file;
    }

    private AddressRule rule() {
        return new AddressRule(Set.of("127.0.0.1:" + server.getAddress().getPort()));
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
