package io.nucleon.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Results of benches that were never run. */
final class Samples {
    static final Machine MACHINE = new Machine("EPYC 7763", 2, 8, "6.1.0", true);

    private Samples() {}

    /** A run with that CPU per event and that p99; half of the p99 is the p50. */
    static Figures run(double cpu, double p99) {
        Percentiles total = new Percentiles(p99 / 2, p99 * 0.8, p99, p99 * 2, p99 * 4, p99 / 2);
        Percentiles handler = new Percentiles(p99 / 4, p99 * 0.4, p99 / 2, p99, p99 * 2, p99 / 4);
        return new Figures(
                1000,
                1,
                10,
                100,
                0.0002,
                0.05,
                0.2,
                0.31,
                0.01,
                0,
                0.01,
                cpu,
                214 << 20,
                List.of(
                        new Figures.Program("java", cpu * 0.75, 150 << 20),
                        new Figures.Program("python3", cpu / 4, 64 << 20)),
                Map.of("total", total, "queue", handler, "handler", handler, "transport", handler));
    }

    static BenchResult result(double rate, double... cpus) {
        List<Figures> runs = new ArrayList<>();
        for (double cpu : cpus) {
            runs.add(run(cpu, cpu / 10));
        }
        return new BenchResult(
                new Subject("orders", "python 3.11.2", 4, "shm"),
                new Course(rate, 50, 2, 10, 0, cpus.length, 0),
                MACHINE,
                "nucleon 0.1.0 (abc), java 25.0.1",
                "2025-11-20T10:00:00Z",
                runs,
                runs.getFirst().ms(),
                List.of());
    }
}
