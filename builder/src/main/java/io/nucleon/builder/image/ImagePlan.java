package io.nucleon.builder.image;

import io.nucleon.spec.DefaultHttpTrigger;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.Masking;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.NodeWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an image is made of. Immutable.
 *
 * @param name with its tag
 * @param codeDigest of the function's files
 */
public record ImagePlan(Base base, String name, FunctionConfig config, String codeDigest, Folders folders) {
    /** nuclio's folder for a function's files. */
    public static final String CODE = "/opt/nuclio";

    /** Ours: {@code jre}, {@code lib}, {@code wrappers}, {@code triggers}. */
    public static final String HOME = "/opt/nucleon";

    /** Libraries of machine code, unpacked. */
    static final String NATIVE = HOME + "/lib/native";

    /** nuclio's place for the function's configuration; a platform mounts its own over it. */
    public static final String CONFIG = "/etc/nuclio/config/processor/processor.yaml";

    /** Of all files: one second after 1970, which tools that take 0 for "none" understand too. */
    public static final Instant TIME = Instant.ofEpochSecond(1);

    /** Nobody: no user of any base image. */
    static final String USER = "65532:65532";

    /**
     * Where the files are that go into the image.
     *
     * @param nucleon an unpacked distribution
     * @param dependencies null for none
     * @param function code, dependencies and function.yaml together
     * @param aot the file of an AOT cache; null for none
     */
    public record Folders(Path nucleon, Path java, Path dependencies, Path function, Path aot) {}

    Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("org.opencontainers.image.title", config.name());
        labels.put("io.nucleon.function", config.name());
        labels.put("io.nucleon.runtime", config.spec().runtime().toString());
        labels.put("io.nucleon.handler", config.spec().handler());
        labels.put("io.nucleon.code", codeDigest);
        labels.put("io.nucleon.sbom", CODE + "/.nucleon/sbom.cdx.json");
        return labels;
    }

    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("NUCLEON_HOME", HOME);
        if (config.spec().runtime().name().equals("nodejs")) {
            environment.put("NODE_PATH", CODE + "/node_modules:/usr/local/lib/node_modules");
        }
        return environment;
    }

    /**
     * What the function is, for who runs the image by itself. Its secrets are not in it: they come with the file that a platform mounts in
     * its place, or with the container's environment.
     */
    String processorYaml() {
        // As a platform does for what it deploys: the processor itself starts the triggers that it finds.
        MapNode masked = Masking.mask(DefaultHttpTrigger.add(config, false).raw());
        return NodeWriter.yaml(masked.with("spec", masked.map("spec").without("build")));
    }
}
