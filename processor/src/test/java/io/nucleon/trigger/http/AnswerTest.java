package io.nucleon.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.RecordingInvoker;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a handler answers, which is believed in nothing, and what the client gets of it. */
class AnswerTest {

    private final AtomicReference<GivenResponse> given = new AtomicReference<>(GivenResponse.of("body"));
    private final TestServer server = TestServer.start(RecordingInvoker.answering(seen -> given.get()));

    @AfterEach
    void stop() {
        server.close();
    }

    private RawClient.Answer answerTo(GivenResponse response) throws Exception {
        given.set(response);
        try (RawClient client = server.connect()) {
            RawClient.Answer answer = client.get("/").read();
            given.set(GivenResponse.of("again"));
            assertThat(client.get("/").read().text())
                    .as("the connection is in step")
                    .isEqualTo("again");
            return answer;
        }
    }

    @Test
    void writesHeadersWithCanonicalNames() throws Exception {
        RawClient.Answer answer = answerTo(
                GivenResponse.of("x").withHeaders("x-lower", "v", "SET-cookie", "a=1", "Set-Cookie", "b=2", "X_y", ""));

        assertThat(answer.headerLines()).contains("X-Lower: v", "Set-Cookie: a=1", "Set-Cookie: b=2", "X_y: ");
    }

    @Test
    void contentTypeOfTheAnswerOverridesTheHeader() throws Exception {
        assertThat(answerTo(GivenResponse.of("x").withType("a/b").withHeaders("content-type", "c/d"))
                        .headers("Content-Type"))
                .containsExactly("a/b");
        assertThat(answerTo(GivenResponse.of("x").withHeaders("content-type", "c/d"))
                        .headers("Content-Type"))
                .containsExactly("c/d");
        assertThat(answerTo(GivenResponse.of("x")).headers("Content-Type"))
                .containsExactly("text/plain; charset=utf-8");
        assertThat(answerTo(GivenResponse.of("")).headers("Content-Type")).isEmpty();
    }

    @Test
    void sendsNoFramingOfTheHandlers() throws Exception {
        RawClient.Answer answer = answerTo(GivenResponse.of("four")
                .withHeaders(
                        "Content-Length", "99",
                        "Transfer-Encoding", "chunked",
                        "Connection", "keep-alive",
                        "Trailer", "X",
                        "Upgrade", "h2c",
                        "Date", "never",
                        "Host", "echoed"));

        assertThat(answer.text()).isEqualTo("four");
        assertThat(answer.headers("Content-Length")).containsExactly("4");
        assertThat(answer.headers("Transfer-Encoding")).isEmpty();
        assertThat(answer.headers("Connection")).isEmpty();
        assertThat(answer.header("Date")).isNotEqualTo("never");
        assertThat(answer.header("Host")).isEqualTo("echoed");
    }

    @Test
    void closesWhenTheHandlerWantsIt() throws Exception {
        given.set(GivenResponse.of("bye").withHeaders("connection", "Close"));
        try (RawClient client = server.connect()) {
            assertThat(client.get("/").read().header("Connection")).isEqualTo("close");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void lineEndsInHeadersSplitNothing() throws Exception {
        RawClient.Answer answer = answerTo(GivenResponse.of("x")
                .withType("text/a\r\nX-In: jected")
                .withHeaders(
                        "X-Value", "a\r\nX-In: jected\r\n\r\nHTTP/1.1 200 OK", "X-In\r\njected", "v", "b ad", "v"));

        assertThat(answer.headers("X-In")).isEmpty();
        assertThat(answer.header("X-Value")).isEqualTo("a  X-In: jected    HTTP/1.1 200 OK");
        assertThat(answer.header("Content-Type")).isEqualTo("text/a  X-In: jected");
        assertThat(answer.headerLines()).noneMatch(line -> line.startsWith("b ad"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\0\0\0", "name", "\0value", "a\0b\0c", "a\0b\0\0", "a\0\0b\0c"})
    void brokenHeaderBlocksDoNoHarm(String block) throws Exception {
        RawClient.Answer answer = answerTo(GivenResponse.of("x").withHeaderBlock(GivenResponse.bytes(block)));

        assertThat(answer.text()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 100, 101, 199, 1000, 65_535})
    void aStatusThatHttpHasNotIsAnError(int status) throws Exception {
        RawClient.Answer answer = answerTo(GivenResponse.of("x").withStatus(status));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("X-Nucleon-Error")).isEqualTo("NUC-5003");
        assertThat(answer.text()).contains("its status is " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 226, 418, 511, 599, 999})
    void otherStatusesAreSent(int status) throws Exception {
        assertThat(answerTo(GivenResponse.of("x").withStatus(status)).status()).isEqualTo(status);
        assertThat(answerTo(GivenResponse.of("x").withStatus(0)).status()).isEqualTo(200);
    }

    @Test
    void headersOfMegabytesAreAnError() throws Exception {
        RawClient.Answer answer = answerTo(GivenResponse.of("x").withHeaders("X", "y".repeat(300_000)));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("X-Nucleon-Error")).isEqualTo("NUC-5003");
    }

    @Test
    void sendsLargeBodies() throws Exception {
        String large = "0123456789".repeat(500_000);

        assertThat(answerTo(GivenResponse.of(large)).text()).isEqualTo(large);
    }

    @Test
    void namesItsOwnServer() throws Exception {
        assertThat(answerTo(GivenResponse.of("x").withHeaders("server", "mine")).headers("Server"))
                .containsExactly("mine");
    }

    @Test
    void saysWhereTheTimeWent() throws Exception {
        String timing =
                answerTo(GivenResponse.of("x").withHandlerNanos(1_234_567_890L)).header("Server-Timing");

        assertThat(timing).contains("handler;dur=1234.567");
    }
}
