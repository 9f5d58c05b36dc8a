package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.cli.bench.BenchResult;
import io.nucleon.cli.bench.Course;
import io.nucleon.cli.bench.Figures;
import io.nucleon.cli.bench.Machine;
import io.nucleon.cli.bench.Percentiles;
import io.nucleon.cli.bench.Subject;
import io.nucleon.error.Look;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class BenchTextTest {

    private static Percentiles all(double millis) {
        return new Percentiles(millis, millis, millis, millis, millis, millis);
    }

    private static List<String> table(Map<String, Percentiles> ms) {
        Figures run = new Figures(100, 0, 1, 100, 0, 0, 0, 0, 0, 0, 0, 10, 1 << 20, List.of(), ms);
        BenchResult result = new BenchResult(
                new Subject("orders", "python 3.11.2", 1, "shm"),
                new Course(100, 1, 0, 1, 0, 1, 0),
                new Machine("EPYC 7763", 2, 8, "6.1.0", true),
                "nucleon 0.1.0",
                "2026-01-01T10:00:00Z",
                List.of(run),
                ms,
                List.of());
        return BenchText.of(result, new Histogram(3), Look.PLAIN)
                .lines()
                .toList()
                .subList(1, 6);
    }

    @Test
    void theTableIsAsNarrowAsItCanBe() {
        assertThat(table(Map.of("total", all(0.35), "queue", all(0.01), "handler", all(0.3), "transport", all(0.04))))
                .containsExactly(
                        "ms          p50    p90    p99  p99.9    max",
                        "total      0.35   0.35   0.35   0.35   0.35",
                        " queue     0.01   0.01   0.01   0.01   0.01",
                        " handler   0.30   0.30   0.30   0.30   0.30",
                        " transport 0.04   0.04   0.04   0.04   0.04      (percentiles of parts do not add up)");
    }

    @Test
    void aShortTimeStandsApartFromItsName() {
        assertThat(table(Map.of("total", all(0.35), "queue", all(0.01), "handler", all(0.3), "transport", all(0.004))))
                .containsExactly(
                        "ms           p50    p90    p99  p99.9    max",
                        "total       0.35   0.35   0.35   0.35   0.35",
                        " queue      0.01   0.01   0.01   0.01   0.01",
                        " handler    0.30   0.30   0.30   0.30   0.30",
                        " transport 0.004  0.004  0.004  0.004  0.004      (percentiles of parts do not add up)");
    }
}
