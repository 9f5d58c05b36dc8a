package io.nucleon.command;

import io.nucleon.command.RunOptions.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The flags of {@code conformance}. */
public final class ConformanceOptions extends VerbOptions {

    @Parameters(
            paramLabel = "FOLDER",
            arity = "0..1",
            description = "folder of a wrapper: its wrapper.json says how it is started")
    private String folder;

    @Option(
            names = "--wrapper",
            paramLabel = "CMD",
            description = "command that starts a wrapper, in place of a folder")
    private String wrapper;

    @Option(
            names = "--functions",
            paramLabel = "FOLDER",
            description = "folder of the checker function (default: checker in FOLDER, else .)")
    private String functions;

    @Option(
            names = "--transport",
            paramLabel = "KIND",
            description = "connections to check: ${COMPLETION-CANDIDATES}, where auto is both")
    private Transport transport = Transport.AUTO;

    @Option(names = "--only", paramLabel = "RULE,…", split = ",", description = "rules to check (default: all)")
    private List<String> only = List.of();

    @Option(
            names = "--interpreter",
            paramLabel = "FILE",
            description = "interpreter to start the wrapper of a folder with")
    private String interpreter;

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "TIME",
            description = "how long to wait for one thing")
    private Duration timeout = Duration.ofSeconds(10);

    @Option(names = "--rules", description = "show the rules and check nothing")
    private boolean rules;

    /** The wrapper's folder, if it is given by one. */
    public Optional<String> folder() {
        return Optional.ofNullable(folder);
    }

    /** The command that starts it, if it is given by one. */
    public Optional<String> wrapper() {
        return Optional.ofNullable(wrapper);
    }

    /** Where the checker function is, if that is said. */
    public Optional<String> functions() {
        return Optional.ofNullable(functions);
    }

    /** The connections to check; auto is both. */
    public Transport transport() {
        return transport;
    }

    /** Names of rules; empty = all. */
    public List<String> only() {
        return only;
    }

    /** The interpreter, if one is named. */
    public Optional<String> interpreter() {
        return Optional.ofNullable(interpreter);
    }

    /** How long one thing is waited for. */
    public Duration timeout() {
        return timeout;
    }

    /** Whether the rules are only to be shown. */
    public boolean showsRules() {
        return rules;
    }

    @Override
    void check() {
        UsageError.unless(
                !timeout.isZero() && !timeout.isNegative(),
                "--timeout",
                timeout.toString(),
                "it must be longer than 0");
        if (rules) {
            return;
        }
        if (folder == null && wrapper == null) {
            throw UsageError.missing(Verb.CONFORMANCE, "a wrapper: its FOLDER, or --wrapper CMD");
        }
        UsageError.unless(wrapper == null || !wrapper.isBlank(), "--wrapper", "", "it is a command");
        if (folder != null && wrapper != null) {
            throw UsageError.error(
                    "conformance checks one wrapper", "both FOLDER and --wrapper are given", "leave one of them out");
        }
    }
}
