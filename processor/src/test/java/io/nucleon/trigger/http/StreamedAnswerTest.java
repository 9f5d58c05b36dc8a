package io.nucleon.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.RecordingInvoker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that come in parts: from a generator, from a file. */
class StreamedAnswerTest {

    private final RecordingInvoker invoker = RecordingInvoker.holding();

    private static void chunk(Invocation open, String text, boolean last, boolean failed) {
        open.reply().chunk(open, GivenResponse.bytes(text), last, failed);
    }

    @Test
    void sendsEachPartWhenItComes() throws Exception {
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.get("/");
            Invocation open = invoker.take();
            RecordingInvoker.answer(open, GivenResponse.of("first").withMore().withStatus(201));
            RawClient.Answer head = client.readHead();
            assertThat(head.status()).isEqualTo(201);
            assertThat(head.header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(head.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
            assertThat(client.chunk()).asString().isEqualTo("first");

            chunk(open, "second", false, false);
            assertThat(client.chunk()).asString().isEqualTo("second");
            chunk(open, "", false, false);
            chunk(open, "third".repeat(10_000), true, false);
            assertThat(client.chunk()).hasSize(50_000);
            assertThat(client.chunk()).isEmpty();

            client.get("/next");
            RecordingInvoker.answer(invoker.take(), GivenResponse.of("next"));
            assertThat(client.read().text()).isEqualTo("next");
        }
    }

    @Test
    void aStreamThatBreaksIsCut() throws Exception {
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.get("/");
            Invocation open = invoker.take();
            RecordingInvoker.answer(open, GivenResponse.of("first").withMore());
            client.readHead();
            client.chunk();
            chunk(open, "", true, true);

            assertThatThrownBy(client::chunk).isInstanceOf(Exception.class);
        }
    }

    @Test
    void oldClientsReadUntilTheEnd() throws Exception {
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            Invocation open = invoker.take();
            RecordingInvoker.answer(open, GivenResponse.of("one ").withMore());
            chunk(open, "two", true, false);
            RawClient.Answer answer = client.read();

            assertThat(answer.header("Transfer-Encoding")).isNull();
            assertThat(answer.text()).isEqualTo("one two");
        }
    }

    @Test
    void aStreamWaitsForItsTurn() throws Exception {
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.get("/1").get("/2");
            Invocation first = invoker.take();
            Invocation second = invoker.take();
            RecordingInvoker.answer(second, GivenResponse.of("a").withMore());
            chunk(second, "b", false, false);
            Awaitility.await("the stream to be held back")
                    .until(() -> !second.reply().isWritable());
            RecordingInvoker.answer(first, GivenResponse.of("one"));

            assertThat(client.read().text()).isEqualTo("one");
            client.readHead();
            assertThat(client.chunk()).asString().isEqualTo("a");
            assertThat(client.chunk()).asString().isEqualTo("b");
            chunk(second, "c", true, false);
            assertThat(client.chunk()).asString().isEqualTo("c");
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsTheStreamBack() throws Exception {
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.get("/");
            Invocation open = invoker.take();
            AtomicInteger resumed = new AtomicInteger();
            open.resumer = resumed::incrementAndGet;
            RecordingInvoker.answer(open, GivenResponse.of("").withMore());
            String part = "x".repeat(100_000);
            int sent = 0;
            while (open.reply().isWritable()) {
                chunk(open, part, false, false);
                sent += part.length();
                assertThat(sent).as("bytes without a stop").isLessThan(100_000_000);
            }

            client.readHead();
            int read = 0;
            while (resumed.get() == 0 && read < sent) {
                read += client.chunk().length;
            }
            Awaitility.await("the resume").until(() -> resumed.get() > 0);
            chunk(open, "end", true, false);
            while (read < sent + 3) {
                read += client.chunk().length;
            }
            assertThat(client.chunk()).isEmpty();
        }
    }

    @Test
    void aClientThatLeavesEndsTheStream() throws Exception {
        try (TestServer server = TestServer.start(invoker)) {
            Invocation open;
            try (RawClient client = server.connect()) {
                client.get("/");
                open = invoker.take();
                RecordingInvoker.answer(open, GivenResponse.of("x").withMore());
                client.readHead();
            }
            Awaitility.await("the cancel").until(() -> invoker.cancelled() == 1);
            assertThat(open.reply().isWritable()).isFalse();
            chunk(open, "late", false, false);
        }
    }

    @Test
    void sendsFiles(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a b.txt"), "content".repeat(50_000));
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.get("/");
            RecordingInvoker.answer(
                    invoker.take(),
                    GivenResponse.of("ignored")
                            .withStatus(202)
                            .withType("text/csv")
                            .withHeaders(
                                    "X-nuclio-filestream-path", file.toString(),
                                    "x-NUCLIO-filestream-delete-after-send", "",
                                    "X-Other", "stays"));
            RawClient.Answer answer = client.read();

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(answer.header("Content-Type")).isEqualTo("text/csv");
            assertThat(answer.header("X-Other")).isEqualTo("stays");
            assertThat(answer.headerLines())
                    .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).contains("filestream"));
            assertThat(answer.text()).isEqualTo("content".repeat(50_000));
            Awaitility.await("the file to go").until(() -> !Files.exists(file));
        }
    }

    @Test
    void tellsOfFilesThatCantBeSent(@TempDir Path folder) throws Exception {
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.get("/");
            RecordingInvoker.answer(
                    invoker.take(), GivenResponse.of("x").withHeaders("X-nuclio-filestream-path", folder + "/none"));
            RawClient.Answer missing = client.read();
            assertThat(missing.status()).isEqualTo(404);
            assertThat(missing.body()).isEmpty();

            client.get("/");
            RecordingInvoker.answer(
                    invoker.take(), GivenResponse.of("x").withHeaders("X-nuclio-filestream-path", "/proc/self/mem\0x"));
            assertThat(client.read().status()).isIn(404, 500);
        }
    }

    @Test
    void aClientCantNameTheFile(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        RecordingInvoker echo = RecordingInvoker.answering(seen -> GivenResponse.of("echo")
                .withHeaders(seen.headers().entrySet().stream()
                        .flatMap(header -> List.of(header.getKey(), header.getValue()).stream())
                        .toArray(String[]::new)));
        try (TestServer server = TestServer.start(echo);
                RawClient client = server.connect()) {
            client.post("/", "", "x-nuclio-FILEstream-path: " + secret);
            RawClient.Answer answer = client.read();

            assertThat(answer.text()).isEqualTo("echo");
        }
    }

    @Test
    void filesOutsideTheFoldersAreNotSent(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("open"));
        Path inside = Files.writeString(folder.resolve("open/inside"), "inside");
        Path outside = Files.writeString(folder.resolve("outside"), "outside");
        Path link = Files.createSymbolicLink(folder.resolve("open/link"), outside);
        Map<String, Object> attributes =
                Map.of("fileStreamDirectories", List.of(folder.resolve("open").toString()));
        try (TestServer server = TestServer.start(invoker, attributes);
                RawClient client = server.connect()) {
            for (Path file : List.of(inside, outside, link)) {
                client.get("/");
                RecordingInvoker.answer(
                        invoker.take(), GivenResponse.of("x").withHeaders("X-nuclio-filestream-path", file.toString()));
                RawClient.Answer answer = client.read();
                assertThat(answer.status()).isEqualTo(file.equals(inside) ? 200 : 500);
                assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                        .isEqualTo(file.equals(inside) ? "inside" : "");
            }
        }
    }
}
