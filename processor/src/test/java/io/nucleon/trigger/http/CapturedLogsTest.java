package io.nucleon.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LogRecord;
import io.nucleon.invoke.RecordingInvoker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** nuclio: docs of X-Nuclio-Log-Level, zap logger and its buffer. */
class CapturedLogsTest {

    private final RecordingInvoker invoker = RecordingInvoker.holding();
    private final TestServer server = TestServer.start(invoker);

    @AfterEach
    void stop() {
        server.close();
    }

    private String logsAt(String level, LogRecord... records) throws Exception {
        try (RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nx-nuclio-log-level: " + level + "\r\n\r\n");
            Invocation open = invoker.take();
            assertThat(open.reply().capturesLogs()).isTrue();
            for (LogRecord logged : records) {
                open.reply().log(logged);
            }
            RecordingInvoker.answer(open, GivenResponse.of("x"));
            RawClient.Answer answer = client.read();
            assertThat(answer.text()).isEqualTo("x");
            return answer.header("X-Nuclio-Logs");
        }
    }

    private static LogRecord logged(int level, String message, String with) {
        return new LogRecord(level, 1_700_000_000_000_123_456L, 0, message, with);
    }

    @Test
    void showsRecordsOfTheLevelAndAbove() throws Exception {
        assertThat(logsAt(
                        "info",
                        logged(0, "not this", ""),
                        logged(1, "a \"b\"\n\u00e9", "{\"k\": [1, \"x\"], \"worker_id\":\"0\"}"),
                        logged(3, "bad", "not JSON }")))
                .isEqualTo(
                        "[{\"level\":\"info\",\"time\":1700000000000.123,\"name\":\"test-http\","
                                + "\"message\":\"a \\\"b\\\"\\n\u00e9\",\"k\":[1, \"x\"],\"worker_id\":\"0\"},"
                                + "{\"level\":\"error\",\"time\":1700000000000.123,\"name\":\"test-http\",\"message\":\"bad\"}]");
    }

    @Test
    void anEmptyArrayWhenNothingWasLogged() throws Exception {
        assertThat(logsAt("warn", logged(1, "below", ""))).isEqualTo("[]");
        assertThat(logsAt("whatever")).isEqualTo("[]");
    }

    @Test
    void leavesTheHeaderOutWhenItIsTooLarge() throws Exception {
        String fitting = "x"
                .repeat(4095
                        - "[{\"level\":\"debug\",\"time\":1700000000000.123,\"name\":\"test-http\",\"message\":\"\"}]"
                                .length());

        assertThat(logsAt("debug", logged(0, fitting, ""))).hasSize(4095);
        assertThat(logsAt("debug", logged(0, fitting + "x", ""))).isNull();
    }

    @Test
    void rawLineEndsOfAWorkerSplitNothing() throws Exception {
        String logs = logsAt("debug", logged(0, "m", "{\"k\":\n\r\n1}"));

        assertThat(logs).endsWith("\"message\":\"m\",\"k\":1}]");
    }

    @Test
    void capturesNothingUnasked() throws Exception {
        try (RawClient client = server.connect()) {
            client.get("/");
            Invocation open = invoker.take();
            assertThat(open.reply().capturesLogs()).isFalse();
            RecordingInvoker.answer(open, GivenResponse.of("x"));
            assertThat(client.read().header("X-Nuclio-Logs")).isNull();
        }
    }
}
