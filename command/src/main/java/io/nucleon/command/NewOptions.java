package io.nucleon.command;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words and flags of {@code new}. */
public final class NewOptions extends VerbOptions {

    @Parameters(paramLabel = "NAME", arity = "1", description = "name of the function, or the folder to write it into")
    private String name = "";

    @Option(
            names = "--runtime",
            paramLabel = "NAME",
            description = "runtime (default: asked on a terminal, else python)")
    private String runtime = "";

    @Option(names = "--trigger", paramLabel = "KIND", description = "where its events come from (default: http)")
    private String trigger = "";

    @Option(
            names = "--template",
            paramLabel = "NAME",
            description = "plain, async for many events at once, or a pulled one")
    private String template = "plain";

    @Option(
            names = "--dir",
            paramLabel = "FOLDER",
            description = "folder in which the function's folder is made (default: .)")
    private String folder = ".";

    @Option(names = "--force", description = "write into a folder that is not empty, over files of the same names")
    private boolean force;

    /** A name, or a path if it has a slash. */
    public String name() {
        return name;
    }

    /** The runtime; empty if it was not given. */
    public String runtime() {
        return runtime;
    }

    /** The kind of its trigger, as given; empty if it was not. */
    public String trigger() {
        return trigger;
    }

    /** The template's name. */
    public String template() {
        return template;
    }

    /** What the function's folder is made in. */
    public String folder() {
        return folder;
    }

    /** Whether files that are there are written over. */
    public boolean force() {
        return force;
    }
}
