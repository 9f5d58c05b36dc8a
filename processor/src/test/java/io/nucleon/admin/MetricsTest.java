package io.nucleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final ProcessUsage OWN = new ProcessUsage(100 << 20, 12_340);
    private static final ProcessUsage WORKER = new ProcessUsage(20 << 20, 560);

    @Test
    void servesTheWholeTextOfAKnownState() throws Exception {
        Sample processor = new Sample().withOneOfEach();
        Pages pages = new MetricsPages(
                processor, () -> Optional.of(OWN), pid -> pid == 4711 ? Optional.of(WORKER) : Optional.empty());
        try (AdminServer server = AdminServer.start("metrics", Get.anyPort(), false, pages)) {
            HttpResponse<String> metrics = Get.get(server, "/metrics");

            assertThat(metrics.headers().firstValue("content-type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            assertThat(metrics.body()).isEqualTo(golden("metrics.txt"));
            assertThat(Get.get(server, "/").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void readsWhatThisProcessUses() {
        ProcessUsage own = ProcessUsage.ofSelf().orElseThrow();
        ProcessUsage byPid = ProcessUsage.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(own.residentBytes()).isGreaterThan(10 << 20);
        assertThat(own.cpuMillis()).isPositive();
        assertThat(byPid.cpuMillis()).isGreaterThanOrEqualTo(own.cpuMillis());
        assertThat(ProcessUsage.of(Integer.MAX_VALUE)).isEmpty();
    }

    static String golden(String name) throws IOException {
        try (var file = MetricsTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
