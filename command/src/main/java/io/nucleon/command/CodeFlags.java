package io.nucleon.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags of {@code build} and {@code deploy} that say where a function's code is and how it is built, by nuctl's names. */
public final class CodeFlags {
    @Option(
            names = {"-p", "--path"},
            paramLabel = "PATH",
            description = "folder, file, archive or address of the code")
    private String path = "";

    @Option(names = "--source", paramLabel = "TEXT", description = "the source itself, or @FILE")
    private String source = "";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "the function's configuration (default: function.yaml beside the code)")
    private String file = "";

    @Option(names = "--handler", paramLabel = "NAME", description = "handler (default: as the files say)")
    private String handler = "";

    @Option(names = "--runtime", paramLabel = "NAME", description = "runtime (default: as the files say)")
    private String runtime = "";

    @Option(
            names = {"-i", "--image"},
            paramLabel = "NAME",
            description = "name of the image that is built")
    private String image = "";

    @Option(
            names = {"-r", "--registry"},
            paramLabel = "HOST",
            description = "registry that the image is pushed to")
    private String registry = "";

    @Option(
            names = "--base-image",
            paramLabel = "NAME",
            description = "image to stand on; docker:NAME, tar:FILE, scratch")
    private String baseImage = "";

    @Option(names = "--onbuild-image", paramLabel = "NAME", description = "image whose ONBUILD steps run")
    private String onbuildImage = "";

    @Option(names = "--build-command", paramLabel = "COMMAND", description = "command of the image's build; repeatable")
    private List<String> buildCommands = new ArrayList<>();

    @Option(names = "--build-runtime-attrs", paramLabel = "JSON", description = "attributes of the runtime's build")
    private String buildRuntimeAttributes = "";

    @Option(names = "--build-code-entry-attrs", paramLabel = "JSON", description = "attributes of the code's place")
    private String codeEntryAttributes = "";

    @Option(
            names = "--code-entry-type",
            paramLabel = "TYPE",
            description = "what the path is: git, archive, github, image")
    private String codeEntryType = "";

    @Option(names = "--no-pull", description = "take base images as they are here")
    private boolean noPull;

    @Option(names = "--no-cleanup", description = "keep the build's temporary folder")
    private boolean noCleanup;

    @Option(names = "--no-cache", description = "build all of it anew")
    private boolean noCache;

    @Option(names = "--offline", description = "fetch nothing")
    private boolean offline;

    @Option(
            names = "--allow-address",
            paramLabel = "HOST[:PORT]",
            description = "let code come from this private or unencrypted address; repeatable")
    private List<String> allowed = new ArrayList<>();

    /** Empty for the positional one. */
    public String path() {
        return path;
    }

    /** Empty for none. */
    public String source() {
        return source;
    }

    /** Empty for the one beside the code. */
    public String file() {
        return file;
    }

    /** Empty for what the files say. */
    public String handler() {
        return handler;
    }

    /** Empty for what the files say. */
    public String runtime() {
        return runtime;
    }

    /** Empty for what the files say. */
    public String image() {
        return image;
    }

    /** Empty for none. */
    public String registry() {
        return registry;
    }

    /** Empty for the runtime's. */
    public String baseImage() {
        return baseImage;
    }

    /** Empty for none. */
    public String onbuildImage() {
        return onbuildImage;
    }

    /** In the order given; replaces those of the files. */
    public List<String> buildCommands() {
        return List.copyOf(buildCommands);
    }

    /** JSON; empty for none. */
    public String buildRuntimeAttributes() {
        return buildRuntimeAttributes;
    }

    /** JSON; empty for none. */
    public String codeEntryAttributes() {
        return codeEntryAttributes;
    }

    /** Empty for the one that the path tells. */
    public String codeEntryType() {
        return codeEntryType;
    }

    /** Whether base images aren't looked for anew. */
    public boolean noPull() {
        return noPull;
    }

    /** Whether the build's temporary folder stays. */
    public boolean noCleanup() {
        return noCleanup;
    }

    /** Whether nothing kept is used. */
    public boolean noCache() {
        return noCache;
    }

    /** Whether nothing is fetched. */
    public boolean offline() {
        return offline;
    }

    /** {@code HOST} or {@code HOST:PORT}. */
    public List<String> allowed() {
        return List.copyOf(allowed);
    }
}
