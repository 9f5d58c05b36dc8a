package io.nucleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies, statuses and types of nuclio's health server ({@code nuclio: pkg/processor/healthcheck/server.go}). */
class HealthTest {

    private final Sample processor = new Sample();
    private Optional<String> stall = Optional.empty();
    private AdminServer server;

    @BeforeEach
    void serve() {
        server = AdminServer.start("health", Get.anyPort(), false, new HealthPages(processor, () -> stall));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void isReadyWhenStartedAndEveryWorkerIs() throws Exception {
        HttpResponse<String> ready = Get.get(server, "/ready");

        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("{}\n");
        assertThat(ready.headers().firstValue("content-type")).hasValue("application/json; charset=utf-8");
    }

    @Test
    void isNotReadyBeforeTheStartIsCompleteButLives() throws Exception {
        processor.started = false;

        assertThat(Get.get(server, "/ready").statusCode()).isEqualTo(503);
        assertThat(Get.get(server, "/ready").body()).isEqualTo("{}\n");
        assertThat(Get.get(server, "/live").statusCode()).isEqualTo(200);
    }

    @Test
    void saysInFullWhatIsNotReady() throws Exception {
        processor.secondWorker = "lost";

        HttpResponse<String> ready = Get.get(server, "/ready/?full=1");

        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).isEqualTo("""
                        {
                            "processor_liveness": "OK",
                            "processor_readiness": "Processor not ready yet"
                        }
                        """);
        assertThat(Get.get(server, "/live?full=1").body()).isEqualTo("""
                        {
                            "processor_liveness": "OK"
                        }
                        """);
    }

    @Test
    void doesNotLiveWhenALoopStalls() throws Exception {
        stall = Optional.of("event loop 1 has been stalled for 6 s");

        HttpResponse<String> live = Get.get(server, "/live?full=1");

        assertThat(live.statusCode()).isEqualTo(503);
        assertThat(live.body()).contains("\"processor_liveness\": \"event loop 1 has been stalled for 6 s\"");
        assertThat(Get.get(server, "/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void refusesOtherMethodsAndPaths() throws Exception {
        HttpResponse<String> post = Get.send(server, "POST", "/ready");

        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.body()).isEqualTo("method not allowed\n");
        assertThat(Get.send(server, "HEAD", "/live").statusCode()).isEqualTo(405);
        assertThat(Get.get(server, "/").statusCode()).isEqualTo(404);
        assertThat(Get.get(server, "/ready/x").statusCode()).isEqualTo(404);
    }

    @Test
    void answersOnTheHttpPortOfAFunctionWithoutHttpTrigger() throws Exception {
        try (AdminServer http = AdminServer.start("health", Get.anyPort(), false, HealthPages.withoutHttpTrigger())) {
            assertThat(Get.get(http, "/__internal/health").body()).isEqualTo("ok");
            assertThat(Get.get(http, "/").statusCode()).isEqualTo(404);
        }
    }
}
