package io.nucleon.command;

import java.nio.file.FileSystems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The flags of {@code run}. */
public final class RunOptions extends VerbOptions {
    /** How processor and workers are connected. */
    public enum Transport {
        AUTO,
        SHM,
        UNIX;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The form of the function's log lines. */
    public enum LogFormat {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether triggers connect to their brokers. */
    public enum Brokers {
        OFF,
        ON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int LAST_PORT = 65535;

    @Parameters(paramLabel = "DIR_OR_FILE", arity = "1..*", description = "function folders or files to serve")
    private List<String> paths = List.of();

    @Option(names = "--port", paramLabel = "N", description = "port of the functions; 0 picks a free one")
    private int port = 8080;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "address to listen on")
    private String host = "127.0.0.1";

    @Option(names = "--workers", paramLabel = "N", description = "workers a function (default: as function.yaml says)")
    private Integer workers;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            description = "events at once in a worker (default: 1; 16 with mode: async)")
    private Integer inFlight;

    @Option(
            names = "--transport",
            paramLabel = "KIND",
            description = "connection to the workers: ${COMPLETION-CANDIDATES}")
    private Transport transport = Transport.AUTO;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "K=V",
            mapFallbackValue = "",
            description = "environment variable of the function; repeatable")
    private Map<String, String> env = new LinkedHashMap<>();

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "environment variables of the function (default: .env beside it)")
    private String envFile = "";

    @Option(names = "--runtime", paramLabel = "NAME", description = "runtime (default: as the files say)")
    private String runtime = "";

    @Option(names = "--interpreter", paramLabel = "FILE", description = "interpreter to run the function with")
    private String interpreter = "";

    @Option(
            names = "--brokers",
            paramLabel = "WHETHER",
            description = "whether triggers connect to their brokers: ${COMPLETION-CANDIDATES}")
    private Brokers brokers = Brokers.OFF;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "keep every event with its answer in FILE, or in the function's journal (--record journal)")
    private String record = "";

    @Option(
            names = "--redact",
            paramLabel = "NAME",
            description = "name to mask in what is kept, beside Authorization and cookies; repeatable")
    private List<String> redact = new ArrayList<>();

    @Option(names = "--strict", description = "take warnings about function.yaml as errors")
    private boolean strict;

    @Option(names = "--no-watch", description = "do not load the code anew when it is saved")
    private boolean noWatch;

    @Option(
            names = "--watch-ignore",
            paramLabel = "GLOB",
            description = "files whose change means nothing, by name or by path in the function's folder; repeatable")
    private List<String> watchIgnore = List.of();

    @Option(names = "--open", description = "show the function in the browser ($BROWSER, else the desktop's)")
    private boolean open;

    @Option(
            names = "--inspect",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = "0",
            description = "let a debugger come to the function's only worker (default port: the language's usual one)")
    private Integer inspect;

    @Option(names = "--drain", paramLabel = "TIME", description = "how long Ctrl-C waits for open events")
    private Duration drain = Duration.ofSeconds(10);

    @Option(
            names = "--chaos",
            paramLabel = "FAULT,…",
            split = ",",
            description = "strike workers: kill, delay; with the share of events as in kill=5%% (default: 10%%)")
    private List<String> chaos = List.of();

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "form of the function's log lines: ${COMPLETION-CANDIDATES}")
    private LogFormat logFormat = LogFormat.TEXT;

    @Option(
            names = "--supervised",
            hidden = true,
            description = "take orders on standard input, as the local platform gives them")
    private boolean supervised;

    /** Function folders or files, as given. */
    public List<String> paths() {
        return List.copyOf(paths);
    }

    /** 0 for any free one. */
    public int port() {
        return port;
    }

    /** The address to listen on. */
    public String host() {
        return host;
    }

    /** Workers a function, if not as its configuration says. */
    public Optional<Integer> workers() {
        return Optional.ofNullable(workers);
    }

    /** Events at once in a worker, if not as the configuration says. */
    public Optional<Integer> inFlight() {
        return Optional.ofNullable(inFlight);
    }

    /** How processor and workers are connected. */
    public Transport transport() {
        return transport;
    }

    /** Environment variables of the function, in the order given. */
    public Map<String, String> env() {
        return new LinkedHashMap<>(env);
    }

    /** A file with more of them; empty for {@code .env} beside the function. */
    public String envFile() {
        return envFile;
    }

    /** The runtime; empty for the one that the function's files tell. */
    public String runtime() {
        return runtime;
    }

    /** The interpreter; empty for the one that is found. */
    public String interpreter() {
        return interpreter;
    }

    /** Whether triggers connect to their brokers; those of deployed functions always do. */
    public boolean connects() {
        return supervised || brokers == Brokers.ON;
    }

    /** Where every event is kept: a file, {@code journal}, or empty for nowhere. */
    public String record() {
        return record;
    }

    /** Names of headers, fields and members of bodies to mask in what is kept. */
    public List<String> redact() {
        return List.copyOf(redact);
    }

    /** Whether warnings about the configuration are errors. */
    public boolean strict() {
        return strict;
    }

    /** Whether the code is loaded anew when it is saved. */
    public boolean watch() {
        return !noWatch;
    }

    /** Globs of files whose change means nothing. */
    public List<String> watchIgnore() {
        return List.copyOf(watchIgnore);
    }

    /** Whether the function is to be shown in a browser. */
    public boolean isOpen() {
        return open;
    }

    /** Port for a debugger, 0 for the language's usual one; empty if none may come. */
    public Optional<Integer> inspect() {
        return Optional.ofNullable(inspect);
    }

    /** How long a stop waits for open events. */
    public Duration drain() {
        return drain;
    }

    /** What is to go wrong on purpose. */
    public Faults chaos() {
        return Faults.of(chaos);
    }

    /** The form of the function's log lines. */
    public LogFormat logFormat() {
        return logFormat;
    }

    /** Whether the local platform has started it: no address of its own, orders on standard input. */
    public boolean isSupervised() {
        return supervised;
    }

    @Override
    void check() {
        UsageError.unless(port >= 0 && port <= LAST_PORT, "--port", String.valueOf(port), "a port is 0 to 65535");
        UsageError.unless(
                workers == null || workers > 0, "--workers", String.valueOf(workers), "at least one is needed");
        UsageError.unless(
                inFlight == null || inFlight > 0, "--in-flight", String.valueOf(inFlight), "at least one is needed");
        UsageError.unless(
                inspect == null || (inspect >= 0 && inspect <= LAST_PORT),
                "--inspect",
                String.valueOf(inspect),
                "a port is 1 to 65535");
        Faults.of(chaos);
        for (String glob : watchIgnore) {
            UsageError.unless(isGlob(glob), "--watch-ignore", glob, "a glob is meant, such as '*.csv' or 'data/**'");
        }
        for (String name : env.keySet()) {
            UsageError.unless(!name.isEmpty(), "--env", "=" + env.get(name), "a name stands before the '='");
        }
    }

    private static boolean isGlob(String text) {
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + text);
            return !text.isEmpty();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
