package io.nucleon.wrapper.handler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nuclio.FunctionCall;
import io.nuclio.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpPlatformTest {

    private record Seen(String method, String target, Map<String, List<String>> headers, String body) {
        String header(String name) {
            List<String> values = headers.get(name);
            return values == null ? null : String.join("|", values);
        }
    }

    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private HttpServer server;
    private HttpPlatform platform;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        platform = new HttpPlatform(
                "local", "tests", "http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void stop() {
        release.countDown();
        platform.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        seen.add(new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        if (exchange.getRequestURI().getPath().endsWith("/never")) {
            try {
                release.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.getResponseHeaders().add("Content-Type", "text/x-own");
        exchange.getResponseHeaders().add("X-Twice", "1");
        exchange.getResponseHeaders().add("X-Twice", "2");
        exchange.getResponseHeaders().add("X-Once", "a");
        exchange.sendResponseHeaders(418, 3);
        exchange.getResponseBody().write(new byte[] {'a', 0, 'b'});
        exchange.close();
    }

    @Test
    void asksBelowTheNameAndGivesTheAnswerAsItIs() throws Exception {
        Response response = platform.callFunction(
                "orders",
                new FunctionCall()
                        .setPath("/p?q=1")
                        .setContentType("application/json")
                        .setHeaders(Map.of("X-Own", "x", "Host", "other", "Content-Length", "7", "Connection", "close"))
                        .setBody("{}"));

        Seen request = seen.poll(5, TimeUnit.SECONDS);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/orders/p?q=1");
        assertThat(request.body()).isEqualTo("{}");
        assertThat(request.header("Content-type")).isEqualTo("application/json");
        assertThat(request.header("X-nuclio-target")).isEqualTo("orders");
        assertThat(request.header("X-own")).isEqualTo("x");
        assertThat(request.header("Content-length")).isEqualTo("2");
        assertThat(request.headers()).doesNotContainKeys("Upgrade", "Http2-settings");
        assertThat(response.getStatusCode()).isEqualTo(418);
        assertThat(response.getContentType()).isEqualTo("text/x-own");
        assertThat(response.getBody()).containsExactly('a', 0, 'b');
        assertThat(response.getHeaders()).containsEntry("x-once", "a").containsEntry("x-twice", List.of("1", "2"));
    }

    @Test
    void withoutABodyItIsAGetToTheRoot() throws Exception {
        platform.callFunction("orders", new FunctionCall());

        Seen request = seen.poll(5, TimeUnit.SECONDS);
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.target()).isEqualTo("/orders/");
        assertThat(request.header("Content-type")).isEqualTo("text/plain");
    }

    @Test
    void aTargetThatIsGivenIsKept() throws Exception {
        platform.callFunction("orders", new FunctionCall().setHeaders(Map.of("x-nuclio-target", "mine")));

        assertThat(seen.poll(5, TimeUnit.SECONDS).header("X-nuclio-target")).isEqualTo("mine");
    }

    @Test
    void noAnswerInTimeIsAnError() {
        FunctionCall call = new FunctionCall().setPath("/never").setTimeout(Duration.ofMillis(50));

        assertThatThrownBy(() -> platform.callFunction("orders", call))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("'orders'")
                .hasCauseInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void nobodyAtTheAddressIsAnError() {
        HttpPlatform nowhere = new HttpPlatform("local", "tests", "");

        assertThatThrownBy(() -> nowhere.callFunction("orders", new FunctionCall()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("http://nuclio-tests-orders:8080/");
        assertThatThrownBy(() -> new HttpPlatform("kube", "tests", "").callFunction("orders", new FunctionCall()))
                .hasMessageContaining("http://nuclio-orders:8080/");
    }
}
