package io.nucleon.command;

import picocli.CommandLine.Option;

/** The flags of {@code processor}; nuclio's own, with one dash or two. */
public final class ProcessorOptions extends VerbOptions {
    @Option(
            names = {"--config", "-config"},
            paramLabel = "FILE",
            description = "the function's processor.yaml")
    private String config = "/etc/nuclio/config/processor/processor.yaml";

    @Option(
            names = {"--platform-config", "-platform-config"},
            paramLabel = "FILE",
            description = "platform.yaml, if there is one")
    private String platformConfig = "/etc/nuclio/config/platform/platform.yaml";

    @Option(
            names = {"--list-runtimes", "-list-runtimes"},
            description = "show the runtimes that are installed, and end")
    private boolean listRuntimes;

    @Option(names = "-version", hidden = true, description = "nuclio's spelling of --version")
    private boolean nuclioVersion;

    @Option(names = "--lender", paramLabel = "SOCKET", hidden = true, description = "who lends the function's port")
    private String lender = "";

    @Option(names = "--lent-as", paramLabel = "VERSION", hidden = true, description = "this version's name there")
    private String lentAs = "";

    /** The socket of whoever lends the function's port; empty: it has one of its own. */
    public String lender() {
        return lender;
    }

    /** What this version is called there. */
    public String lentAs() {
        return lentAs;
    }

    /** The function's configuration. */
    public String config() {
        return config;
    }

    /** The platform's configuration, which may not exist. */
    public String platformConfig() {
        return platformConfig;
    }

    /** Whether only the runtimes are to be listed. */
    public boolean listRuntimes() {
        return listRuntimes;
    }

    /** Whether only the version is to be shown, in nuclio's spelling of the flag. */
    public boolean showsVersion() {
        return nuclioVersion || global().version();
    }
}
