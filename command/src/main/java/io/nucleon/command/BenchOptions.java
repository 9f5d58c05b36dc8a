package io.nucleon.command;

import io.nucleon.command.RunOptions.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The flags of {@code bench}. */
public final class BenchOptions extends CallOptions {
    private static final int MOST_CONNECTIONS = 10_000;
    private static final int MOST_RUNS = 100;

    /** What a matrix can vary. */
    public static final List<String> DIMENSIONS = List.of("runtimes", "transports", "sizes");

    @Parameters(paramLabel = "NAME|PATH|URL", arity = "1", description = "function to load; an address will do")
    private String target = "";

    @Option(names = "--duration", paramLabel = "TIME", description = "length of a run")
    private Duration duration = Duration.ofSeconds(10);

    @Option(names = "--count", paramLabel = "N", description = "events of a run, in place of a length")
    private Long count;

    @Option(names = "--concurrency", paramLabel = "N", description = "connections, each with one event at a time")
    private int concurrency = 50;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "events a second, whatever the function does: an open loop (default: a closed one)")
    private Double rate;

    @Option(names = "--warmup", paramLabel = "TIME", description = "load before the first run")
    private Duration warmUp = Duration.ofSeconds(2);

    @Option(names = "--runs", paramLabel = "N", description = "how many runs; their spread says what is noise")
    private int runs = 3;

    @Option(names = "--events", paramLabel = "FILE", description = "requests to send in turn, a JSON object a line")
    private String events;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "into the trigger of that kind, without its broker, --concurrency at once")
    private String kind = "http";

    @Option(names = "--threads", paramLabel = "N", description = "threads of the generator")
    private int threads = 1;

    @Option(names = "--workers", paramLabel = "N", description = "workers of a function that is started for this")
    private Integer workers;

    @Option(
            names = "--transport",
            paramLabel = "KIND",
            description = "its connection to the workers: ${COMPLETION-CANDIDATES}")
    private Transport transport = Transport.AUTO;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "process whose tree is measured (default: the function's host)")
    private Long pid;

    @Option(names = "--save", paramLabel = "NAME", description = "keep the result in .nucleon/bench/NAME.json")
    private String save;

    @Option(
            names = "--compare",
            paramLabel = "NAME",
            description = "show what changed since that result; a FILE will do")
    private String compare;

    @Option(names = "--force", description = "compare with a result of another machine or runtime too")
    private boolean force;

    @Option(
            names = "--fail-if",
            paramLabel = "CONDITION",
            description = "end with 99 if it holds: 'p99>5ms', 'error>0.1%%', 'p99+10%%'; repeatable")
    private List<String> failIf = new ArrayList<>();

    @Option(names = "--hdr", paramLabel = "FILE", description = "write all histograms in HdrHistogram's log format")
    private String hdr;

    @Option(
            names = "--matrix",
            paramLabel = "WHAT,…",
            split = ",",
            description = "compare the functions of a folder: runtimes, transports, sizes")
    private List<String> matrix = new ArrayList<>();

    @Option(names = "--sizes", paramLabel = "SIZE,…", split = ",", description = "bodies of a matrix")
    private List<String> sizes = new ArrayList<>(List.of("0", "1KiB", "64KiB"));

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "page of a matrix, its chart beside it (default: .nucleon/bench/matrix.md)")
    private String report = ".nucleon/bench/matrix.md";

    /** Name, folder or file of the function, as given. */
    public String target() {
        return target;
    }

    /** Length of a run, unless a count is given. */
    public Duration duration() {
        return duration;
    }

    /** Events of a run, if that is what ends it. */
    public OptionalLong count() {
        return count == null ? OptionalLong.empty() : OptionalLong.of(count);
    }

    /** How many connections. */
    public int concurrency() {
        return concurrency;
    }

    /** Events a second, if the loop is open. */
    public Optional<Double> rate() {
        return Optional.ofNullable(rate);
    }

    /** Load before the first run. */
    public Duration warmUp() {
        return warmUp;
    }

    /** How many runs. */
    public int runs() {
        return runs;
    }

    /** File of requests, if they are not one made from the flags. */
    public Optional<String> events() {
        return Optional.ofNullable(events);
    }

    /** The kind of trigger that the events go into. */
    public String kind() {
        return kind;
    }

    /** Whether they are calls over HTTP. */
    public boolean isCall() {
        return kind.equals("http");
    }

    /** Threads of the generator. */
    public int threads() {
        return threads;
    }

    /** Workers of a function that is started, if not as it says. */
    public Optional<Integer> workers() {
        return Optional.ofNullable(workers);
    }

    /** Its connection to them. */
    public Transport transport() {
        return transport;
    }

    /** The process to measure, if it is named. */
    public OptionalLong pid() {
        return pid == null ? OptionalLong.empty() : OptionalLong.of(pid);
    }

    /** Under which name the result is kept, if it is. */
    public Optional<String> save() {
        return Optional.ofNullable(save);
    }

    /** The result to compare with: a name or a file. */
    public Optional<String> compare() {
        return Optional.ofNullable(compare);
    }

    /** Whether to compare with anything. */
    public boolean force() {
        return force;
    }

    /** Conditions as given. */
    public List<String> failIf() {
        return List.copyOf(failIf);
    }

    /** File of histograms, if one is wanted. */
    public Optional<String> hdr() {
        return Optional.ofNullable(hdr);
    }

    /** What to vary; empty for a bench of one function. */
    public List<String> matrix() {
        return List.copyOf(matrix);
    }

    /** Sizes of bodies as given. */
    public List<String> sizes() {
        return List.copyOf(sizes);
    }

    /** File of the matrix' page. */
    public String report() {
        return report;
    }

    @Override
    void check() {
        super.check();
        UsageError.unless(duration.isPositive(), "--duration", duration.toString(), "it must be longer than nothing");
        UsageError.unless(!warmUp.isNegative(), "--warmup", warmUp.toString(), "it can't be negative");
        UsageError.unless(count == null || count > 0, "--count", String.valueOf(count), "at least one is needed");
        UsageError.unless(
                concurrency > 0 && concurrency <= MOST_CONNECTIONS,
                "--concurrency",
                String.valueOf(concurrency),
                "it is from 1 to 10000");
        UsageError.unless(
                rate == null || (rate > 0 && rate <= 10_000_000), "--rate", String.valueOf(rate), "it must be above 0");
        UsageError.unless(runs > 0 && runs <= MOST_RUNS, "--runs", String.valueOf(runs), "it is from 1 to 100");
        UsageError.unless(
                threads > 0 && threads <= concurrency, "--threads", String.valueOf(threads), "each needs a connection");
        UsageError.unless(
                workers == null || workers > 0, "--workers", String.valueOf(workers), "at least one is needed");
        UsageError.unless(
                save == null || isFileName(save), "--save", save, "names have letters, digits and - _ . only");
        for (String dimension : matrix) {
            UsageError.unless(
                    DIMENSIONS.contains(dimension), "--matrix", dimension, "it can vary: runtimes, transports, sizes");
        }
        if (!isCall() && (events != null || !matrix.isEmpty())) {
            throw UsageError.error(
                    "bench --kind has no --events or --matrix",
                    "one event is sent again and again, into the trigger of one function",
                    "leave the other one out");
        }
        if (!matrix.isEmpty() && (save != null || compare != null || hdr != null || !failIf.isEmpty())) {
            throw UsageError.error(
                    "a matrix has no --save, --compare, --fail-if or --hdr",
                    "they are about one function",
                    "leave them out, or bench one function of the folder");
        }
    }

    static boolean isFileName(String text) {
        return !text.isEmpty()
                && text.charAt(0) != '.'
                && text.length() <= 100
                && text.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0));
    }
}
