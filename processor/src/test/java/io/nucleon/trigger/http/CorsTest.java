package io.nucleon.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.RecordingInvoker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** nuclio: pkg/processor/trigger/http/cors, with its two defects cured. */
class CorsTest {

    private final RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of("ran"));

    private RawClient.Answer ask(Map<String, Object> cors, String method, String... lines) throws Exception {
        try (TestServer server = TestServer.start(invoker, Map.of("cors", cors));
                RawClient client = server.connect()) {
            client.send(method + " / HTTP/1.1\r\nHost: h\r\n" + String.join("\r\n", lines) + "\r\n\r\n");
            return client.read();
        }
    }

    @Test
    void grantsAPreflightWithoutTheFunction() throws Exception {
        RawClient.Answer answer = ask(
                Map.of("enabled", true, "allowCredentials", "true"),
                "OPTIONS",
                "Origin: http://a.b",
                "Access-Control-Request-Method: PUT",
                "Access-Control-Request-Headers: x-nuclio-log-level,content-type, Accept");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers("Vary"))
                .containsExactly("Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("http://a.b");
        assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("5");
        assertThat(answer.header("Access-Control-Allow-Methods"))
                .isEqualTo("HEAD, GET, POST, PUT, DELETE, OPTIONS, PATCH");
        assertThat(answer.header("Access-Control-Allow-Headers"))
                .isEqualTo("Accept, Content-Length, Content-Type, Authorization, X-Nuclio-Log-Level");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(invoker.events()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://c.d, PUT, Accept",
        "'', PUT, Accept",
        "http://a.b, TRACE, Accept",
        "http://a.b, PUT, X-Other",
    })
    void refusesOtherPreflights(String origin, String method, String headers) throws Exception {
        RawClient.Answer answer = ask(
                Map.of("enabled", true, "allowOrigins", List.of("http://A.b")),
                "OPTIONS",
                "Origin: " + origin,
                "Access-Control-Request-Method: " + method,
                "Access-Control-Request-Headers: " + headers);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers("Vary")).hasSize(3);
        assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
        assertThat(invoker.events()).isEmpty();
    }

    @Test
    void addsHeadersToAnswersForAllowedOrigins() throws Exception {
        RawClient.Answer answer =
                ask(Map.of("enabled", true, "exposeHeaders", List.of("X-A", "X-B")), "GET", "Origin: http://a.b");

        assertThat(answer.text()).isEqualTo("ran");
        assertThat(answer.header("Vary")).isEqualTo("Origin");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("http://a.b");
        assertThat(answer.header("Access-Control-Expose-Headers")).isEqualTo("X-A, X-B");
    }

    @ParameterizedTest
    @CsvSource({"Origin: http://c.d", "X: none"})
    void runsTheFunctionForOthersToo(String line) throws Exception {
        RawClient.Answer answer = ask(Map.of("enabled", true, "allowOrigins", List.of("http://a.b")), "GET", line);

        assertThat(answer.text()).isEqualTo("ran");
        assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void anOptionsRequestThatIsNoPreflightReachesTheFunction() throws Exception {
        assertThat(ask(Map.of("enabled", true), "OPTIONS", "Origin: http://a.b").text())
                .isEqualTo("ran");
        assertThat(ask(Map.of("enabled", false), "OPTIONS", "Access-Control-Request-Method: PUT")
                        .text())
                .isEqualTo("ran");
    }
}
