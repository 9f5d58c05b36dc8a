package io.nucleon.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words and flags of {@code logs}. */
public final class LogsOptions extends VerbOptions {
    /** From the least to the most important; prints of handlers count as info. */
    public static final List<String> LEVELS = List.of("debug", "info", "warn", "error");

    @Parameters(paramLabel = "NAME|PATH", arity = "0..1", description = "function (default: all that run here)")
    private String function;

    @Option(
            names = {"-f", "--follow"},
            description = "go on with what is logged from now on")
    private boolean follow;

    @Option(names = "--since", paramLabel = "TIME", description = "only lines of the last TIME")
    private Duration since;

    @Option(names = "--tail", paramLabel = "N", description = "how many lines at most to begin with")
    private int tail = 100;

    @Option(names = "--level", paramLabel = "LEVEL", description = "lowest level: debug, info, warn, error")
    private String level = "info";

    @Option(names = "--event", paramLabel = "ID", description = "only lines of this event")
    private String event = "";

    @Option(names = "--grep", paramLabel = "REGEX", description = "only lines whose text it is found in")
    private String grep = "";

    @Option(names = "--worker", paramLabel = "N", description = "only lines of this worker")
    private Integer worker;

    @Option(names = "--failed", description = "only lines of events that failed, as the function's journal has them")
    private boolean failed;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "write the recorded events of these lines to FILE, for replay")
    private String record;

    /** The function, if only one is meant. */
    public Optional<String> function() {
        return Optional.ofNullable(function);
    }

    /** Whether to go on until Ctrl-C. */
    public boolean follow() {
        return follow;
    }

    /** How far back, if there is a limit. */
    public Optional<Duration> since() {
        return Optional.ofNullable(since);
    }

    /** How many lines to begin with. */
    public int tail() {
        return tail;
    }

    /** Lowest level, one of {@link #LEVELS}. */
    public String level() {
        return level;
    }

    /** Beginning of the event's id; empty for all. */
    public String event() {
        return event;
    }

    /** What is looked for in the text; matches everything if nothing is. */
    public Pattern grep() {
        return Pattern.compile(grep);
    }

    /** The worker, if only one is meant. */
    public OptionalInt worker() {
        return worker == null ? OptionalInt.empty() : OptionalInt.of(worker);
    }

    /** Whether only events that failed are looked at. */
    public boolean failed() {
        return failed;
    }

    /** Where the lines' events are written, if they are. */
    public Optional<String> record() {
        return Optional.ofNullable(record);
    }

    @Override
    void check() {
        if (follow && (failed || record != null)) {
            throw UsageError.error(
                    "logs --follow has no --failed and no --record",
                    "what becomes of an event is known when its lines have been shown",
                    "leave --follow out");
        }
        UsageError.unless(tail >= 0, "--tail", String.valueOf(tail), "it can't be negative");
        UsageError.unless(LEVELS.contains(level), "--level", level, "levels: debug, info, warn, error");
        try {
            Pattern.compile(grep);
        } catch (PatternSyntaxException e) {
            throw UsageError.badValue("--grep", grep, e.getDescription(), "");
        }
    }
}
