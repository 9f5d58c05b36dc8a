package io.nucleon.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words and flags of {@code delete}. */
public final class DeleteOptions extends VerbOptions {
    /** What nuctl's users type before a name. */
    private static final Set<String> KINDS = Set.of("function", "functions", "fu", "fn");

    @Parameters(
            paramLabel = "NAME",
            arity = "1..*",
            description = "deployed functions; 'function' may stand before them")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-f", "--force"},
            description = "don't ask; a function that is not there is no error")
    private boolean force;

    @Option(names = "--with-api-gateways", description = "delete its API gateways too (kube only)")
    private boolean withGateways;

    @Option(names = "--keep-dead", description = "keep its journal with dead letters")
    private boolean keepDead;

    /** The functions' names. */
    public List<String> names() {
        List<String> names = new ArrayList<>(words);
        if (names.size() > 1 && KINDS.contains(names.getFirst())) {
            names.removeFirst();
        }
        return names;
    }

    /** Whether nothing is asked and what is missing is no error. */
    public boolean force() {
        return force;
    }

    /** Whether a cluster's gateways go too. */
    public boolean withGateways() {
        return withGateways;
    }

    /** Whether its journal stays. */
    public boolean keepDead() {
        return keepDead;
    }
}
