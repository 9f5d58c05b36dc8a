package io.nucleon.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.RecordingInvoker;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send that mean harm, or can't do better. Every refusal leaves the server as it was for others. */
class HostileRequestTest {

    private final RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of("ran"));
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(invoker, Map.of("maxRequestBodySize", 1000, "READBUFFERSIZE", "1024"));
    }

    @AfterEach
    void stop() throws Exception {
        try (RawClient next = server.connect()) {
            assertThat(next.get("/next").read().status()).isEqualTo(200);
        }
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Two lengths, or a length and chunks: two servers would see two different requests.
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
                "POST / HTTP/1.0\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3, 3\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +3\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0x3\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                // Lines that some servers join or split where others don't.
                "GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n\tfolded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nX: a\rY: b\r\n\r\n",
                "GET / HTTP/1.1\nHost: h\n\n",
                "GET / HTTP/1.1\r\nHost: h\r\nX: a\nY: b\r\n\r\n",
                "GET / HTTP/1.1\r\n Host: h\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : h\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nX\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\n: v\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nX Y: v\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nX: a\u0000b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nX\u0000: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nX: \u007f\r\n\r\n",
                // Request lines.
                "GET  HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /\u0000 HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET / HTTP/1.2\r\nHost: h\r\n\r\n",
                "GET / HTTP/2.0\r\nHost: h\r\n\r\n",
                "GET / http/1.1\r\nHost: h\r\n\r\n",
                "GET /\r\n\r\n",
                "G@T / HTTP/1.1\r\nHost: h\r\n\r\n",
                "nonsense\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
                // One host in HTTP/1.1, no more and no less.
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                // Chunks.
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\nabc\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3 \r\nabc\r\n",
            })
    void refusesWhatIsMalformedAndCloses(String request) throws Exception {
        try (RawClient client = server.connect()) {
            client.send(request + "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n");
            RawClient.Answer answer = client.read();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).isEqualTo("Error when parsing request");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(invoker.events()).isEmpty();
    }

    @Test
    void answersWhatCameBeforeTheMalformedRequest() throws Exception {
        try (RawClient client = server.connect()) {
            client.get("/good").send("bad\r\n\r\n");

            assertThat(client.read().text()).isEqualTo("ran");
            assertThat(client.read().status()).isEqualTo(400);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void takesABodyOfExactlyTheLimitAndNoMore() throws Exception {
        try (RawClient client = server.connect()) {
            client.post("/", "x".repeat(1000));
            assertThat(client.read().status()).isEqualTo(200);

            client.post("/", "x".repeat(1001));
            RawClient.Answer refused = client.read();
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).isEqualTo("Error when parsing request");
            assertThat(refused.header("X-Nucleon-Error")).isEqualTo("NUC-5002");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void refusesChunksThatComeToMoreThanTheLimit() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send(("64\r\n" + "x".repeat(100) + "\r\n").repeat(11));

            assertThat(client.read().header("X-Nucleon-Error")).isEqualTo("NUC-5002");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void takesAHeadOfExactlyTheReadBufferAndNoMore() throws Exception {
        String start = "GET / HTTP/1.1\r\nHost: h\r\nX: ";
        String fill = "y".repeat(1024 - start.length() - 4);
        try (RawClient client = server.connect()) {
            client.send(start + fill + "\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(200);

            client.send(start + fill + "y\r\n\r\n");
            RawClient.Answer refused = client.read();
            assertThat(refused.status()).isEqualTo(431);
            assertThat(refused.text()).isEqualTo("Too big request header");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /", "GET / HTTP/1.1\r\nHost: h\r\nX: "})
    void refusesAHeadThatNeverEnds(String start) throws Exception {
        try (RawClient client = server.connect()) {
            client.send(start + "y".repeat(5000));

            assertThat(client.read().status()).isEqualTo(431);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void readsARequestThatComesByteByByte() throws Exception {
        try (RawClient client = server.connect()) {
            for (char c : "\r\nPOST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab".toCharArray()) {
                client.send(String.valueOf(c));
            }

            assertThat(client.read().text()).isEqualTo("ran");
        }
        assertThat(invoker.events().getFirst().bodyText()).isEqualTo("ab");
    }

    @Test
    void survivesRandomBytes() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            try (RawClient client = server.connect()) {
                client.send(mutated(random));
                client.endOutput();
                client.drain();
            } catch (java.net.SocketException e) {
                // Closed while we sent: that is an answer too.
                continue;
            }
            if (round % 25 == 0) {
                try (RawClient next = server.connect()) {
                    assertThat(next.get("/").read().status())
                            .as("seed %d", seed)
                            .isEqualTo(200);
                }
            }
        }
    }

    /** Some noise, or a request with some bytes changed, cut or doubled. */
    private static byte[] mutated(Random random) {
        byte[] bytes = String.join(
                        "\r\n",
                        "POST /a%2fb/../c?d=e HTTP/1.1",
                        "Host: h",
                        "Transfer-Encoding: chunked",
                        "Cookie: a=b",
                        "",
                        "5;x=y",
                        "hello",
                        "0",
                        "T: r",
                        "",
                        "GET / HTTP/1.1",
                        "Host: h",
                        "",
                        "PRI * HTTP/2.0",
                        "",
                        "SM",
                        "",
                        "")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[1 + random.nextInt(3000)];
            random.nextBytes(noise);
            return noise;
        }
        if (random.nextInt(4) == 0) {
            bytes = java.util.Arrays.copyOfRange(bytes, bytes.length - 24, bytes.length + random.nextInt(200));
        }
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) "\r\n \t:;,%/0a\u0000\u00ff".charAt(random.nextInt(13));
        }
        return bytes;
    }
}
