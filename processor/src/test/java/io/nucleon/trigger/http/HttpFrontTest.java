package io.nucleon.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.GivenResponse;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.RecordingInvoker;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.loop.EventLoops;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerSetting;
import io.nucleon.trigger.TriggerSetting.BatchSetting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFrontTest {

    private final EventLoops loops = new EventLoops(2);
    private final HttpFront front = new HttpFront(loopback(0), loops, Clock.system(), null);

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @BeforeEach
    void start() {
        front.start();
    }

    @AfterEach
    void stop() {
        front.stop();
        loops.close();
    }

    private Trigger function(String name, RecordingInvoker invoker, Map<String, Object> attributes, String url) {
        HttpTriggerFactory factory =
                url.isEmpty() ? HttpTriggerFactory.behind(front, name) : HttpTriggerFactory.alsoBehind(front, name);
        return factory.create(
                new TriggerSetting(
                        new TriggerSource(0, name + "-http", "http", "sync"),
                        url,
                        attributes,
                        1_000_000_000L,
                        BatchSetting.OFF,
                        loops,
                        Clock.system(),
                        null,
                        null,
                        null),
                invoker,
                null);
    }

    /** Answers with its own name and the path and query that it sees. */
    private Trigger echo(String name) {
        return function(
                name,
                RecordingInvoker.answering(seen -> GivenResponse.of(name + " " + seen.path() + " " + seen.query())),
                Map.of(),
                "");
    }

    @ParameterizedTest
    @CsvSource({
        "/orders, orders /",
        "/orders/, orders /",
        "/orders/a/b, orders /a/b",
        "/orders/a?x=1, orders /a x=1",
        "/orders?x=1, orders / x=1",
        "/orders//a/../b%20c, orders /b c",
        "/orders/../score/x, orders /score/x",
        "/orders-2/x, orders-2 /x",
        "http://any.where/orders/x?y, orders /x y",
    })
    void aFunctionIsReachedBelowItsNameAndDoesNotSeeIt(String target, String answer) throws Exception {
        echo("orders").start();
        echo("orders-2").start();
        try (RawClient client = new RawClient(front.address())) {
            client.get(target);

            assertThat(client.read().text().strip()).isEqualTo(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/order", "/ordersx", "/ORDERS", "//orders", "/%6frders/x", "*"})
    void whatNamesNoFunctionIsNotFound(String target) throws Exception {
        echo("orders").start();
        try (RawClient client = new RawClient(front.address())) {
            client.get(target);
            RawClient.Answer answer = client.read();

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("X-Nucleon-Error")).isEqualTo(ErrorCode.FUNCTION_NOT_RUNNING.code());
            assertThat(answer.text()).contains("/orders");
            client.get("/orders");
            assertThat(client.read().text().strip()).isEqualTo("orders /");
        }
    }

    @Test
    void whatItHasNotGoesElsewhereWithItsName() throws Exception {
        RecordingInvoker elsewhere = RecordingInvoker.answering(seen -> GivenResponse.of(seen.path()));
        HttpFront passing = new HttpFront(loopback(0), loops, Clock.system(), elsewhere);
        passing.start();
        try (RawClient client = new RawClient(passing.address())) {
            client.get("/score/x").get("/");

            assertThat(client.read().text()).isEqualTo("/score/x");
            assertThat(client.read().status()).isEqualTo(404);
        } finally {
            passing.stop();
        }
    }

    @Test
    void oneConnectionServesSeveralFunctionsInTurn() throws Exception {
        echo("a").start();
        echo("b").start();
        try (RawClient client = new RawClient(front.address())) {
            client.get("/a/1").get("/b/2").get("/none").get("/a/3");

            assertThat(client.read().text()).startsWith("a /1");
            assertThat(client.read().text()).startsWith("b /2");
            assertThat(client.read().status()).isEqualTo(404);
            assertThat(client.read().text()).startsWith("a /3");
        }
    }

    @Test
    void eachFunctionHasItsOwnLimits() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.answering(seen -> GivenResponse.of("taken"));
        function("small", invoker, Map.of("maxRequestBodySize", 4), "").start();
        function("large", invoker, Map.of("maxRequestBodySize", 8), "").start();
        try (RawClient client = new RawClient(front.address())) {
            client.post("/large", "123456");
            assertThat(client.read().text()).isEqualTo("taken");
            client.post("/small", "123456");
            assertThat(client.read().status()).isEqualTo(400);
        }
    }

    @Test
    void aFunctionThatHasNotStartedIsNotReady() throws Exception {
        Trigger late = echo("late");
        try (RawClient client = new RawClient(front.address())) {
            client.get("/late");
            RawClient.Answer early = client.read();
            assertThat(early.status()).isEqualTo(503);
            assertThat(early.header("Retry-After")).isEqualTo("2");

            late.start();

            client.get("/late");
            assertThat(client.read().text()).startsWith("late");
        }
    }

    @Test
    void aTriggerWithAnAddressOfItsOwnSeesThereWhatComes() throws Exception {
        Trigger both = function(
                "both", RecordingInvoker.answering(seen -> GivenResponse.of(seen.path())), Map.of(), "127.0.0.1:0");
        both.start();
        try (RawClient own = new RawClient(both.address());
                RawClient through = new RawClient(front.address())) {
            own.get("/both/x");
            through.get("/both/x");

            assertThat(own.read().text()).isEqualTo("/both/x");
            assertThat(through.read().text()).isEqualTo("/x");
        }
        both.stop();
    }

    @Test
    void isHealthyByItself() throws Exception {
        try (RawClient client = new RawClient(front.address())) {
            client.get("/__internal/health");

            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void http2IsSplitByNameToo() throws Exception {
        echo("a").start();
        echo("b").start();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .connectTimeout(Duration.ofSeconds(10))
                .build()) {
            HttpResponse<String> first = get(client, "/a/x");
            HttpResponse<String> second = get(client, "/b/y");

            assertThat(first.body()).startsWith("a /x");
            assertThat(second.body()).startsWith("b /y");
        }
    }

    private HttpResponse<String> get(HttpClient client, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(front.address() + path))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void drainWaitsForWhatIsOpenAndTakesNothingNew() throws Exception {
        RecordingInvoker invoker = RecordingInvoker.holding();
        Trigger slow = function("slow", invoker, Map.of(), "");
        slow.start();
        try (RawClient client = new RawClient(front.address())) {
            client.get("/slow");
            Invocation open = invoker.take();

            slow.drain();
            CompletableFuture<Void> drained = front.drain().toCompletableFuture();
            client.get("/slow/again");

            assertThat(drained).isNotDone();
            RecordingInvoker.answer(open, GivenResponse.of("done"));
            assertThat(client.read().text()).isEqualTo("done");
            assertThat(drained).succeedsWithin(Duration.ofSeconds(10));
            assertThatThrownBy(() -> new RawClient(front.address()).close()).isInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void anAddressThatIsTakenIsSaid() {
        int port = URI.create(front.address()).getPort();
        HttpFront second = new HttpFront(loopback(port), loops, Clock.system(), null);

        assertThatThrownBy(second::start)
                .isInstanceOfSatisfying(
                        NucleonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PORT_TAKEN));
    }
}
