package io.nucleon.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Against servers whose latencies are known. */
class LoadGeneratorTest {
    private static final Percentage THREE_PERCENT = Percentage.withPercentage(3);
    private static final double MILLI = 1e6;
    private static final Request GET =
            new Request("GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII), false);

    /** Of each hundred: sixty 300 ms, thirty 600, nine 1200, one 2400, well mixed. */
    private static int scheduled(int number) {
        int place = number * 37 % 100;
        return place < 60 ? 300 : place < 90 ? 600 : place < 99 ? 1200 : 2400;
    }

    @Test
    void percentilesAreThoseOfTheServersSchedule() throws Exception {
        try (PacedServer server = new PacedServer(LoadGeneratorTest::scheduled)) {
            RunResult run = run(server, new Pace.Open(250), 400, new LoadPlan.Length(Duration.ofSeconds(4), 1000));

            Histogram total = run.latencies().total();
            assertThat(run.tally()).isEqualTo(tally(1000));
            for (double percentile : new double[] {30, 50, 80, 95, 99.5}) {
                // Against what the server did by its own clock: on a busy machine its answers are later than the
                // schedule says.
                assertThat(total.getValueAtPercentile(percentile) / MILLI)
                        .as("p%s", percentile)
                        .isCloseTo(server.done().getValueAtPercentile(percentile) / MILLI, THREE_PERCENT);
            }
            assertThat(run.latencies().handler().getValueAtPercentile(99) / MILLI)
                    .isCloseTo(1200, within(1.5));
            assertThat(run.latencies().handler().getValueAtPercentile(50) / MILLI)
                    .isCloseTo(300, within(0.5));
        }
    }

    @Test
    void anOpenLoopSeesAStallAsLongAsItWas() throws Exception {
        try (PacedServer server = new PacedServer(number -> 0).stalling(200, 1000)) {
            RunResult run = run(server, new Pace.Open(200), 20, new LoadPlan.Length(Duration.ofSeconds(4), 800));

            // What was due during the stall had to wait until its end: from all of it down to nothing, evenly.
            double stall = (server.stallEnded() - server.stallBegan()) / MILLI;
            double[] expected = waits(stall, 800);
            Histogram total = run.latencies().total();
            assertThat(run.tally()).isEqualTo(tally(800));
            for (double percentile : new double[] {85, 90, 95, 99}) {
                double wanted = expected[(int) Math.ceil(percentile / 100 * expected.length) - 1];
                assertThat(total.getValueAtPercentile(percentile) / MILLI)
                        .as("p%s", percentile)
                        .isCloseTo(wanted, within(Math.max(0.03 * wanted, 0.03 * stall)));
            }
            assertThat(run.latencies().queue().getMaxValue() / MILLI)
                    .as("most of it before they were even sent")
                    .isGreaterThan(0.8 * stall);
        }
    }

    @Test
    void aClosedLoopDoesNot() throws Exception {
        try (PacedServer server = new PacedServer(number -> 0).stalling(500, 1000)) {
            RunResult run = run(server, new Pace.Closed(), 2, new LoadPlan.Length(Duration.ofSeconds(30), 4000));

            assertThat(run.tally()).isEqualTo(tally(4000));
            assertThat(run.latencies().total().getMaxValue() / MILLI).isGreaterThan(900);
            assertThat(run.latencies().total().getValueAtPercentile(99) / MILLI)
                    .as("two of four thousand")
                    .isLessThan(500);
        }
    }

    @Test
    void sharesConnectionsRateAndCountAmongThreads() throws Exception {
        try (PacedServer server = new PacedServer(number -> 0)) {
            LoadPlan plan =
                    new LoadPlan(server.address(), List.of(GET), new Pace.Open(2000), 5, 2, Duration.ofSeconds(10));
            try (LoadGenerator generator = LoadGenerator.connect(plan)) {
                RunResult run = generator.run(new LoadPlan.Length(Duration.ofSeconds(1), 999), soFar -> {});

                assertThat(run.tally()).isEqualTo(tally(999));
                assertThat(server.requests()).isEqualTo(999);
                assertThat(run.busiest()).isBetween(0.0, 1.0).isPositive();
            }
        }
    }

    @Test
    void countsWhatHasNoAnswerInTimeWithWhatItHasWaited() throws Exception {
        try (PacedServer server = new PacedServer(number -> number == 3 ? 60_000 : 0)) {
            LoadPlan plan =
                    new LoadPlan(server.address(), List.of(GET), new Pace.Closed(), 1, 1, Duration.ofMillis(300));
            try (LoadGenerator generator = LoadGenerator.connect(plan)) {
                RunResult run = generator.run(new LoadPlan.Length(Duration.ofSeconds(30), 10), soFar -> {});

                assertThat(run.tally().answered()).isEqualTo(9);
                assertThat(run.tally().timedOut()).isEqualTo(1);
                assertThat(run.tally().failed()).isEqualTo(1);
                assertThat(run.latencies().total().getTotalCount()).isEqualTo(10);
                assertThat(run.latencies().total().getMaxValue() / MILLI).isGreaterThan(299);
            }
        }
    }

    @Test
    void stopsEarlyAndWaitsForWhatIsOpen() throws Exception {
        try (PacedServer server = new PacedServer(number -> 50)) {
            LoadPlan plan =
                    new LoadPlan(server.address(), List.of(GET), new Pace.Open(100), 10, 1, Duration.ofSeconds(10));
            try (LoadGenerator generator = LoadGenerator.connect(plan)) {
                RunResult run = generator.run(LoadPlan.Length.of(Duration.ofMinutes(10)), soFar -> {
                    if (soFar.answered() > 3) {
                        generator.stop();
                    }
                });

                assertThat(run.tally().answered())
                        .isEqualTo(run.tally().planned())
                        .isGreaterThan(3);
            }
        }
    }

    @Test
    void opensConnectionsThatTheServerCloses() throws Exception {
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> served = CompletableFuture.supplyAsync(() -> serve(server, answer, 5));
            LoadPlan plan = new LoadPlan(
                    (InetSocketAddress) server.getLocalSocketAddress(),
                    List.of(GET),
                    new Pace.Closed(),
                    1,
                    1,
                    Duration.ofSeconds(10));
            try (LoadGenerator generator = LoadGenerator.connect(plan)) {
                RunResult run = generator.run(new LoadPlan.Length(Duration.ofSeconds(30), 5), soFar -> {});

                assertThat(run.tally()).isEqualTo(tally(5));
            }
            assertThat(served.get()).isEqualTo(5);
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        InetSocketAddress nowhere;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = (InetSocketAddress) gone.getLocalSocketAddress();
        }
        LoadPlan plan = new LoadPlan(nowhere, List.of(GET), new Pace.Closed(), 3, 1, Duration.ofSeconds(10));

        assertThatThrownBy(() -> LoadGenerator.connect(plan)).isInstanceOf(IOException.class);
    }

    @Test
    void endsWhenTheServerIsGone() throws Exception {
        PacedServer server = new PacedServer(number -> 0);
        LoadPlan plan = new LoadPlan(server.address(), List.of(GET), new Pace.Open(100), 3, 1, Duration.ofSeconds(10));
        try (LoadGenerator generator = LoadGenerator.connect(plan)) {
            assertThatThrownBy(() -> generator.run(LoadPlan.Length.of(Duration.ofMinutes(10)), soFar -> {
                        if (soFar.answered() > 3) {
                            server.close();
                        }
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("nobody listens any more");
        }
    }

    private static int serve(ServerSocket server, String answer, int times) {
        int served = 0;
        try {
            for (; served < times; served++) {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().readNBytes("GET / HTTP/1.1\r\nHost: here\r\n\r\n".length());
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            return -1;
        }
        return served;
    }

    /** Sorted latencies of events that come every 5 ms, of which those of the stall wait until its end. */
    private static double[] waits(double stallMillis, int events) {
        double[] waits = new double[events];
        for (int i = 0; i * 5 < stallMillis; i++) {
            waits[i] = stallMillis - i * 5;
        }
        Arrays.sort(waits);
        return waits;
    }

    private static Tally tally(long all) {
        return new Tally(all, all, all, 0, 0, 0, java.util.Map.of(200, all));
    }

    private static RunResult run(PacedServer server, Pace pace, int connections, LoadPlan.Length length)
            throws IOException, InterruptedException {
        LoadPlan plan = new LoadPlan(server.address(), List.of(GET), pace, connections, 1, Duration.ofSeconds(30));
        try (LoadGenerator generator = LoadGenerator.connect(plan)) {
            return generator.run(length, soFar -> {});
        }
    }
}
