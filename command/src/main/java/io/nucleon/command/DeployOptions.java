package io.nucleon.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The flags of {@code deploy}: nuctl's, and those of Nucleon. */
public final class DeployOptions extends VerbOptions {
    @Parameters(paramLabel = "NAME|PATH", arity = "0..1", description = "function to deploy")
    private String target = "";

    @Mixin
    private CodeFlags code = new CodeFlags();

    @Mixin
    private PodFlags pods = new PodFlags();

    @Option(names = "--check", description = "show what would change, and end with 99 if something would")
    private boolean check;

    @Option(names = "--watch", description = "deploy again after each save of its files, until Ctrl-C")
    private boolean watch;

    @Option(
            names = "--no-wait",
            description = "end when the version is accepted; it serves once it is ready (not with --platform docker)")
    private boolean noWait;

    @Option(
            names = "--rollback",
            paramLabel = "VERSION",
            arity = "0..1",
            fallbackValue = "0",
            description = "serve an earlier version again (default: the one before)")
    private Integer rollback;

    @Option(
            names = "--probe",
            paramLabel = "PATH",
            description = "request that a new version must answer below 400 before it serves")
    private String probe = "";

    @Option(names = "--probe-body", paramLabel = "TEXT", description = "body of that request, which is then a POST")
    private String probeBody = "";

    @Option(
            names = "--readiness-timeout",
            paramLabel = "SECONDS",
            description = "how long a new version may take to become ready (default: 120)")
    private Integer readinessSeconds;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "K=V",
            mapFallbackValue = "",
            description = "environment variable of the function; repeatable")
    private Map<String, String> env = new LinkedHashMap<>();

    @Option(
            names = {"-l", "--labels"},
            paramLabel = "K=V,…",
            split = ",",
            description = "labels")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--annotations", paramLabel = "K=V,…", split = ",", description = "annotations")
    private Map<String, String> annotations = new LinkedHashMap<>();

    @Option(names = "--desc", paramLabel = "TEXT", description = "description")
    private String description = "";

    @Option(names = "--triggers", paramLabel = "JSON", description = "triggers, added to those of the files")
    private String triggers = "";

    @Option(names = "--data-bindings", paramLabel = "JSON", description = "data bindings, added to those of the files")
    private String dataBindings = "";

    @Option(names = "--runtime-attrs", paramLabel = "JSON", description = "attributes of the runtime")
    private String runtimeAttributes = "";

    @Option(names = "--platform-config", paramLabel = "JSON", description = "attributes of the platform")
    private String platformConfig = "";

    @Option(names = "--logger-level", paramLabel = "LEVEL", description = "level of the function's log")
    private String loggerLevel = "";

    @Option(names = "--replicas", paramLabel = "N", description = "replicas (kube only)")
    private Integer replicas;

    @Option(names = "--min-replicas", paramLabel = "N", description = "fewest replicas (kube only)")
    private Integer minReplicas;

    @Option(names = "--max-replicas", paramLabel = "N", description = "most replicas (kube only)")
    private Integer maxReplicas;

    @Option(names = "--target-cpu", paramLabel = "PERCENT", description = "load to scale at (kube only)")
    private Integer targetCpu;

    @Option(names = "--volume", paramLabel = "SRC:DEST", description = "folder to mount (docker, kube); repeatable")
    private List<String> volumes = new ArrayList<>();

    @Option(
            names = "--resource-limit",
            paramLabel = "NAME=AMOUNT",
            description = "limit of cpu or memory (docker, kube); repeatable")
    private Map<String, String> limits = new LinkedHashMap<>();

    @Option(
            names = "--resource-request",
            paramLabel = "NAME=AMOUNT",
            description = "request of cpu or memory (kube only); repeatable")
    private Map<String, String> requests = new LinkedHashMap<>();

    /** A name or path; empty for the current folder. */
    public String target() {
        return target;
    }

    /** Where the code is and how it is built. */
    public CodeFlags code() {
        return code;
    }

    /** Where its pods run. */
    public PodFlags pods() {
        return pods;
    }

    /** Whether nothing is to be changed. */
    public boolean isCheck() {
        return check;
    }

    /** Whether it is deployed again after each save. */
    public boolean watch() {
        return watch;
    }

    /** Whether the command ends before the new version is ready. */
    public boolean noWait() {
        return noWait;
    }

    /** The version to go back to, 0 for the one before; empty if none is. */
    public Optional<Integer> rollback() {
        return Optional.ofNullable(rollback);
    }

    /** Path of the probe; empty for no probe. */
    public String probe() {
        return probe;
    }

    /** Empty for a GET. */
    public String probeBody() {
        return probeBody;
    }

    /** How long a new version may take, if not as usual. */
    public Optional<Duration> readiness() {
        return Optional.ofNullable(readinessSeconds)
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds);
    }

    /** In the order given. */
    public Map<String, String> env() {
        return new LinkedHashMap<>(env);
    }

    /** Labels. */
    public Map<String, String> labels() {
        return new LinkedHashMap<>(labels);
    }

    /** Annotations. */
    public Map<String, String> annotations() {
        return new LinkedHashMap<>(annotations);
    }

    /** Texts of fields below {@code spec}, by the field's path with dots; JSON or plain. */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        put(fields, "description", description);
        put(fields, "triggers", triggers);
        put(fields, "dataBindings", dataBindings);
        put(fields, "runtimeAttributes", runtimeAttributes);
        put(fields, "platform", platformConfig);
        put(fields, "replicas", replicas);
        put(fields, "minReplicas", minReplicas);
        put(fields, "maxReplicas", maxReplicas);
        put(fields, "targetCPU", targetCpu);
        fields.putAll(pods.fields());
        return fields;
    }

    static void put(Map<String, String> fields, String name, Object value) {
        if (value != null && !value.toString().isEmpty() && !value.equals(-1)) {
            fields.put(name, value.toString());
        }
    }

    /** Empty for what the files say. */
    public String loggerLevel() {
        return loggerLevel;
    }

    /** {@code SRC:DEST} or {@code SRC=DEST}. */
    public List<String> volumes() {
        return List.copyOf(volumes);
    }

    /** By resource. */
    public Map<String, String> limits() {
        return new LinkedHashMap<>(limits);
    }

    /** By resource. */
    public Map<String, String> requests() {
        return new LinkedHashMap<>(requests);
    }

    @Override
    void check() {
        if (watch && (check || rollback != null)) {
            throw UsageError.error(
                    "deploy has no --watch with " + (check ? "--check" : "--rollback"),
                    "what is deployed again after each save is what its files say",
                    "leave one of them out");
        }
        if (noWait && (check || watch || rollback != null)) {
            throw UsageError.error(
                    "deploy has no --no-wait with " + (check ? "--check" : watch ? "--watch" : "--rollback"),
                    "it is about a new version that is started while nobody waits",
                    "leave one of them out");
        }
    }
}
