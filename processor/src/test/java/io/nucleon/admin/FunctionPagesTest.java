package io.nucleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LogRecord;
import io.nucleon.runtime.FunctionLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FunctionPagesTest {
    private final Sample processor = new Sample().withOneOfEach();
    private final LogTail tail = new LogTail(Clock.system());
    private final List<String> handedOn = new ArrayList<>();
    private final FunctionLog log = tail.keeping("hello", new FunctionLog() {
        @Override
        public void record(Invocation invocation, LogRecord logged) {
            handedOn.add(logged.message());
        }

        @Override
        public void line(int worker, boolean error, String line) {
            handedOn.add(line);
        }
    });
    private AdminServer server;

    @BeforeEach
    void serve() {
        Pages pages = new LogPages(tail, new FunctionPages(processor, new TriggerPages(processor)));
        server = AdminServer.start("admin", Get.anyPort(), false, pages);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void showsFunctionsWithTheirWorkersAndCounters() throws Exception {
        JsonNode hello = json("/functions").at("/functions/0");

        assertThat(hello.get("name").textValue()).isEqualTo("hello");
        assertThat(hello.at("/triggers/0/kind").textValue()).isEqualTo("http");
        assertThat(hello.at("/workers/1/lastError").textValue()).isEqualTo("NUC-3006 it crashed");
        assertThat(hello.get("success").intValue()).isEqualTo(2);
        assertThat(hello.get("failure").intValue()).isEqualTo(4);
        assertThat(hello.toString()).doesNotContain("hunter2");
    }

    @Test
    void itsStateIsThatOfTheWorstWorker() throws Exception {
        processor.started = true;
        processor.secondWorker = "lost";
        assertThat(json("/functions").at("/functions/0/state").textValue()).isEqualTo("lost");
        processor.secondWorker = "ready";
        assertThat(json("/functions").at("/functions/0/state").textValue()).isEqualTo("ready");
        processor.started = false;
        assertThat(json("/functions").at("/functions/0/state").textValue()).isEqualTo("starting");
    }

    @Test
    void leavesOtherPagesAlone() throws Exception {
        assertThat(Get.get(server, "/triggers").statusCode()).isEqualTo(200);
        assertThat(Get.get(server, "/nothing").statusCode()).isEqualTo(404);
        assertThat(Get.send(server, "POST", "/functions").statusCode()).isEqualTo(405);
        assertThat(Get.send(server, "POST", "/logs").statusCode()).isEqualTo(405);
    }

    @Test
    void keepsWhatIsLoggedAndHandsItOn() throws Exception {
        log.record(null, new LogRecord(2, 0, 1, "slow", "{\"ms\":7}"));
        log.line(0, false, "printed");

        JsonNode page = json("/logs");
        assertThat(handedOn).containsExactly("slow", "printed");
        assertThat(page.get("newest").intValue()).isEqualTo(2);
        assertThat(page.at("/lines/0/level").textValue()).isEqualTo("warn");
        assertThat(page.at("/lines/0/with").textValue()).isEqualTo("{\"ms\":7}");
        assertThat(page.at("/lines/1/level").textValue()).isEqualTo("out");
        assertThat(json("/logs?after=1").get("lines")).hasSize(1);
        assertThat(json("/logs?after=2&wait=10").get("lines")).isEmpty();
    }

    @Test
    void holdsTheAnswerBackUntilThereIsALine() throws Exception {
        Thread asking = Thread.ofVirtual().start(() -> {
            try {
                handedOn.add(json("/logs?wait=3000").at("/lines/0/message").textValue());
            } catch (Exception e) {
                handedOn.add(e.toString());
            }
        });
        log.line(0, true, "at last");
        asking.join();

        assertThat(handedOn).containsOnly("at last");
    }

    @Test
    void boundsWhatItKeeps() {
        for (int i = 0; i < 5_010; i++) {
            log.line(0, false, "x".repeat(i == 5_009 ? 100_000 : 1));
        }

        assertThat(tail.after(0)).hasSize(5_000);
        assertThat(tail.after(0).getLast().message()).hasSizeLessThan(5_000);
        assertThat(tail.after(0).getFirst().number()).isEqualTo(11);
    }

    @Test
    void ratesAreThoseOfTheLastTenSeconds() {
        RateMeter meter = new RateMeter();
        for (int second = 0; second <= 20; second++) {
            assertThat(meter.isDue(second * 1_000_000_000L)).isTrue();
            meter.sample(second * 1_000_000_000L, second < 10 ? 0 : (second - 10) * 100L);
            assertThat(meter.isDue(second * 1_000_000_000L + 999_999_999)).isFalse();
        }

        assertThat(meter.perSecond()).isEqualTo(100.0);
    }

    private JsonNode json(String path) throws Exception {
        return new ObjectMapper().readTree(Get.get(server, path).body());
    }
}
