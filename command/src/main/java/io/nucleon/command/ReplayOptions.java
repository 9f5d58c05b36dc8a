package io.nucleon.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words and flags of {@code replay}. */
public final class ReplayOptions extends VerbOptions {

    @Parameters(paramLabel = "NAME", arity = "1", description = "function whose events are sent to it again")
    private String function = "";

    @Option(names = "--dead", description = "send its dead letters again, oldest first")
    private boolean dead;

    @Option(names = "--event", paramLabel = "ID", description = "send this event again; repeatable")
    private List<String> events = new ArrayList<>();

    @Option(names = "--dry-run", description = "show what would be sent")
    private boolean dryRun;

    /** The function. */
    public String function() {
        return function;
    }

    /** Whether its dead letters are meant. */
    public boolean dead() {
        return dead;
    }

    /** Ids of events, as given. */
    public List<String> events() {
        return List.copyOf(events);
    }

    /** Whether nothing is sent. */
    public boolean dryRun() {
        return dryRun;
    }

    @Override
    void check() {
        if (dead == !events.isEmpty()) {
            throw UsageError.error(
                    "replay needs to know what to send again",
                    dead ? "--dead and --event were both given" : "neither --dead nor --event was given",
                    "nucleon replay NAME --dead");
        }
    }
}
