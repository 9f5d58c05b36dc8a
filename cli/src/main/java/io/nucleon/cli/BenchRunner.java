package io.nucleon.cli;

import io.nucleon.cli.bench.BenchResult;
import io.nucleon.cli.bench.Course;
import io.nucleon.cli.bench.Figures;
import io.nucleon.cli.bench.HdrFile;
import io.nucleon.cli.bench.Machine;
import io.nucleon.cli.bench.Subject;
import io.nucleon.cli.bench.Suspicion;
import io.nucleon.command.BenchOptions;
import io.nucleon.command.Product;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.JsonReader;
import io.nucleon.host.UserFolders;
import io.nucleon.load.Latencies;
import io.nucleon.load.Load;
import io.nucleon.load.LoadGenerator;
import io.nucleon.load.LoadPlan;
import io.nucleon.load.Measurement;
import io.nucleon.load.Pace;
import io.nucleon.platform.WallClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Puts load on functions and makes results of the runs. Confined to one command. */
final class BenchRunner {
    private final BenchOptions options;
    private final Clock clock;
    private final UserFolders folders;
    private volatile Load running;
    private volatile boolean stopped;

    BenchRunner(BenchOptions options, UserFolders folders, Clock clock) {
        this.folders = folders;
        this.options = options;
        this.clock = clock;
    }

    /** A run with the seconds, since its bench began, between which it was. */
    record Run(Measurement measured, double startSeconds, double endSeconds) {}

    /** Ends the load early: what is open is still waited for. Any thread. */
    void stop() {
        stopped = true;
        Load generator = running;
        if (generator != null) {
            generator.stop();
        }
    }

    /** Whether it was ended early. */
    boolean isStopped() {
        return stopped;
    }

    /** How it is run, with bodies of that length. */
    Course course(long bodyBytes) {
        return new Course(
                options.rate().orElse(0.0),
                options.concurrency(),
                seconds(options.warmUp()),
                options.count().isPresent() ? 0 : seconds(options.duration()),
                options.count().orElse(0),
                options.runs(),
                bodyBytes);
    }

    /** Seconds of load for that many runs; 10 s for one that ends with a count. */
    double expectedSeconds(int runs) {
        double each = options.count().isEmpty()
                ? seconds(options.duration())
                : options.rate().map(rate -> options.count().getAsLong() / rate).orElse(10.0);
        return seconds(options.warmUp()) + runs * each;
    }

    /** Warms the function up, then loads it so many times; fewer if it is stopped. */
    List<Run> run(Target target, BenchEvents events, int runs, BenchProgress progress) {
        try (Load generator = options.isCall() ? calls(target, events) : events(target, events)) {
            running = generator;
            if (!options.warmUp().isZero()) {
                progress.add(generator
                        .run(LoadPlan.Length.of(options.warmUp()), progress::at)
                        .tally());
            }
            Instant began = clock.instant();
            List<Run> all = new ArrayList<>();
            for (int i = 0; i < runs && !stopped; i++) {
                double start = seconds(Duration.between(began, clock.instant()));
                Measurement measured = Measurement.of(generator, length(), pid(target), progress::at);
                progress.add(measured.run().tally());
                all.add(new Run(measured, start, seconds(Duration.between(began, clock.instant()))));
            }
            return all;
        } catch (IOException e) {
            throw unreachable(target, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(target, new IOException("the command was interrupted", e));
        } finally {
            running = null;
            progress.end();
        }
    }

    private LoadGenerator calls(Target target, BenchEvents events) throws IOException, InterruptedException {
        URI url = target.url();
        return LoadGenerator.connect(new LoadPlan(
                new InetSocketAddress(url.getHost().replaceAll("^\\[|]$", ""), url.getPort()),
                events.requests(url),
                options.rate().<Pace>map(Pace.Open::new).orElseGet(Pace.Closed::new),
                options.concurrency(),
                options.threads(),
                options.timeout()));
    }

    private Load events(Target target, BenchEvents events) {
        SampleEvent sample = SampleEvent.named(options.kind());
        String topic = options.path().equals("/") ? "" : options.path();
        EventInput input = EventInput.of(sample, KindCall.event(sample, topic, events.only(target.url())));
        FunctionEvents function = FunctionEvents.of(target, folders, new WallClock());
        int atOnce = options.concurrency();
        return options.rate()
                .<Load>map(rate -> new PacedKindLoad(function, input, rate, atOnce, options.timeout(), clock))
                .orElseGet(() -> new KindLoad(new Sending(function, options.timeout(), false), input, atOnce, clock));
    }

    /** What they come to. */
    BenchResult result(Subject subject, long bodyBytes, List<Run> runs) {
        List<Figures> figures =
                runs.stream().map(run -> Figures.of(run.measured())).toList();
        Product product = Product.installed();
        return new BenchResult(
                subject,
                course(bodyBytes),
                Machine.here(),
                "nucleon " + product.version() + " (" + product.commit() + "), java "
                        + System.getProperty("java.version"),
                new WallClock()
                        .instant()
                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                        .toString(),
                figures,
                Figures.percentiles(together(runs)),
                Suspicion.of(figures, options.rate().isPresent()));
    }

    /** All events of all runs. */
    static Latencies together(List<Run> runs) {
        Latencies all = new Latencies();
        runs.forEach(run -> all.add(run.measured().run().latencies()));
        return all;
    }

    static List<HdrFile.Interval> intervals(List<Run> runs) {
        return runs.stream()
                .map(run -> new HdrFile.Interval(
                        run.startSeconds(),
                        run.endSeconds(),
                        run.measured().run().latencies()))
                .toList();
    }

    /** What the function's host says of it. */
    Subject subject(Target target) {
        return HostPage.function(target.host().admin(), target.name(), clock)
                .map(function -> subject(target.name(), function))
                .orElseGet(() -> Subject.unknown(target.name()));
    }

    private static Subject subject(String name, Map<String, Object> function) {
        List<Map<String, Object>> workers = HostPage.objects(function, "workers");
        return new Subject(
                name,
                JsonReader.text(function, "runtime"),
                workers.size(),
                workers.isEmpty() ? "" : JsonReader.text(workers.getFirst(), "transport"));
    }

    private OptionalLong pid(Target target) {
        return options.pid().isPresent() ? options.pid() : target.pid();
    }

    private LoadPlan.Length length() {
        return options.count().isEmpty()
                ? LoadPlan.Length.of(options.duration())
                : new LoadPlan.Length(Duration.ofDays(1), options.count().getAsLong());
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static RuntimeException unreachable(Target target, IOException e) {
        return ErrorMessage.of(
                        ErrorCode.FUNCTION_UNREACHABLE,
                        target.name() + " can't be put under load at " + target.url(),
                        String.valueOf(e.getMessage()),
                        "see what its terminal says, or start it again: nucleon run PATH")
                .toException(e);
    }
}
