package io.nucleon.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words and flags of {@code events}. */
public final class EventsOptions extends VerbOptions {

    @Parameters(
            paramLabel = "WORD",
            arity = "1..*",
            description = "dead list NAME, dead show NAME EVENT, dead discard NAME EVENT…")
    private List<String> words = new ArrayList<>();

    @Option(names = "--all", description = "discard all of them")
    private boolean all;

    /** As given: {@code dead}, what to do, the function, ids of events. */
    public List<String> words() {
        return List.copyOf(words);
    }

    /** Whether all dead letters are meant. */
    public boolean all() {
        return all;
    }
}
