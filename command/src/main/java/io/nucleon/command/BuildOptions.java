package io.nucleon.command;

import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The flags of {@code build}. */
public final class BuildOptions extends VerbOptions {
    /** The forms that a built function has. */
    public enum Format {
        FOLDER,
        OCI,
        OCI_TAR,
        IMAGE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Parameters(paramLabel = "NAME|PATH", arity = "0..1", description = "function to build")
    private String target = "";

    @Mixin
    private CodeFlags code = new CodeFlags();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "what is made: ${COMPLETION-CANDIDATES} (default: folder; with -i or -r an image)")
    private Format format;

    @Option(
            names = {"--output-path", "--output-image-file"},
            paramLabel = "PATH",
            description = "folder or tar to write (default: NAME.built, NAME.oci, NAME.oci.tar)")
    private String output = "";

    @Option(
            names = "--print-dockerfile",
            description = "print the Dockerfile of its image and build nothing; no Docker is needed")
    private boolean printDockerfile;

    @Option(
            names = "--aot",
            description = "an AOT cache in the image: a quicker start, 40 MB more, no repeatable digest")
    private boolean aot;

    /** A name or path; empty for the current folder. */
    public String target() {
        return target;
    }

    /** Where the code is and how it is built. */
    public CodeFlags code() {
        return code;
    }

    /** What is made: what is asked for, an image if one is named or is to be pushed, or else a folder. */
    public Format format() {
        if (format != null) {
            return format;
        }
        return code.image().isEmpty() && code.registry().isEmpty() ? Format.FOLDER : Format.IMAGE;
    }

    /** Whether the image's Dockerfile is printed in place of a build. */
    public boolean printDockerfile() {
        return printDockerfile;
    }

    /** Whether the image has an AOT cache. */
    public boolean aot() {
        return aot;
    }

    /** Where it is written; empty for the usual place. */
    public String outputPath() {
        return output;
    }
}
