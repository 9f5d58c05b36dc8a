package io.nucleon.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.RecordingInvoker;
import io.nucleon.invoke.SeenEvent;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpTriggerTest {

    @Test
    void givesTheRequestAndSendsTheAnswer() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.answering(
                seen -> GivenResponse.of("you said " + seen.bodyText()).withType("text/x-reply"));
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.post("/a/b?x=1&y=%zz", "hi", "x-lower-CASE: v", "Content-Type: text/odd; a=b");
            RawClient.Answer answer = client.read();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("you said hi");
            assertThat(answer.header("Content-Type")).isEqualTo("text/x-reply");
            assertThat(answer.header("Server")).isEqualTo("nuclio");
            assertThat(answer.header("Date")).matches("\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
            assertThat(answer.header("Server-Timing"))
                    .matches("queue;dur=\\d+\\.\\d{3}, handler;dur=0\\.000, transport;dur=\\d+\\.\\d{3}");
        }
        SeenEvent seen = invoker.events().getFirst();
        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.path()).isEqualTo("/a/b");
        assertThat(seen.query()).isEqualTo("x=1&y=%zz");
        assertThat(seen.contentType()).isEqualTo("text/odd; a=b");
        assertThat(seen.headers())
                .isEqualTo(Map.of(
                        "Host", "here",
                        "Content-Length", "2",
                        "X-Lower-Case", "v",
                        "Content-Type", "text/odd; a=b"));
        assertThat(seen.timeNanos() / 1e9).isBetween(1.7e9, 1e11);
    }

    @Test
    void tellsAnExceptionFromAStatusThatTheHandlerChose() throws Exception {
        GivenResponse chosen = GivenResponse.of("no").withStatus(500);
        RecordingInvoker invoker =
                RecordingInvoker.answering(seen -> seen.path().equals("/raises") ? chosen.asFailed() : chosen);
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.get("/raises");
            assertThat(client.read().header("X-Nucleon-Error")).isEqualTo("NUC-4030");

            client.get("/chooses");
            assertThat(client.read().header("X-Nucleon-Error")).isNull();
        }
    }

    @Test
    void namesTheEventAndItsWorkerWhateverBecameOfIt() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.holding();
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.get("/answered");
            Invocation answered = invoker.take();
            answered.worker = 12;
            RecordingInvoker.answer(answered, GivenResponse.of("x"));
            RawClient.Answer answer = client.read();
            assertThat(answer.header("X-Nucleon-Event")).isEqualTo(answered.id());
            assertThat(answer.header("X-Nucleon-Worker")).isEqualTo("12");

            client.get("/refused");
            Invocation refused = invoker.take();
            refused.worker = -1;
            RecordingInvoker.fail(
                    refused, Outcome.UNAVAILABLE, ErrorMessage.of(ErrorCode.NO_FREE_WORKER, "none", "", ""));
            RawClient.Answer refusal = client.read();
            assertThat(refusal.header("X-Nucleon-Event")).isEqualTo(refused.id());
            assertThat(refusal.header("X-Nucleon-Worker")).isNull();
        }
    }

    @Test
    void aFunctionThatHandsOnAnothersAnswerDoesNotNameItsEvent() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of("x")
                .withHeaders("x-nucleon-event", "another", "X-Nucleon-Worker", "77", "x-nucleon-error", "NUC-9001"));
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.get("/");
            RawClient.Answer answer = client.read();

            assertThat(answer.header("X-Nucleon-Event")).hasSize(26);
            assertThat(answer.header("X-Nucleon-Worker")).isEqualTo("0");
            assertThat(answer.header("X-Nucleon-Error")).isNull();
        }
    }

    @Test
    void answersFromAnotherThread() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4);
                TestServer server = TestServer.withLoops(
                        RecordingInvoker.answering(seen -> GivenResponse.of(seen.path()), threads), 2);
                RawClient one = server.connect();
                RawClient two = server.connect()) {
            for (int i = 0; i < 200; i++) {
                one.get("/one" + i);
                two.get("/two" + i);
                assertThat(one.read().text()).isEqualTo("/one" + i);
                assertThat(two.read().text()).isEqualTo("/two" + i);
            }
        }
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.holding();
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.get("/1").get("/2").get("/3");
            Invocation first = invoker.take();
            Invocation second = invoker.take();
            Invocation third = invoker.take();
            RecordingInvoker.answer(third, GivenResponse.of("three"));
            RecordingInvoker.answer(first, GivenResponse.of("one"));
            assertThat(client.read().text()).isEqualTo("one");
            RecordingInvoker.answer(second, GivenResponse.of("two"));

            assertThat(client.read().text()).isEqualTo("two");
            assertThat(client.read().text()).isEqualTo("three");
        }
    }

    @Test
    void boundsTheOpenRequestsOfAConnection() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.holding();
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n".repeat(500));
            for (int i = 0; i < 500; i++) {
                Invocation next = invoker.take();
                assertThat(invoker.openCount()).isLessThan(64);
                RecordingInvoker.answer(next, GivenResponse.of("n" + i));
            }

            for (int i = 0; i < 500; i++) {
                assertThat(client.read().text()).isEqualTo("n" + i);
            }
        }
    }

    @Test
    void joinsChunksAndLargeBodies() throws Exception {
        RecordingInvoker invoker =
                RecordingInvoker.answering(seen -> GivenResponse.of("").withBody(seen.body()));
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            String large = "0123456789abcdef".repeat(100_000);
            client.post("/large", large);
            assertThat(client.read().text()).isEqualTo(large);

            client.send("POST /chunks HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("3\r\nabc\r\n");
            for (int i = 0; i < 50; i++) {
                client.send("1;x=y\r\n" + i % 10 + "\r\n");
            }
            client.send("186a0\r\n" + "z".repeat(100_000) + "\r\n0\r\nTrail: er\r\n\r\n");
            assertThat(client.read().text()).isEqualTo("abc" + "0123456789".repeat(5) + "z".repeat(100_000));
        }
        assertThat(invoker.events().get(1).headers())
                .containsEntry("Content-Length", "100053")
                .doesNotContainKey("Transfer-Encoding");
    }

    @Test
    void asksForTheBodyThatAClientHoldsBack() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of(seen.bodyText()));
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(100);

            client.send("body");
            assertThat(client.read().text()).isEqualTo("body");
        }
    }

    @Test
    void sendsNoBodyWhereNoneBelongs() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of("body")
                .withStatus(seen.path().length() > 1 ? Integer.parseInt(seen.path(), 1, 4, 10) : 200));
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
            RawClient.Answer head = client.read(true);
            assertThat(head.header("Content-Length")).isEqualTo("4");

            client.get("/204");
            assertThat(client.read().header("Content-Length")).isNull();
            client.get("/304");
            assertThat(client.read().status()).isEqualTo(304);
            client.get("/201");
            assertThat(client.read().text()).isEqualTo("body");
        }
    }

    @Test
    void speaksHttp10() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of("old"));
        try (TestServer server = TestServer.start(invoker);
                RawClient keeps = server.connect();
                RawClient closes = server.connect()) {
            keeps.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(keeps.read().header("Connection")).isEqualTo("keep-alive");
            keeps.send("GET / HTTP/1.0\r\n\r\n");
            RawClient.Answer last = keeps.read();
            assertThat(last.header("Connection")).isEqualTo("close");
            assertThat(keeps.isClosed()).isTrue();

            closes.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: Close\r\n\r\n");
            assertThat(closes.read().text()).isEqualTo("old");
            assertThat(closes.isClosed()).isTrue();
        }
    }

    @Test
    void cancelsWhatAClientThatLeftHadAsked() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.holding();
        try (TestServer server = TestServer.start(invoker)) {
            Invocation left;
            try (RawClient client = server.connect()) {
                client.post("/", "body");
                left = invoker.take();
            }

            Awaitility.await("the cancel").until(() -> invoker.cancelled() == 1);
            assertThat(left.isOpen()).isFalse();
            assertThat(RecordingInvoker.answer(left, GivenResponse.of("late"))).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TIMED_OUT, EVENT_TIMED_OUT, 408, NUC-3004",
        "UNAVAILABLE, NO_FREE_WORKER, 503, NUC-3003",
        "UNAVAILABLE, DRAINING, 503, NUC-3008",
        "WORKER_LOST, WORKER_CRASHED, 500, NUC-3006",
    })
    void tellsWhyThereIsNoAnswer(Outcome outcome, ErrorCode code, int status, String shown) throws Exception {
        RecordingInvoker invoker = RecordingInvoker.holding();
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.get("/");
            RecordingInvoker.fail(invoker.take(), outcome, ErrorMessage.of(code, "it went wrong", "why", "do"));
            RawClient.Answer answer = client.read();

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.header("X-Nucleon-Error")).isEqualTo(shown);
            switch (status) {
                case 408 -> assertThat(answer.text()).isEqualTo("{\"error\": \"handler timed out\"}");
                case 503 -> {
                    assertThat(answer.text()).isEmpty();
                    assertThat(answer.header("Retry-After")).isEqualTo("2");
                }
                default -> assertThat(answer.text()).isEqualTo("it went wrong");
            }
        }
    }
}
