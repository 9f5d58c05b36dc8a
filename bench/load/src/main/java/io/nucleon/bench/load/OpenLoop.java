package io.nucleon.bench.load;

import io.nucleon.load.LoadGenerator;
import io.nucleon.load.LoadPlan;
import io.nucleon.load.Pace;
import io.nucleon.load.Request;
import io.nucleon.load.RunResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * An open loop by the generator of {@code nucleon bench}: requests at fixed moments, whatever the server does. Warms the server up at the
 * same rate, then prints one line of JSON, times in µs. {@code lateP99} is how late the generator itself came to its requests: latencies
 * near it say nothing of the server.
 *
 * <p>{@code java … OpenLoop PORT EVENTS_PER_SECOND SECONDS CONNECTIONS}
 */
public final class OpenLoop {

    private static final double MICRO = 1_000.0;

    /** How long answers are waited for. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration WARM_UP = Duration.ofSeconds(2);

    private OpenLoop() {}

    /** Runs the load. */
    public static void main(String[] args) throws IOException, InterruptedException {
        byte[] request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        Duration length = Duration.ofNanos((long) (Double.parseDouble(args[2]) * 1e9));
        LoadPlan plan = new LoadPlan(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])),
                List.of(new Request(request, false)),
                new Pace.Open(Double.parseDouble(args[1])),
                Integer.parseInt(args[3]),
                1,
                GRACE);
        try (LoadGenerator generator = LoadGenerator.connect(plan)) {
            RunResult warmUp = generator.run(LoadPlan.Length.of(WARM_UP), soFar -> {});
            RunResult run = generator.run(LoadPlan.Length.of(length), soFar -> {});
            System.out.println(json(run, warmUp.tally().answered()));
        }
    }

    private static String json(RunResult run, long before) {
        Histogram latency = run.latencies().total();
        Histogram lateness = run.latencies().lateness();
        return String.format(
                Locale.ROOT,
                "{\"requests\":%d,\"answered\":%d,\"served\":%d,\"failed\":%d,\"finished\":%b,\"p50\":%.1f,\"p90\":%.1f,\"p99\":%.1f,"
                        + "\"p999\":%.1f,\"p9999\":%.1f,\"max\":%.1f,\"lateP50\":%.1f,\"lateP99\":%.1f}",
                run.tally().planned(),
                run.tally().answered(),
                before + run.tally().answered(),
                run.tally().failed(),
                run.tally().answered() == run.tally().planned(),
                latency.getValueAtPercentile(50) / MICRO,
                latency.getValueAtPercentile(90) / MICRO,
                latency.getValueAtPercentile(99) / MICRO,
                latency.getValueAtPercentile(99.9) / MICRO,
                latency.getValueAtPercentile(99.99) / MICRO,
                latency.getMaxValue() / MICRO,
                lateness.getValueAtPercentile(50) / MICRO,
                lateness.getValueAtPercentile(99) / MICRO);
    }
}
