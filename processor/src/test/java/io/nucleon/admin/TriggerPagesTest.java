package io.nucleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TriggerPagesTest {

    private final Sample processor = new Sample().withOneOfEach();
    private AdminServer server;

    @BeforeEach
    void serve() {
        server = AdminServer.start("admin", Get.anyPort(), false, new TriggerPages(processor));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void listsTriggersByIdWithoutSecrets() throws Exception {
        HttpResponse<String> all = Get.get(server, "/triggers/");

        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.body()).doesNotContain("hunter2");
        JsonNode http = new ObjectMapper().readTree(all.body()).get("default-http");
        assertThat(http.get("numWorkers").intValue()).isEqualTo(2);
        assertThat(http.get("password").textValue()).isEqualTo("****");
        assertThat(http.get("url").textValue()).isEqualTo("amqp://guest:****@broker:5672/v");
        JsonNode env = http.at("/RuntimeConfiguration/spec/env");
        assertThat(env.get(0).get("value").textValue()).isEqualTo("****");
        assertThat(env.get(1).get("value").textValue()).isEqualTo("high");
    }

    @Test
    void showsOneTriggerAndKnowsWhichAreNotThere() throws Exception {
        assertThat(Get.get(server, "/triggers/default-http").body()).startsWith("{\"kind\":\"http\",");
        assertThat(Get.get(server, "/triggers/none").statusCode()).isEqualTo(404);
        assertThat(Get.get(server, "/triggers/none/stats").statusCode()).isEqualTo(404);
        assertThat(Get.get(server, "/triggersx").statusCode()).isEqualTo(404);
        assertThat(Get.send(server, "DELETE", "/triggers/default-http").statusCode())
                .isEqualTo(405);
    }

    @Test
    void showsRealStatistics() throws Exception {
        JsonNode stats = new ObjectMapper()
                .readTree(Get.get(server, "/triggers/default-http/stats/").body());

        assertThat(stats.at("/events/success").intValue()).isEqualTo(2);
        assertThat(stats.at("/events/failure").intValue()).isEqualTo(4);
        assertThat(stats.at("/events/timed_out").intValue()).isEqualTo(1);
        assertThat(stats.at("/milliseconds/handler/max").doubleValue()).isEqualTo(1.0);
        assertThat(stats.at("/milliseconds/handler/p50").doubleValue()).isBetween(0.25, 0.27);
        assertThat(stats.at("/workerAllocation/count").intValue()).isEqualTo(7);
        assertThat(stats.at("/workers/1/lastError").textValue()).isEqualTo("NUC-3006 it crashed");
        assertThat(stats.at("/workers/1/failure").intValue()).isEqualTo(2);
        assertThat(stats.at("/workers/0/handlerMilliseconds").doubleValue()).isEqualTo(0.25);
    }

    @Test
    void namesTheFunctionWhenThereAreSeveral() throws Exception {
        processor.more = List.of(new FunctionView(
                new FunctionLabels("i", "default", "other", "demo"), List.of(), new EventMetrics(0, 0), 0));

        assertThat(Get.get(server, "/triggers/hello.default-http").statusCode()).isEqualTo(200);
        assertThat(Get.get(server, "/triggers/default-http").statusCode()).isEqualTo(404);
    }
}
