package io.nucleon.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.RecordingInvoker;
import io.nucleon.invoke.SeenEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {

    @ParameterizedTest
    @CsvSource({
        "/, /, ''",
        "/a/b, /a/b, ''",
        "/a%20b, /a b, ''",
        "/%C3%A9, /é, ''",
        "/a%2Fb, /a/b, ''",
        "/a%zz%, /a%zz%, ''",
        "/a%2, /a%2, ''",
        "/a%00b, /a%00b, ''",
        "//a///b, /a/b, ''",
        "/a/./b/./, /a/b/, ''",
        "/a/../b, /b, ''",
        "/../../etc, /etc, ''",
        "/a/b/.., /a/, ''",
        "/.., /, ''",
        "/a/%2e%2e/b, /b, ''",
        "/a..b/...c, /a..b/...c, ''",
        "/a.b/.c, /a.b/.c, ''",
        "/p?q=1&r=%zz;s&a[]=2, /p, q=1&r=%zz;s&a[]=2",
        "/p?, /p, ''",
        "/p?a?b, /p, a?b",
        "/p/../q?x=//../y, /q, x=//../y",
        "/p?q#f, /p, q",
        "/p#f?q, /p, ''",
        "http://host:80/abs/path?q, /abs/path, q",
        "http://host, /, ''",
        "http://host?q, /, q",
        "*, /*, ''",
        "relative/x, /relative/x, ''",
        "/a+b?c+d, /a+b, c+d",
    })
    void showsPathAndQuery(String target, String path, String query) throws Exception {
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of(""));
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.get(target).read();
        }
        SeenEvent seen = invoker.events().getFirst();
        assertThat(seen.path()).isEqualTo(path);
        assertThat(seen.query()).isEqualTo(query);
    }

    @Test
    void accessorsSayTheSameAsTheBytes() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.holding();
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.send(String.join(
                    "\r\n",
                    "PUT /\u00c3\u00a9%20/x?y=\u00c3\u00a9 HTTP/1.1",
                    "Host: h",
                    "Cookie: a=1",
                    "X-E: \u00c3\u00a9",
                    "cookie: b=2",
                    "X-E: last",
                    "Transfer-Encoding: chunked",
                    "",
                    "3",
                    "abc",
                    "0",
                    "",
                    ""));
            io.nucleon.invoke.Event event = invoker.take().event();

            assertThat(event.method()).isEqualTo("PUT");
            assertThat(event.path()).isEqualTo("/é /x");
            assertThat(event.query()).isEqualTo("y=é");
            assertThat(event.header("x-e")).isEqualTo("last");
            assertThat(event.header("COOKIE")).isEqualTo("a=1; b=2");
            assertThat(event.header("content-length")).isEqualTo("3");
            assertThat(event.header("transfer-encoding")).isNull();
            assertThat(event.header("none")).isNull();
            java.util.Map<String, String> all = new java.util.HashMap<>();
            event.forEachHeader(all::put);
            assertThat(all).isEqualTo(invoker.events().getFirst().headers());
            assertThat(all).containsEntry("Cookie", "a=1; b=2").containsEntry("X-E", "last");
            byte[] body = new byte[3];
            event.body().get(body);
            assertThat(body).asString().isEqualTo("abc");
            assertThat(event.body().isReadOnly()).isTrue();
        }
    }

    @Test
    void saysZeroForARequestWithoutABody() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of(""));
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\n\r\n").read();
            client.get("/").read();
        }
        assertThat(invoker.events().get(0).headers()).containsEntry("Content-Length", "0");
        assertThat(invoker.events().get(1).headers()).doesNotContainKey("Content-Length");
    }
}
