package io.nucleon.polyglot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.nucleon.polyglot.GuestSetting.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the code of a context may ask. */
class GuestRequestsTest {

    private HttpServer server;
    private String base;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("X-Seen", exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private GuestRequests.Answer ask(Network network, String functions, String url) {
        GuestSetting setting = new GuestSetting(
                GuestLanguage.JAVASCRIPT,
                "orders",
                TestSetting.top(),
                Path.of("."),
                Map.of("NUCLEON_FUNCTION_URLS", functions),
                GuestSetting.Files.RO,
                network,
                0,
                256);
        var wanted = new GuestRequests.Wanted(
                "POST", url, List.of("X-Own", "1", "Host", "other"), ByteBuffer.wrap(new byte[] {7}), 5000);
        return new GuestRequests(setting).send(wanted).join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/run"})
    void asksOtherFunctionsBelowTheirAddress(String prefix) {
        GuestRequests.Answer answer = ask(Network.FUNCTIONS, base + prefix, base + prefix + "/billing?a=b");

        assertThat(answer.failure()).isEmpty();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(ByteBuffer.wrap(new byte[] {7}));
        assertThat(answer.headers()).contains("x-seen", "POST " + prefix + "/billing?a=b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.invalid/",
                "http://127.0.0.1:1/",
                "http://BASE@example.invalid/",
                "http://BASE.example.invalid/",
                "http://nuclio-orders.example.invalid/",
                "http://nuclio-orders@example.invalid/",
                "http://BASE/elsewhere",
                "http://BASE/run/../elsewhere",
                "file:///etc/passwd"
            })
    void asksNobodyElse(String url) {
        String given = url.replace("BASE", base.substring("http://".length()));

        assertThat(ask(Network.FUNCTIONS, base + "/run", given).failure()).startsWith("EACCES: ");
    }

    @Test
    void asksNobodyAtAllWhereThereIsNoNetwork() {
        assertThat(ask(Network.NONE, base, base + "/billing").failure()).startsWith("EACCES: ");
    }

    @Test
    void asksAnybodyWhereThatIsGranted() {
        assertThat(ask(Network.ANY, "", base + "/any").status()).isEqualTo(200);
    }

    @Test
    void whatIsNoAddressIsSaidToBeNone() {
        assertThat(ask(Network.ANY, "", "http://a b/").failure()).startsWith("EINVAL: ");
    }
}
