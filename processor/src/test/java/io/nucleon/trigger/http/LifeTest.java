package io.nucleon.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.ManualClock;
import io.nucleon.invoke.RecordingInvoker;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.loop.EventLoops;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerSetting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts, time limits, drain and stop. */
class LifeTest {

    private final RecordingInvoker invoker = RecordingInvoker.holding();

    @Test
    void saysWhoHasThePort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EventLoops loops = new EventLoops(1)) {
            Trigger trigger = create("127.0.0.1:" + taken.getLocalPort(), Map.of(), loops);

            assertThatThrownBy(trigger::start).isInstanceOfSatisfying(NucleonException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.PORT_TAKEN);
                assertThat(e.error().what()).isEqualTo("port " + taken.getLocalPort() + " is taken");
                assertThat(e.error().why())
                        .startsWith("process " + ProcessHandle.current().pid() + " (")
                        .endsWith(") listens on it");
            });
        }
    }

    @Test
    void saysWhyAnAddressCantBeHad() {
        try (EventLoops loops = new EventLoops(1)) {
            // Kept for documentation (RFC 5737): no interface has it.
            Trigger trigger = create("192.0.2.1:8080", Map.of(), loops);

            assertThatThrownBy(trigger::start).isInstanceOfSatisfying(NucleonException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.PORT_TAKEN);
                assertThat(e.error().why()).isNotEmpty();
            });
            assertThat(trigger.address()).isEmpty();
            trigger.stop();
        }
    }

    @Test
    void stopAfterTheLoopsHaveEndedIsHarmless() {
        EventLoops loops = new EventLoops(1);
        Trigger trigger = create("127.0.0.1:0", Map.of(), loops);
        trigger.start();
        loops.close();

        trigger.stop();
        assertThat(trigger.drain().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(5));
    }

    private Trigger create(String url, Map<String, Object> attributes, EventLoops loops) {
        TriggerSource source = new TriggerSource(0, "web", "http", "sync");
        HttpTriggerFactory factory = new HttpTriggerFactory();
        assertThat(factory.accepts("http")).isTrue();
        return factory.create(
                new TriggerSetting(
                        source,
                        url,
                        attributes,
                        0,
                        TriggerSetting.BatchSetting.OFF,
                        loops,
                        Clock.system(),
                        null,
                        null,
                        null),
                invoker,
                null);
    }

    @ParameterizedTest
    @MethodSource("wrongSettings")
    void refusesWrongSettings(Map<String, Object> attributes) {
        try (EventLoops loops = new EventLoops(1)) {
            assertThatThrownBy(() -> create(":0", attributes, loops))
                    .isInstanceOfSatisfying(
                            NucleonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FIELD_TYPE_WRONG));
            assertThatThrownBy(() -> create("nowhere", Map.of(), loops)).isInstanceOf(NucleonException.class);
        }
    }

    static List<Map<String, Object>> wrongSettings() {
        return List.of(
                Map.of("maxRequestBodySize", "lots"),
                Map.of("readBufferSize", -1),
                Map.of("maxRequestBodySize", 3_000_000_000L),
                Map.of("cors", "yes"),
                Map.of("cors", Map.of("enabled", "perhaps")));
    }

    @Test
    void answersHealthItself() throws Exception {
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            assertThat(client.get("/__internal/health").read().status()).isEqualTo(200);
            assertThat(client.post("/__internal/health/x?y", "body").read().body())
                    .isEmpty();
            assertThat(client.get("/%5F_internal//healthy").read().status()).isEqualTo(200);
        }
        assertThat(invoker.events()).isEmpty();
    }

    @Test
    void drainsWhatIsOpenAndRefusesTheRest() throws Exception {
        try (TestServer server = TestServer.withLoops(invoker, 2);
                RawClient busy = server.connect();
                RawClient idle = server.connect()) {
            idle.get("/warm");
            RecordingInvoker.answer(invoker.take(), GivenResponse.of("warm"));
            idle.read();
            busy.get("/");
            Invocation open = invoker.take();
            CompletableFuture<Void> drained = server.trigger.drain().toCompletableFuture();

            RawClient.Answer refused = idle.get("/late").read();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text()).isEqualTo("{\"error\":\"Server not ready\",\"status\":\"stopped\"}\n");
            assertThat(refused.header("Content-Type")).startsWith("text/plain");
            assertThat(idle.isClosed()).isTrue();
            assertThatThrownBy(server::connect).isInstanceOf(IOException.class);
            assertThat(drained).isNotDone();

            RecordingInvoker.answer(open, GivenResponse.of("finished"));
            RawClient.Answer last = busy.read();
            assertThat(last.text()).isEqualTo("finished");
            assertThat(last.header("Connection")).isEqualTo("close");
            assertThat(drained).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void stopCutsEverything() throws Exception {
        try (TestServer server = TestServer.start(invoker);
                RawClient client = server.connect()) {
            client.get("/");
            invoker.take();
            server.trigger.stop();

            assertThat(client.isClosed()).isTrue();
            Awaitility.await("the cancel").until(() -> invoker.cancelled() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /slow HT", "GET / HTTP/1.1\r\nHost: h\r\nX: ", "P"})
    void cutsSlowHeads(String start) throws Exception {
        ManualClock clock = new ManualClock();
        try (TestServer server = TestServer.withClock(invoker, clock);
                RawClient client = server.connect()) {
            client.get("/");
            RecordingInvoker.answer(invoker.take(), GivenResponse.of(""));
            client.read();
            client.send(start);
            awaitRead();
            clock.advance(Duration.ofSeconds(9));
            client.send("x");
            awaitRead();
            clock.advance(Duration.ofSeconds(2));

            assertThat(client.isClosed()).isTrue();
        }
    }

    /** A loopback delivers within microseconds; nothing but time tells that bytes without an answer were read. */
    private void awaitRead() {
        Awaitility.await("the loop to have read")
                .pollDelay(Duration.ofMillis(50))
                .until(() -> true);
    }

    @Test
    void cutsSlowBodiesAndCancelsNothing() throws Exception {
        ManualClock clock = new ManualClock();
        try (TestServer server = TestServer.withClock(invoker, clock);
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc");
            awaitRead();
            clock.advance(Duration.ofSeconds(29));
            client.send("d");
            awaitRead();
            clock.advance(Duration.ofSeconds(31));

            assertThat(client.isClosed()).isTrue();
        }
        assertThat(invoker.events()).isEmpty();
    }

    @Test
    void closesIdleConnectionsButNotThoseThatWait() throws Exception {
        ManualClock clock = new ManualClock();
        try (TestServer server = TestServer.withClock(invoker, clock);
                RawClient idle = server.connect();
                RawClient waits = server.connect()) {
            waits.get("/");
            Invocation open = invoker.take();
            clock.advance(Duration.ofMinutes(10));

            assertThat(idle.isClosed()).isTrue();
            RecordingInvoker.answer(open, GivenResponse.of("patience"));
            assertThat(waits.read().text()).isEqualTo("patience");
        }
    }

    @Test
    void cutsClientsThatDoNotRead() throws Exception {
        ManualClock clock = new ManualClock();
        try (TestServer server = TestServer.withClock(invoker, clock);
                RawClient client = server.connect()) {
            client.get("/");
            RecordingInvoker.answer(invoker.take(), GivenResponse.of("x".repeat(30_000_000)));
            Awaitility.await("the sweep to see it stuck, then the cut")
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> {
                        clock.advance(Duration.ofSeconds(16));
                        return server.trigger.openChannels() == 0;
                    });

            assertThat(client.drain().length).isLessThan(30_000_000);
        }
    }
}
