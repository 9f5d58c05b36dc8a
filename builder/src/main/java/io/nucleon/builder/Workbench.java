package io.nucleon.builder;

import io.nucleon.builder.image.Base;
import io.nucleon.builder.image.DockerCommand;
import io.nucleon.builder.image.ImagePlan;
import io.nucleon.builder.source.SecretMask;
import io.nucleon.builder.source.Tool;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.code.FunctionCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Where the steps of one build leave what they make. Confined to the build's thread. */
final class Workbench {
    private final BuildOrder order;
    private final Path folder;
    private final Consumer<String> log;
    private final Map<String, String> environment;

    private Path fetched;
    private FunctionCode code;
    private Path dependencies;
    private Path composed;
    private Path java;
    private Path aot;
    private String digest = "";
    private String image = "";
    private Optional<String> dockerfile = Optional.empty();

    /**
     * A bench.
     *
     * @param folder a private one that ends with the build
     * @param log takes lines for people; nothing secret may reach it
     * @param environment that docker is called with, besides ours
     */
    Workbench(BuildOrder order, Path folder, Consumer<String> log, Map<String, String> environment) {
        this.environment = environment;
        this.order = order;
        this.folder = folder;
        this.log = log;
    }

    BuildOrder order() {
        return order;
    }

    Path folder() {
        return folder;
    }

    Consumer<String> log() {
        return log;
    }

    /** A runner of programs within the build's time limit, with the function's secrets masked. */
    Tool tool() {
        return new Tool(SecretMask.of(config()), log, limit());
    }

    /** The machine's Docker, in the same way. */
    DockerCommand docker() {
        return new DockerCommand(SecretMask.of(config()), log, limit(), environment);
    }

    private Duration limit() {
        return config().spec().build().timeout().orElse(Duration.ofDays(1));
    }

    /** The function as far as it is known by now. */
    FunctionConfig config() {
        return code == null ? order.config() : code.config();
    }

    /** The folder or file with the code, after it was fetched. */
    Path fetched() {
        return fetched;
    }

    void fetched(Path path) {
        fetched = path;
    }

    FunctionCode code() {
        return code;
    }

    void code(FunctionCode read) {
        code = read;
    }

    /** What was installed beside the code; null for nothing. */
    Path dependencies() {
        return dependencies;
    }

    void dependencies(Path path) {
        dependencies = path;
    }

    /** The portable folder. */
    Path composed() {
        return composed;
    }

    void composed(Path path) {
        composed = path;
    }

    /** The Java that goes into the image. */
    Path java() {
        return java;
    }

    void java(Path path) {
        java = path;
    }

    /** The AOT cache that goes into the image; null for none. */
    void aot(Path file) {
        aot = file;
    }

    String digest() {
        return digest;
    }

    void digest(String made) {
        digest = made;
    }

    String image() {
        return image;
    }

    void image(String name) {
        image = name;
    }

    Optional<String> dockerfile() {
        return dockerfile;
    }

    void dockerfile(String text) {
        dockerfile = Optional.of(text);
    }

    /** What the image is made of, once its folder is there. */
    ImagePlan plan() {
        String named = order.artifact().image();
        return new ImagePlan(
                Base.of(config(), docker()),
                named.isEmpty() ? ImageName.of(config()) : named,
                config(),
                digest,
                new ImagePlan.Folders(order.tools().home(), java, dependencies, composed, aot));
    }
}
