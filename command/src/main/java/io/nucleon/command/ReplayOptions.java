package io.nucleon.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words and flags of {@code replay}. */
public final class ReplayOptions extends VerbOptions {

    /** Where events are sent to. */
    public enum To {
        /** The function that somebody runs to work on it. */
        LOCAL,
        /** The deployed one. */
        PLATFORM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            paramLabel = "WORD",
            arity = "0..2",
            description = "FILE and NAME (default: as the file says); with --dead, --recorded, --event NAME|PATH")
    private List<String> words = new ArrayList<>();

    @Option(names = "--dead", description = "send its dead letters again, oldest first")
    private boolean dead;

    @Option(names = "--event", paramLabel = "ID", description = "send this event of its journal again; repeatable")
    private List<String> events = new ArrayList<>();

    @Option(
            names = "--recorded",
            description = "send the recorded and failed events of its journal again, oldest first")
    private boolean recorded;

    @Option(names = "--only", paramLabel = "N,M-K", description = "of those only these, counted from 1")
    private String only = "";

    @Option(names = "--since", paramLabel = "TIME", description = "of those only what is not older (10m, 24h)")
    private Duration since;

    @Option(names = "--kind", paramLabel = "KIND", description = "of those only what came from triggers of that kind")
    private String kind = "";

    @Option(
            names = "--diff",
            description = "compare the recorded answers with the new ones; end with 99 if they differ")
    private boolean diff;

    @Option(
            names = "--ignore",
            paramLabel = "PATH",
            description = "what may differ, such as $.time or contentType; repeatable")
    private List<String> ignore = new ArrayList<>();

    @Option(names = "--speed", paramLabel = "SPEED", description = "max, real as recorded, or Nx as 2x")
    private String speed = "max";

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "TIME",
            description = "how long to wait for each outcome")
    private Duration timeout = Duration.ofSeconds(60);

    @Option(names = "--edit", description = "change the events in an editor first ($VISUAL, $EDITOR)")
    private boolean edit;

    @Option(
            names = "--to",
            paramLabel = "WHERE",
            description = "local: what nucleon run serves; platform: the deployed function")
    private To to = To.LOCAL;

    @Option(names = "--dry-run", description = "show what would be sent")
    private boolean dryRun;

    @Option(names = "--journal", paramLabel = "FOLDER", description = "journal to read (default: the function's own)")
    private String journal = "";

    /** A file and a function, or one of them; none if a journal's events are meant, and the function is to be looked for. */
    public List<String> words() {
        return List.copyOf(words);
    }

    /** Whether its dead letters are meant. */
    public boolean dead() {
        return dead;
    }

    /** Ids of events, as given. */
    public List<String> events() {
        return List.copyOf(events);
    }

    /** Whether what its journal has recorded is meant. */
    public boolean recorded() {
        return recorded;
    }

    /** Whether a journal's events are meant, not a file's. */
    public boolean ofJournal() {
        return dead || recorded || !events.isEmpty();
    }

    /** Numbers and ranges, as given; empty for all. */
    public String only() {
        return only;
    }

    /** The age of the oldest, if given. */
    public Optional<Duration> since() {
        return Optional.ofNullable(since);
    }

    /** The kind of trigger; empty for all. */
    public String kind() {
        return kind;
    }

    /** Whether answers are compared. */
    public boolean diff() {
        return diff;
    }

    /** Paths of what may differ. */
    public List<String> ignore() {
        return List.copyOf(ignore);
    }

    /** How much faster than recorded; 0 for as fast as can be. */
    public double speed() {
        return switch (speed) {
            case "max" -> 0;
            case "real" -> 1;
            default -> Double.parseDouble(speed.substring(0, speed.length() - 1));
        };
    }

    /** How long an outcome is waited for. */
    public Duration timeout() {
        return timeout;
    }

    /** Whether a person changes them first. */
    public boolean edit() {
        return edit;
    }

    /** Which of the functions of that name gets them. */
    public To to() {
        return to;
    }

    /** Whether nothing is sent. */
    public boolean dryRun() {
        return dryRun;
    }

    /** The journal's folder; empty for the function's own. */
    public String journal() {
        return journal;
    }

    @Override
    void check() {
        int sources = (dead ? 1 : 0) + (recorded ? 1 : 0) + (events.isEmpty() ? 0 : 1);
        if (sources > 1) {
            throw UsageError.error(
                    "replay needs to know what to send again",
                    "more than one of --dead, --recorded and --event was given",
                    "nucleon replay NAME --dead");
        }
        if (sources == 0 && words.isEmpty()) {
            throw UsageError.error(
                    "replay needs to know what to send again",
                    "there is no file, and none of --dead, --recorded and --event was given",
                    "nucleon replay NAME --dead");
        }
        if (words.isEmpty() && !journal.isEmpty()) {
            throw UsageError.error(
                    "replay needs to know whom to send to",
                    "a journal's folder does not say whose it is",
                    "nucleon replay NAME --journal FOLDER");
        }
        if (sources == 1 && words.size() > 1) {
            throw UsageError.error(
                    "replay takes events from one place",
                    "'" + words.getFirst() + "' and the journal of '" + words.getLast() + "' are two",
                    "nucleon replay NAME --dead");
        }
        UsageError.unless(
                speed.matches("max|real|\\d{1,6}(\\.\\d{1,3})?x") && !speed.matches("0+(\\.0+)?x"),
                "--speed",
                speed,
                "it is max, real, or a number and x");
        UsageError.unless(
                only.isEmpty() || only.matches("\\d{1,9}(-\\d{1,9})?(,\\d{1,9}(-\\d{1,9})?)*"),
                "--only",
                only,
                "it is numbers and ranges: 3,7-9");
        if (edit && global().noInput()) {
            throw UsageError.error("--edit asks, and --no-input forbids that", "", "leave one of them out");
        }
        UsageError.unless(timeout.isPositive(), "--timeout", timeout.toString(), "it must be longer than nothing");
    }
}
