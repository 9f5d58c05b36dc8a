package io.nucleon.wrapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.wrapper.handler.UserCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real wrapper in a JVM of its own, over both kinds of connection. */
class WrapperTest {

    private static final String KIT = """
            import io.nuclio.*;
            import java.util.*;
            public class Kit implements EventHandler {
                private int calls;
                public Response handleEvent(Context context, Event event) {
                    calls++;
                    switch (event.getPath()) {
                        case "/echo": return new Response().setBody(event.getBody()).setContentType(event.getContentType());
                        case "/view": return new Response().setBody(Integer.toString(event.getBodyBuffer().remaining())
                            + event.getBodyBuffer().isDirect());
                        case "/members": return members(context, event);
                        case "/headers": return new Response().setStatusCode(201).setContentType("a/b")
                            .setHeaders(Map.of("X-One", 1));
                        case "/huge-header": return new Response().setHeaders(Map.of("X-Huge", "h".repeat(100_000)));
                        case "/throw": throw new IllegalStateException("boom");
                        case "/null": return null;
                        case "/no-ack": return new Response().setHeaders(Map.of("x-nuclio-stream-no-ack", true));
                        case "/exit": System.exit(3);
                        case "/block": block(context, event.getHeaderString("Go"));
                        default: return new Response().setBody(calls + " " + event.getPath());
                    }
                }
                private Response members(Context context, Event e) {
                    context.getLogger().infoWith("logged", "n", 1);
                    System.out.println("printed");
                    return new Response().setBody(String.join("|", e.getID(), e.getMethod(), e.getPath(), e.getFieldString("q"),
                        e.getContentType(), e.getHeaderString("x-a"), "" + e.getHeaderLong("X-N"), e.getURL(), e.getTopic(), e.getType(),
                        e.getTypeVersion(), e.getVersion(), "" + e.getShardID(), "" + e.getTotalNumShards(), "" + e.getOffset(),
                        "" + e.getTimestamp().getTime(), e.getTriggerInfo().getKindName(), e.getTriggerInfo().getName(),
                        e.getTriggerInfo().getClassName(), "" + context.getWorkerID(), "" + e.getHeader("none")));
                }
                private void block(Context context, String file) {
                    context.getLogger().info("blocked");
                    while (!new java.io.File(file).exists()) {
                        java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    private FakeProcessor kit(String kind) {
        return kit(kind, "");
    }

    private FakeProcessor kit(String kind, String extraHello) {
        // Compiled here: a compiler that has just started takes longer than the rest of a test.
        UserCode.compile(folder.resolve("source"), folder.resolve("code"), "Kit.java", KIT);
        FakeProcessor processor = new FakeProcessor(folder, kind, "Kit", extraHello);
        processor.awaitType(Layout.READY);
        return processor;
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void showsEveryMemberAndSendsLogsBeforeTheAnswer(String kind) throws IOException {
        try (FakeProcessor processor = kit(kind)) {
            Sent event = new Sent()
                    .path("/members\0q=x+y")
                    .headers("X-A", "old", "X-A", "ä", "X-N", "42")
                    .extra(
                            "url",
                            "u",
                            "topic",
                            "t",
                            "type",
                            "ty",
                            "type_version",
                            "tv",
                            "version",
                            "v",
                            "num_shards",
                            "8");
            event.id = "e-1".getBytes(UTF_8);
            event.contentType = "text/x; a=b".getBytes(UTF_8);
            event.shard = 5;
            event.streamOffset = 1L << 40;

            Received answer = processor.call(event);

            assertThat(answer.text())
                    .isEqualTo(
                            "e-1|POST|/members|x y|text/x; a=b|ä|42|u|t|ty|tv|v|5|8|1099511627776|1700000000000|http|web"
                                    + "|sync|3|null");
            assertThat(answer.code()).isEqualTo(200);
            assertThat(answer.contentType()).isEqualTo("text/plain");
            assertThat(answer.time()).isPositive();
            assertThat(answer.epoch()).isEqualTo(FakeProcessor.EPOCH);
            assertThat(processor.logs).hasSize(1);
            assertThat(processor.logs.get(0).path()).isEqualTo("logged");
            assertThat(processor.logs.get(0).code()).isEqualTo(1);
            assertThat(processor.logs.get(0).correlation()).isEqualTo(answer.correlation());
            assertThat(processor.logs.get(0).text()).isEqualTo("{\"n\":1,\"worker_id\":\"3\"}");
            assertThat(processor.output()).isEqualTo("printed\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void answersInEachForm(String kind) throws IOException {
        try (FakeProcessor processor = kit(kind)) {
            Received headers = processor.call(new Sent().path("/headers"));
            assertThat(headers.code()).isEqualTo(201);
            assertThat(headers.contentType()).isEqualTo("a/b");
            assertThat(headers.headers()).containsExactly("X-One", "1");

            Received thrown = processor.call(new Sent().path("/throw"));
            assertThat(thrown.code()).isEqualTo(500);
            assertThat(thrown.has(Layout.FAILED)).isTrue();
            assertThat(thrown.text()).startsWith("Error in handler: java.lang.IllegalStateException: boom\n\tat Kit.");
            assertThat(thrown.extra()).startsWith("error", "java.lang.IllegalStateException", "at", "Kit.java:15");

            assertThat(processor.call(new Sent().path("/null")).text())
                    .isEqualTo("Error in handler: Kit returned null");
            assertThat(processor.call(new Sent().path("/no-ack")).has(Layout.NO_ACK))
                    .isTrue();

            Received huge = processor.call(new Sent().path("/huge-header"));
            assertThat(huge.text()).contains("bytes are too long").startsWith("Error in handler: headers of");

            Sent method = new Sent().path("/").extra("method", "BREW");
            method.code = 0xFF;
            assertThat(processor.call(method).text()).isEqualTo("6 /");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void carriesBodiesOfEachSizeBothWays(String kind) throws IOException {
        try (FakeProcessor processor = kit(kind)) {
            for (int size : new int[] {0, 1, 63, 4096, 4097, 10_000, 16_000}) {
                byte[] body = bytes(size);
                Received answer = processor.call(new Sent().path("/echo").body(body));
                assertThat(answer.body()).as("body of %d bytes", size).isEqualTo(ByteBuffer.wrap(body));
            }
            for (int size : new int[] {100_000, 260_000, 1_000_000}) {
                byte[] body = bytes(size);
                long correlation =
                        processor.sendInChunks(new Sent().path("/echo").body(body), 8000);
                assertThat(processor.answer(correlation).body())
                        .as("body of %d bytes in chunks", size)
                        .isEqualTo(ByteBuffer.wrap(body));
            }
        }
    }

    @Test
    void readsBodiesInTheArenaAndAnswersThere() throws IOException {
        try (FakeProcessor processor = kit("shm")) {
            byte[] body = bytes(150_000);

            Received answer = processor.answer(
                    processor.sendInArena(new Sent().path("/echo").body(body)));

            assertThat(answer.fromArena()).isTrue();
            assertThat(answer.body()).isEqualTo(ByteBuffer.wrap(body));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void runsManyEventsInOrder(String kind) throws IOException {
        try (FakeProcessor processor = kit(kind)) {
            int count = 5000;
            for (int i = 1; i <= count; i++) {
                processor.send(new Sent().path("/" + i));
            }
            for (int i = 1; i <= count; i++) {
                assertThat(processor.awaitType(Layout.RESPONSE).text()).isEqualTo(i + " /" + i);
            }
        }
    }

    @Test
    void showsTheBodyInPlaceIfAskedTo() throws IOException {
        try (FakeProcessor processor = kit("shm", ",\"body\":\"view\"")) {
            assertThat(processor.call(new Sent().path("/view").body("abc")).text())
                    .isEqualTo("3true");
        }
    }

    @Test
    void publishesClaimedBeforeTheHandlerAndSkipsWhatIsTakenBack() throws IOException {
        try (FakeProcessor processor = kit("shm")) {
            Path go = folder.resolve("go");
            long blocking = processor.send(new Sent().path("/block").headers("Go", go.toString()));
            processor.send(new Sent().path("/taken"));
            processor.send(new Sent().path("/taken too"));
            processor.awaitLog();

            long from = processor.revoke();
            assertThat(from).isEqualTo(processor.claimed()).isPositive();
            Files.createFile(go);

            assertThat(processor.answer(blocking).text()).isEqualTo("1 /block");
            assertThat(processor.call(new Sent().path("/next")).text()).isEqualTo("2 /next");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void drainsDiscardsContinuesAndStops(String kind) throws IOException {
        try (FakeProcessor processor = kit(kind)) {
            processor.control(Layout.DRAIN, 77);
            assertThat(processor.awaitType(Layout.DONE).correlation()).isEqualTo(77);
            assertThat(processor.call(new Sent()).has(Layout.DISCARDED)).isTrue();

            processor.control(Layout.CONTINUE, 0);
            processor.control(Layout.CANCEL, 1);
            assertThat(processor.call(new Sent()).text()).isEqualTo("1 /");

            processor.control(Layout.TERMINATE, 78);
            assertThat(processor.awaitType(Layout.DONE).correlation()).isEqualTo(78);
            processor.control(Layout.STOP, 0);
            assertThat(processor.awaitExit()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void leavesWhenTheProcessorIsGone(String kind) throws IOException {
        try (FakeProcessor processor = kit(kind)) {
            processor.hangUp();

            assertThat(processor.awaitExit()).isZero();
            assertThat(processor.output()).isEmpty();
        }
    }

    @Test
    void finishesTheEventInHandWhenItIsTerminated() throws IOException {
        try (FakeProcessor processor = kit("unix")) {
            Path go = folder.resolve("go");
            long blocking = processor.send(new Sent().path("/block").headers("Go", go.toString()));
            processor.awaitLog();

            processor.process().destroy();
            Files.createFile(go);

            assertThat(processor.answer(blocking).text()).isEqualTo("1 /block");
            assertThat(processor.awaitExit()).isEqualTo(128 + 15);
        }
    }

    @Test
    void ignoresFramesOfAnotherEpoch() throws IOException {
        try (FakeProcessor processor = kit("shm")) {
            Sent old = new Sent().path("/old");
            old.epoch = 6;
            processor.send(old);

            assertThat(processor.call(new Sent().path("/new")).text()).isEqualTo("1 /new");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void endsOnAFrameThatItDoesNotKnow(String kind) throws IOException {
        try (FakeProcessor processor = kit(kind)) {
            processor.control(200, 0);

            Received fault = processor.awaitType(Layout.FAULT);
            assertThat(fault.text()).contains("\"code\":\"NUC-2010\"", "it sent a frame of type 200");
            assertThat(processor.awaitExit()).isEqualTo(1);
        }
    }

    @Test
    void tellsWhySourceDoesNotCompile() throws IOException {
        UserCode.source(folder, "code/Kit.java", "class Kit {\n    int x = y;\n}\n");
        try (FakeProcessor processor = new FakeProcessor(folder, "unix", "Kit", "")) {
            Received fault = processor.awaitType(Layout.FAULT);

            assertThat(fault.text())
                    .contains(
                            "\"code\":\"NUC-4022\"",
                            "\"title\":\"code/Kit.java:2:13 cannot find symbol\"",
                            "\"line\":2");
            assertThat(processor.awaitExit()).isEqualTo(1);
        }
    }

    @Test
    void passesAnExitOfTheHandlerOn() throws IOException {
        try (FakeProcessor processor = kit("shm")) {
            processor.send(new Sent().path("/exit"));

            assertThat(processor.awaitExit()).isEqualTo(3);
        }
    }

    @Test
    void respectsJvmOptions() throws IOException {
        UserCode.source(
                folder,
                "code/Kit.java",
                "public class Kit implements io.nuclio.EventHandler { public io.nuclio.Response handleEvent("
                        + "io.nuclio.Context c, io.nuclio.Event e) {"
                        + "return new io.nuclio.Response().setBody(System.getProperty(\"mine\")); } }");
        try (FakeProcessor processor = new FakeProcessor(folder, "unix", "Kit", "", "-Dmine=yes")) {
            processor.awaitType(Layout.READY);

            assertThat(processor.call(new Sent()).text()).isEqualTo("yes");
        }
    }
}
