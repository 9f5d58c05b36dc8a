package io.nucleon.command;

import java.util.Locale;
import picocli.CommandLine.Option;

/** The flags of every verb. Filled by {@link CommandReader}, then only read. */
public final class GlobalOptions {
    /** When output is coloured. */
    public enum Colour {
        AUTO,
        ALWAYS,
        NEVER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where functions run. */
    public enum Platform {
        AUTO,
        LOCAL,
        DOCKER,
        KUBE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "form of the result: ${COMPLETION-CANDIDATES}")
    private Output output = Output.TABLE;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "namespace of the function")
    private String namespace = "nuclio";

    @Option(
            names = {"--project-name", "--project"},
            paramLabel = "NAME",
            description = "project of the function")
    private String project = "default";

    @Option(
            names = "--platform",
            paramLabel = "PLATFORM",
            description = "where functions run: ${COMPLETION-CANDIDATES}")
    private Platform platform = Platform.AUTO;

    @Option(
            names = {"-k", "--kubeconfig"},
            paramLabel = "FILE",
            description = "how to reach the cluster (kube only)")
    private String kubeconfig = "";

    @Option(names = "--context", paramLabel = "NAME", description = "which cluster of it (kube only)")
    private String context = "";

    @Option(
            names = {"-v", "--verbose"},
            description = "say more; twice: protocol frames too")
    private boolean[] verbose = {};

    @Option(
            names = {"-q", "--quiet"},
            description = "say nothing but errors")
    private boolean quiet;

    @Option(names = "--color", paramLabel = "WHEN", description = "when to use colours: ${COMPLETION-CANDIDATES}")
    private Colour colour = Colour.AUTO;

    @Option(names = "--no-header", description = "leave out the header of a table")
    private boolean noHeader;

    @Option(names = "--no-input", description = "never ask; implied without a terminal")
    private boolean noInput;

    @Option(
            names = {"-y", "--yes"},
            description = "answer questions, such as those before deleting, with yes")
    private boolean yes;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show the short help of the verb")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the version")
    private boolean version;

    /** The form of the result. */
    public Output output() {
        return output;
    }

    /** nuclio's namespace of the function. */
    public String namespace() {
        return namespace;
    }

    /** nuclio's project of the function. */
    public String project() {
        return project;
    }

    /** Where functions run. */
    public Platform platform() {
        return platform;
    }

    /** The file that tells how to reach a cluster; empty for the usual one. */
    public String kubeconfig() {
        return kubeconfig;
    }

    /** The cluster's name in that file; empty for its current one. */
    public String context() {
        return context;
    }

    /** 0, 1 for debug, 2 for protocol frames. */
    public int verbosity() {
        return Math.min(2, verbose.length);
    }

    /** Whether only errors are wanted. */
    public boolean quiet() {
        return quiet;
    }

    /** When output is coloured. */
    public Colour colour() {
        return colour;
    }

    /** Whether tables go without their first line. */
    public boolean noHeader() {
        return noHeader;
    }

    /** Whether nothing may be asked. */
    public boolean noInput() {
        return noInput;
    }

    /** Whether the safe answer is yes. */
    public boolean yes() {
        return yes;
    }

    /** Whether help was asked for instead of the verb's work. */
    public boolean help() {
        return help;
    }

    /** Whether the version was asked for instead of the verb's work. */
    public boolean version() {
        return version;
    }
}
