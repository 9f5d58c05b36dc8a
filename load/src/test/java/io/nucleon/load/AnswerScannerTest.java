package io.nucleon.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerScannerTest {
    private static final String TIMED = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"
            + "server-timing: queue;dur=0.010, handler;desc=\"x\";dur=12.35, transport;dur=0.08\r\n\r\nhello";

    private final AnswerScanner scanner = new AnswerScanner();

    @ParameterizedTest
    @ValueSource(
            strings = {
                TIMED,
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-LENGTH: 0\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 500 Oops\r\nX-Nucleon-Error: NUC-4030\r\nContent-Length: 1\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1A;x=1\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nT: 1\r\n\r\n",
            })
    void findsTheEndWhereverTheBytesAreCut(String answer) throws ProtocolException {
        for (int cut = 1; cut < answer.length(); cut++) {
            scanner.begin(false);
            ByteBuf in = bytes(answer.substring(0, cut));
            boolean early = scanner.scan(in);
            in = Unpooled.wrappedBuffer(in, bytes(answer.substring(cut)));

            assertThat(early).as("complete after %s bytes", cut).isFalse();
            assertThat(scanner.scan(in)).as("complete").isTrue();
            assertThat(in.readableBytes()).isZero();
        }
    }

    @Test
    void readsStatusAndParts() throws ProtocolException {
        scan(TIMED);

        assertThat(scanner.status()).isEqualTo(200);
        assertThat(scanner.queueNanos()).isEqualTo(10_000);
        assertThat(scanner.handlerNanos()).isEqualTo(12_350_000);
        assertThat(scanner.failed()).isFalse();
        assertThat(scanner.closes()).isFalse();
    }

    @Test
    void knowsNothingOfPartsThatAreNotThere() throws ProtocolException {
        scan("HTTP/1.1 200 OK\r\nServer-Timing: handler;dur=x, total;dur=5, queues;dur=1\r\nContent-Length: 0\r\n\r\n");

        assertThat(scanner.queueNanos()).isEqualTo(-1);
        assertThat(scanner.handlerNanos()).isEqualTo(-1);
    }

    @Test
    void tellsAnswersThatTheRuntimeMade() throws ProtocolException {
        scan("HTTP/1.1 503 Busy\r\nX-Nucleon-Error: NUC-3003\r\nContent-Length: 0\r\nConnection: Close\r\n\r\n");

        assertThat(scanner.failed()).isTrue();
        assertThat(scanner.status()).isEqualTo(503);
        assertThat(scanner.closes()).isTrue();
    }

    @Test
    void endsAnAnswerWithoutALengthWithTheConnection() throws ProtocolException {
        scanner.begin(false);

        assertThat(scanner.scan(bytes("HTTP/1.0 200 OK\r\n\r\nsome text"))).isFalse();
        assertThat(scanner.endsWithConnection()).isTrue();
    }

    @Test
    void readsNoBodyBehindHead() throws ProtocolException {
        scanner.begin(true);

        assertThat(scanner.scan(bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.9\r\n",
                "HTTP/1.1 2x0 OK\r\n",
                "HTTP/1.1 200 OK\r\n: no name\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
            })
    void refusesWhatIsNoAnswer(String answer) {
        scanner.begin(false);

        assertThatThrownBy(() -> scanner.scan(bytes(answer)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("the answer can't be read: ");
    }

    @Test
    void refusesAHeadWithoutEnd() {
        scanner.begin(false);

        assertThatThrownBy(() -> scanner.scan(bytes("HTTP/1.1 200 OK\r\nX: " + "x".repeat(1_100_000))))
                .isInstanceOf(ProtocolException.class);
    }

    private void scan(String answer) throws ProtocolException {
        scanner.begin(false);
        assertThat(scanner.scan(bytes(answer))).isTrue();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
