package io.nucleon.platform.docker;

import io.nucleon.builder.image.ImagePlan;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.RunState;
import io.nucleon.spec.DefaultHttpTrigger;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.LocalPlatform;
import io.nucleon.spec.Masking;
import io.nucleon.spec.Pod;
import io.nucleon.spec.Volume;
import io.nucleon.spec.platform.LocalConfig;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.trigger.HttpConfig;
import io.nucleon.spec.yaml.ListNode;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.NodeWriter;
import io.nucleon.spec.yaml.ScalarNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the containers of a function are made: nuclio's names, labels and rules. {@code nuclio-NAMESPACE-NAME} holds the port and the name in
 * the network; each version is a container beside it. Immutable.
 *
 * @param name of the function
 */
record Containers(FunctionConfig config, String name, LocalConfig platform) {
    /** nuclio's, on its local platform. */
    private static final String NAMESPACE = "nuclio";

    /** nuclio's port inside of containers. */
    static final int HTTP = 8080;

    static final String JAVA = ImagePlan.HOME + "/jre/bin/java";
    static final String CLASSES = ImagePlan.HOME + "/lib/*";

    /** Of the processor's own process, which {@code spec.env} is given to handlers by: this one has to be there before it starts. */
    private static final String JAVA_FLAGS = "NUCLEON_JAVA_FLAGS";

    /** A worker's shared memory: as the processor's {@code SegmentLayout.STANDARD}. */
    static final long SEGMENT_BYTES = 4096 + (2L << 20) + (6L << 20);

    /** As much as Docker gives by itself. */
    private static final long LEAST_SHM = 64L << 20;

    private static final int LONGEST_LABEL = 60_000;

    /** A function's log: as the local platform keeps it. */
    private static final List<String> LOG_OPTIONS = List.of("--log-opt", "max-size=10m", "--log-opt", "max-file=6");

    static Containers of(FunctionConfig given, LocalConfig platform) {
        FunctionConfig config = DefaultHttpTrigger.add(given, false);
        String namespace = namespace(config);
        for (String part : List.of(config.name(), namespace)) {
            if (!RunState.isName(part)) {
                throw ErrorMessage.of(
                                ErrorCode.FUNCTION_NAME_INVALID,
                                "'" + part + "' can't be in a container's name",
                                "it is a part of addresses",
                                "use letters, digits and '-'")
                        .toException();
            }
        }
        return new Containers(config, config.name(), platform);
    }

    private static String namespace(FunctionConfig config) {
        return config.raw().map("metadata").get("namespace").orElse(null) instanceof ScalarNode text
                        && !text.text().isEmpty()
                ? text.text()
                : NAMESPACE;
    }

    String namespace() {
        return namespace(config);
    }

    /** Of the container that holds the port, and of the volume. */
    String portName() {
        return "nuclio-" + namespace() + "-" + name;
    }

    String serverName(String version) {
        return portName() + "-" + version;
    }

    static String image(String function) {
        return "nuclio/processor-" + function.toLowerCase(java.util.Locale.ROOT);
    }

    private Optional<HttpConfig> http() {
        return config.spec().httpTriggers().stream()
                .filter(trigger -> !trigger.disabled())
                .findFirst()
                .map(trigger -> HttpConfig.read(trigger, new Problems()));
    }

    /** 0 for any. */
    int wantedPort() {
        return http().flatMap(HttpConfig::hostPort).orElse(0);
    }

    private boolean hasHttp() {
        return http().isPresent();
    }

    boolean isPublished() {
        return http().filter(HttpConfig::publishPort).isPresent();
    }

    private String network() {
        String own = config.spec().platform().network();
        return own.isEmpty() ? platform.network() : own;
    }

    /** What a container that holds the port is good for; the port itself aside. */
    String place() {
        return String.join(
                "|",
                hasHttp() ? "http" : "none",
                isPublished() ? config.spec().platform().publishAddress() : "",
                network(),
                restart());
    }

    /**
     * {@code always}, {@code on-failure:3}; unlike nuclio's, functions come back where nothing is said. Not by {@code unless-stopped}: an
     * engine that was killed stops what it finds running, and takes that for the user's wish.
     */
    String restart() {
        LocalPlatform own = config.spec().platform();
        if (own.restartPolicy().isPresent()) {
            return retries(own.restartPolicy().get().word(), own.maximumRetryCount());
        }
        MapNode general = platform.restartPolicy().node();
        String word = text(general, "name");
        String count = text(general, "maximumRetryCount");
        return word.isEmpty()
                ? LocalPlatform.RestartPolicy.ALWAYS.word()
                : retries(word, count.matches("\\d{1,6}") ? Integer.parseInt(count) : 0);
    }

    private static String retries(String word, int count) {
        return word.equals(LocalPlatform.RestartPolicy.ON_FAILURE.word()) && count > 0 ? word + ":" + count : word;
    }

    private static String text(MapNode map, String name) {
        return map.get(name).orElse(null) instanceof ScalarNode scalar ? scalar.text() : "";
    }

    /**
     * Words behind {@code docker} that start the container which holds the port.
     *
     * @param published where it is reached from outside; 0 for nowhere
     * @param rotates whether the engine's logs are to be kept short
     */
    List<String> holdPort(String image, int published, boolean rotates) {
        // Not --detach alone: its standard input stays open for commands, one after the other.
        List<String> words = new ArrayList<>(List.of("run", "--detach", "--interactive", "--name", portName()));
        labels(words, Seen.PORT);
        label(words, Seen.PLACE, place());
        common(words, rotates);
        words.addAll(List.of("--restart", restart(), "--user", "0:0", "--cap-drop", "ALL", "--read-only"));
        words.addAll(List.of("--security-opt", "no-new-privileges", "--pull", "never"));
        if (isPublished()) {
            String address = config.spec().platform().publishAddress();
            words.addAll(List.of(
                    "--publish",
                    (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + published + ":" + HTTP));
        }
        if (hasHttp()) {
            words.addAll(List.of(
                    "--health-cmd",
                    "/usr/local/bin/uhttpc --url http://127.0.0.1:" + HTTP + "/__internal/health",
                    "--health-interval",
                    config.spec().platform().healthCheckInterval().toMillis() + "ms",
                    "--health-timeout",
                    platform.healthTimeout().toMillis() + "ms"));
        } else {
            words.add("--no-healthcheck");
        }
        words.addAll(List.of("--entrypoint", JAVA, image, "-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        words.addAll(List.of("-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED", "-cp", CLASSES));
        words.addAll(List.of(PortHolder.class.getName(), String.valueOf(hasHttp() ? HTTP : 0)));
        return words;
    }

    /** Words behind {@code docker} that make, and don't start, the container of a version. */
    List<String> serve(String version, String image, String digest, boolean rotates) {
        List<String> words = new ArrayList<>(List.of("create", "--name", serverName(version), "--pull", "never"));
        labels(words, Seen.SERVER);
        label(words, Seen.VERSION, version);
        label(words, Seen.DIGEST, digest);
        common(words, rotates);
        // Docker starts it again only when it serves.
        words.addAll(List.of("--restart", "no", "--shm-size", String.valueOf(shmBytes())));
        if (hasHttp()) {
            // The container with the port asks it, and each check starts a process.
            words.add("--no-healthcheck");
        }
        limits(words);
        user(words);
        volumes(words);
        config.spec().pod().devices().forEach(device -> words.addAll(List.of("--device", device)));
        Map<String, String> environment = Map.of(
                "NUCLIO_FUNCTION_NAME", name,
                "NUCLIO_FUNCTION_VERSION", config.spec().alias(),
                "NUCLIO_FUNCTION_INSTANCE", serverName(version),
                "XDG_STATE_HOME", PortHolder.JOURNALS.toString());
        environment.forEach((key, value) -> words.addAll(List.of("--env", key + "=" + value)));
        config.spec().env().stream()
                .filter(variable -> variable.name().equals(JAVA_FLAGS))
                .forEach(variable -> words.addAll(List.of("--env", JAVA_FLAGS + "=" + variable.value())));
        words.addAll(List.of(image, "processor", "-o", "json", "--lender", PortHolder.SOCKET.toString()));
        words.addAll(List.of("--lent-as", version));
        return words;
    }

    private void common(List<String> words, boolean rotates) {
        words.addAll(List.of("--volume", portName() + ":" + PortHolder.FOLDER));
        if (!network().isEmpty()) {
            words.addAll(List.of("--network", network()));
        }
        if (rotates) {
            words.addAll(LOG_OPTIONS);
        }
    }

    private void labels(List<String> words, String role) {
        config.metadata().labels().forEach((key, value) -> label(words, key, value));
        label(words, "nuclio.io/platform", "local");
        label(words, "nuclio.io/namespace", namespace());
        label(words, Seen.FUNCTION, name);
        label(words, Seen.ROLE, role);
        MapNode masked = Masking.mask(config.raw());
        String spec = NodeWriter.json(masked.map("spec").without("build"));
        if (spec.length() <= LONGEST_LABEL) {
            label(words, "nuclio.io/function-spec", spec);
        }
        label(
                words,
                "nuclio.io/annotations",
                NodeWriter.json(masked.map("metadata").map("annotations")));
    }

    private static void label(List<String> words, String key, String value) {
        words.addAll(List.of("--label", key + "=" + value));
    }

    /** Room for the segment of each worker and of the one that replaces it, should the kernel have no memfd. */
    long shmBytes() {
        int workers = config.spec().activeTriggers().stream()
                .mapToInt(trigger -> Math.max(1, trigger.workers().count()))
                .sum();
        return LEAST_SHM + 2L * Math.max(1, workers) * SEGMENT_BYTES;
    }

    private void limits(List<String> words) {
        Map<String, BigDecimal> limits = config.spec().resources().limits();
        config.spec()
                .resources()
                .cpuLimit()
                .filter(cpu -> cpu.signum() > 0)
                .ifPresent(cpu -> words.addAll(List.of("--cpus", cpu.toPlainString())));
        config.spec()
                .resources()
                .memoryLimitBytes()
                .filter(bytes -> bytes > 0)
                .ifPresent(bytes -> words.addAll(List.of("--memory", String.valueOf(bytes))));
        boolean gpu = limits.entrySet().stream()
                .anyMatch(one -> one.getKey().endsWith("/gpu") && one.getValue().signum() > 0);
        if (gpu) {
            words.addAll(List.of("--gpus", "all"));
        }
    }

    private void user(List<String> words) {
        Pod.User user = config.spec().pod().user();
        if (user.runAsUser().isPresent() || user.runAsGroup().isPresent()) {
            words.addAll(List.of(
                    "--user",
                    user.runAsUser().orElse(0L)
                            + user.runAsGroup().map(group -> ":" + group).orElse("")));
        }
        user.fsGroup().ifPresent(group -> words.addAll(List.of("--group-add", String.valueOf(group))));
    }

    /** Folders of the machine, as in nuclio; other kinds of volumes are a cluster's. */
    private void volumes(List<String> words) {
        for (Volume volume : config.spec().volumes()) {
            volume.hostPath().ifPresent(host -> mount(words, host, volume.mountPath(), volume.readOnly()));
        }
        Node general = platform.volumes().orElse(null);
        if (general instanceof ListNode list) {
            for (Node item : list.items()) {
                if (item instanceof MapNode map) {
                    String host = text(map.map("volume").map("hostPath"), "path");
                    if (!host.isEmpty()) {
                        boolean reads = "true".equals(text(map.map("volumeMount"), "readOnly"));
                        mount(words, host, text(map.map("volumeMount"), "mountPath"), reads);
                    }
                }
            }
        }
    }

    private static void mount(List<String> words, String host, String path, boolean readOnly) {
        if (!host.startsWith("/") || !path.startsWith("/") || (host + path).indexOf(':') >= 0) {
            throw ErrorMessage.of(
                            ErrorCode.HOST_NOT_STARTED,
                            "volume '" + host + "' can't be mounted at '" + path + "'",
                            "Docker takes absolute paths without a colon",
                            "change spec.volumes, or defaultFunctionVolumes in platform.yaml")
                    .toException();
        }
        words.addAll(List.of("--volume", host + ":" + path + (readOnly ? ":ro" : "")));
    }

    /** Whether requests can come at all. */
    static boolean takesRequests(Seen port) {
        return port.label(Seen.PLACE).startsWith("http");
    }
}
