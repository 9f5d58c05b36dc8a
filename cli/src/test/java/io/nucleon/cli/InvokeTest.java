package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transcripts of {@code invoke} against a function on a real socket. */
class InvokeTest {
    private static final String TIMED = String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "Content-Type: application/json",
            "Content-Length: 12",
            "Server-Timing: queue;dur=0.01, handler;dur=0.35, transport;dur=0.08",
            "X-Nucleon-Worker: 3",
            "X-Nucleon-Event: 01J9Z6T4ABCDEFGHJKMNPQRSTV",
            "",
            "{\"stored\":7}");

    @TempDir
    Path home;

    private ScriptedFunction function;

    @BeforeEach
    void start() throws IOException {
        function = new ScriptedFunction("orders", home, Files.createDirectories(home.resolve("code/orders")));
    }

    @AfterEach
    void stop() throws IOException {
        function.close();
    }

    @Test
    void showsBodyAndWhereTheTimeWent() throws Exception {
        function.answers(TIMED);

        assertThat(run("invoke", "orders", "-b", "{\"id\":7}"))
                .hasToString("{\"stored\":7}200 OK · N ms = queue 0.01 + handler 0.35 + transport 0.08 · w3 ·"
                        + " event 01J9Z6T4ABCDEFGHJKMNPQRSTV\nexit 0\n");
        assertThat(function.request())
                .isEqualTo(
                        "POST / HTTP/1.1\r\nHost: 127.0.0.1:" + function.url().getPort()
                                + "\r\nContent-Type: application/json\r\nUser-Agent: nucleon\r\nContent-Length: 8\r\n\r\n{\"id\":7}");
    }

    @Test
    void showsItInColourOnATerminalWithoutTouchingTheBody() {
        function.answers(TIMED);

        Transcript run = Transcript.in(home).typed().run("invoke", "orders");

        assertThat(run.out()).isEqualTo("{\"stored\":7}");
        assertThat(run.err())
                .isEqualTo(
                        "\n\u001b[32m200 OK\u001b[0m · 0.44 ms = queue 0.01 + handler 0.35 + transport 0.08 · w3 · event 01J9Z6T4\n");
    }

    @Test
    void usesAsciiTwinsWhereTheLocaleHasNoSymbols() {
        function.answers(TIMED);

        assertThat(Transcript.in(home).ascii().run("invoke", "orders").err())
                .startsWith("200 OK - 0.44 ms = queue 0.01 + handler 0.35 + transport 0.08 - w3 - event 01J9");
    }

    @Test
    void sendsWhatTheFlagsSay() throws Exception {
        function.answers("HTTP/1.1 204 No Content\r\n\r\n");

        Transcript run = run(
                "invoke",
                "orders",
                "-m",
                "put",
                "-p",
                "a b/é?x=1&y=%20#f",
                "-b",
                "hello",
                "-H",
                "X-One: 1",
                "-d",
                "X-Two=2,X-Three=a=b",
                "-c",
                "text/csv",
                "-l",
                "debug");

        assertThat(run).hasToString("204 No Content · " + time(run) + "\nexit 0\n");
        assertThat(function.request())
                .isEqualTo("PUT /a%20b/%C3%A9?x=1&y=%20 HTTP/1.1\r\nHost: 127.0.0.1:"
                        + function.url().getPort()
                        + "\r\nX-Two: 2\r\nX-Three: a=b\r\nX-One: 1\r\nContent-Type: text/csv\r\nX-Nuclio-Log-Level: debug\r\n"
                        + "User-Agent: nucleon\r\nContent-Length: 5\r\n\r\nhello");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1} | application/json",
                "17        | application/json",
                "{a:1}     | text/plain; charset=utf-8",
                "hello     | text/plain; charset=utf-8",
            })
    void guessesTheType(String body, String type) throws Exception {
        function.answers(TIMED);

        run("invoke", "orders", "-b", body);

        assertThat(function.request()).contains("\r\nContent-Type: " + type + "\r\n");
    }

    @Test
    void takesABodyFromAFileOrAPipe() throws Exception {
        Files.write(home.resolve("body.bin"), new byte[] {(byte) 0xff, 0});
        function.answers(TIMED, TIMED, TIMED, TIMED);

        run("invoke", "orders", "-b", "@body.bin");
        Transcript.in(home).piping("piped".getBytes(StandardCharsets.UTF_8)).run("invoke", "orders");
        Transcript.in(home).piping("piped".getBytes(StandardCharsets.UTF_8)).run("invoke", "orders", "-b", "-");
        Transcript.in(home).piping("piped".getBytes(StandardCharsets.UTF_8)).run("invoke", "orders", "-m", "GET");

        assertThat(function.request())
                .startsWith("POST ")
                .contains("Content-Type: application/octet-stream\r\n", "Content-Length: 2\r\n");
        assertThat(function.request()).startsWith("POST ").endsWith("\r\n\r\npiped");
        assertThat(function.request()).startsWith("POST ").endsWith("\r\n\r\npiped");
        assertThat(function.request()).startsWith("GET ").endsWith("\r\n\r\n");
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThat(run("invoke", "orders", "-b", "@none.json")).hasToString("""
                        error[NUC-8006]: -b @none.json can't be read
                          why   no such file
                          do    see that the path is right; it counts from HOME
                                nucleon explain NUC-8006
                        exit 6
                        """);
    }

    @Test
    void includesStatusAndHeaders() {
        function.answers("HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 2\r\n\r\nhi");

        assertThat(run("invoke", "orders", "--include", "-q").out())
                .isEqualTo("HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 2\r\n\r\nhi");
    }

    @Test
    void showsTheCallAsCurl() {
        assertThat(run("invoke", "orders", "--curl", "-b", "{\"it's\":7}", "-H", "X-A: b c", "-p", "/x?y=1"))
                .hasToString(
                        "curl -m 60 'http://127.0.0.1:PORT/x?y=1' -H 'X-A: b c' -H 'Content-Type: application/json'"
                                + " --data-raw '{\"it'\\''s\":7}'\nexit 0\n");
        assertThat(run("invoke", "orders", "--curl", "-m", "delete", "-t", "250ms")
                        .out())
                .isEqualTo("curl -X DELETE -m 1 http://127.0.0.1:PORT/\n");
        assertThat(function.connections()).isZero();
    }

    @Test
    void givesProgramsOneDocument() {
        function.answers(TIMED.replace("Content-Length", "Set-Cookie: a\r\nset-cookie: b\r\nContent-Length"));

        assertThat(run("invoke", "orders", "-o", "json").out())
                .isEqualTo(
                        "{\"apiVersion\":\"v1\",\"kind\":\"answer\",\"status\":200,\"headers\":{\"Content-Type\":\"application/json\","
                                + "\"Set-Cookie\":[\"a\",\"b\"],\"Content-Length\":\"12\",\"Server-Timing\":\"queue;dur=0.01, handler;dur=0.35,"
                                + " transport;dur=0.08\",\"X-Nucleon-Worker\":\"3\",\"X-Nucleon-Event\":\"01J9Z6T4ABCDEFGHJKMNPQRSTV\"},"
                                + "\"body\":\"{\\\"stored\\\":7}\",\"ms\":{\"total\":0.44,\"queue\":0.01,\"handler\":0.35,\"transport\":0.08},"
                                + "\"worker\":\"3\",\"event\":\"01J9Z6T4ABCDEFGHJKMNPQRSTV\",\"error\":null}\n");
    }

    @Test
    void repeatsOnOneConnectionAndCounts() {
        String ok = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n";
        function.answers(ok, "HTTP/1.1 500 No\r\nX-Nucleon-Error: NUC-4030\r\nContent-Length: 0\r\n\r\n", ok);

        Transcript run = run("invoke", "orders", "--repeat", "3");

        assertThat(run.out()).isEqualTo("ok\nok\n");
        assertThat(run.err()).endsWith("3 calls: 2 ok, 1 failed\n");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(function.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 OK        | ''       | ''                | 0",
                "404 Not Found | ''       | ''                | 0",
                "404 Not Found | ''       | --fail            | 22",
                "302 Found     | ''       | --fail            | 0",
                "302 Found     | ''       | --raise-on-status | 1",
                "500 Oops      | NUC-4030 | ''                | 1",
                "500 Oops      | NUC-4030 | --fail            | 1",
                "408 Late      | NUC-3004 | ''                | 28",
                "503 Busy      | NUC-3003 | ''                | 69",
                "400 Large     | NUC-5002 | ''                | 2",
                "500 Oops      | NUC-0001 | ''                | 1",
            })
    void endsAsTheAnswerAsks(String status, String error, String flag, int exit) {
        function.answers("HTTP/1.1 " + status + "\r\n" + (error.isEmpty() ? "" : "X-Nucleon-Error: " + error + "\r\n")
                + "Content-Length: 0\r\n\r\n");

        Transcript run = flag.isEmpty() ? run("invoke", "orders") : run("invoke", "orders", flag);

        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
    }

    @Test
    void showsTheErrorOfAnAnswerThatTheRuntimeMade() {
        function.answers("HTTP/1.1 503 Service Unavailable\r\nX-Nucleon-Error: NUC-3003\r\nContent-Length: 0\r\n\r\n");

        Transcript run = run("invoke", "orders");

        assertThat(run.err())
                .isEqualTo("503 Service Unavailable · " + time(run) + " · NUC-3003 no free worker\n" + """
                        error[NUC-3003]: orders answered 503 by itself: no free worker
                          do    Raise numWorkers if the handler needs the processor.
                                nucleon explain NUC-3003
                        """);
    }

    @Test
    void showsTheFunctionsLogLines() {
        function.answers(
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Nuclio-Logs: [{\"level\":\"info\",\"time\":1700000000123.0,"
                        + "\"name\":\"http\",\"message\":\"stored\\u001b[2J\",\"id\":7},{\"level\":\"error\",\"time\":0,\"message\":\"b\\nc\"},4]\r\n\r\n");

        assertThat(run("invoke", "orders", "-l", "info").err().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches(" {2}\\| \\d\\d:13:20\\.123 {2}info {3}stored\\\\u001b\\[2J {2}id=7"),
                        line -> assertThat(line).endsWith("error  b\\nc"),
                        line -> assertThat(line).startsWith("200 OK"));
    }

    @Test
    void readsChunkedAnswersAndThoseThatEndWithTheConnection() {
        function.answers(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\nhello\r\n06\r\n world\r\n0\r\nT: 1\r\n\r\n",
                "HTTP/1.0 200 OK\r\n\r\nto the end");

        assertThat(run("invoke", "orders", "--repeat", "2", "-q").out()).isEqualTo("hello worldto the end");
    }

    @Test
    void expectsNoBodyBehindAHead() {
        function.answers("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");

        assertThat(run("invoke", "orders", "-m", "HEAD").exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH_9\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b"
            })
    void trustsNoAnswer(String answer) {
        function.answers(answer);

        Transcript run = run("invoke", "orders");

        assertThat(run.exit()).isEqualTo(69);
        assertThat(run.err()).startsWith("error[NUC-8008]: the answer of orders can't be read\n  why   ");
    }

    @Test
    void boundsTheHeaders() {
        function.answers("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(200_000) + "\r\n");

        assertThat(run("invoke", "orders").err()).contains("the headers are longer than 1048576 bytes");
    }

    @Test
    void givesUpWhenTimeIsOver() {
        // One byte of an answer is no answer.
        function.answers("H", "never sent");

        assertThat(run("invoke", "orders", "-t", "200ms")).hasToString("""
                        error[NUC-8004]: no answer from orders within 200 ms
                          why   the connection is open, the answer has not come
                          do    wait longer: --timeout 5m
                                nucleon explain NUC-8004
                        exit 28
                        """);
    }

    @Test
    void saysThatAFunctionDoesNotListen() throws IOException {
        ScriptedFunction other = new ScriptedFunction("score", home, home.resolve("code"));
        other.stopListening();

        assertThat(run("invoke", "score")).hasToString("""
                        error[NUC-8003]: score does not answer at http://127.0.0.1:PORT
                          why   nobody listens there
                          do    see what its terminal says, or start it again: nucleon run PATH
                                nucleon explain NUC-8003
                        exit 69
                        """);
    }

    @Test
    void findsAFunctionByItsFolder() {
        function.answers(TIMED, TIMED, TIMED);

        assertThat(run("invoke", "code/orders").exit()).isZero();
        assertThat(run("invoke", function.source().toString()).exit()).isZero();
        assertThat(run("invoke", "./code/../code/orders/").exit()).isZero();
    }

    @Test
    void namesTheNearestThatRuns() {
        assertThat(run("invoke", "ordres")).hasToString("""
                        error[NUC-8002]: no function 'ordres' runs here
                          why   running here: orders
                          do    did you mean 'orders'?
                                nucleon explain NUC-8002
                        exit 6
                        """);
        assertThat(run("invoke", "./nothing").err())
                .contains("why   there is no such file or folder, seen from HOME\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no colon", ": value", "A B: c", "A: b\nC: d", "Content-Length: 5", "Transfer-Encoding: chunked"
            })
    void sendsNoHeaderThatBreaksTheRequest(String header) {
        assertThat(run("invoke", "orders", "-H", header).exit()).isEqualTo(2);
        assertThat(run("invoke", "orders", "-c", "a\r\nB: c").exit()).isEqualTo(2);
        assertThat(function.connections()).isZero();
    }

    @Test
    void notesFlagsWithoutMeaningOnceAndOnlyIfAsked() {
        function.answers(TIMED, TIMED);

        assertThat(run("invoke", "orders", "--skip-tls", "--via", "external-ip", "-v")
                        .err())
                .startsWith("note: --via, --skip-tls: no meaning for a function on this machine\n");
        assertThat(run("invoke", "orders", "--skip-tls").err()).startsWith("200 OK");
    }

    private Transcript run(String... words) {
        return Transcript.in(home).run(words);
    }

    /** The time that this side measured, which is no part of what is tested. */
    private static String time(Transcript run) {
        return run.err().replaceFirst("(?s).*? · (\\S+ ms).*", "$1");
    }
}
