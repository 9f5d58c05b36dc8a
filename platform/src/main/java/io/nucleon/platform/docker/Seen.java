package io.nucleon.platform.docker;

import io.nucleon.host.JsonReader;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container of ours, as {@code docker inspect} shows it. Immutable.
 *
 * @param status Docker's word: created, running, restarting, exited, dead
 * @param restarts by Docker, since it was started by a command
 * @param policy when Docker starts it again
 * @param finishedMillis when it ended last, in ms since 1970; 0 if never
 */
record Seen(
        String id,
        String name,
        String image,
        Map<String, String> labels,
        String status,
        int exit,
        int restarts,
        String policy,
        long finishedMillis,
        String address,
        String publishedHost,
        int publishedPort) {
    static final String FUNCTION = "nuclio.io/function-name";
    static final String VERSION = "io.nucleon.version";
    static final String DIGEST = "io.nucleon.code";

    /** {@link #PORT} or {@link #SERVER}: only containers with this label are ours. */
    static final String ROLE = "io.nucleon.role";

    static final String PORT = "port";
    static final String SERVER = "version";

    /** What the container that holds a port was made with; another one is needed when that changes. */
    static final String PLACE = "io.nucleon.port-place";

    /** Those of a function, or of all with an empty name. */
    static List<Seen> all(Engine engine, String function) {
        List<String> words = new ArrayList<>(
                List.of("ps", "--all", "--no-trunc", "--filter", "label=" + ROLE, "--format", "{{.ID}}"));
        if (!function.isEmpty()) {
            words.addAll(List.of("--filter", "label=" + FUNCTION + "=" + function));
        }
        List<String> ids = engine.must(words.toArray(String[]::new));
        if (ids.isEmpty()) {
            return List.of();
        }
        List<String> inspect = new ArrayList<>(List.of("inspect", "--type", "container", "--format", "{{json .}}"));
        inspect.addAll(ids);
        // One that was removed meanwhile is complained of, which is no reason to show none.
        return engine.ask(inspect).out().stream()
                .map(JsonReader::object)
                .flatMap(Optional::stream)
                .map(Seen::of)
                .sorted(Comparator.comparingInt(Seen::number))
                .toList();
    }

    private static Seen of(Map<String, Object> members) {
        Map<String, Object> state = below(members, "State");
        Map<String, Object> host = below(members, "HostConfig");
        Map<String, String> labels = new LinkedHashMap<>();
        below(below(members, "Config"), "Labels").forEach((name, value) -> labels.put(name, String.valueOf(value)));
        Map<String, Object> binding = binding(host);
        return new Seen(
                JsonReader.text(members, "Id"),
                JsonReader.text(members, "Name").replaceFirst("^/", ""),
                JsonReader.text(members, "Image"),
                Map.copyOf(labels),
                JsonReader.text(state, "Status"),
                (int) JsonReader.number(state, "ExitCode"),
                (int) JsonReader.number(members, "RestartCount"),
                JsonReader.text(below(host, "RestartPolicy"), "Name"),
                millis(JsonReader.text(state, "FinishedAt")),
                address(below(members, "NetworkSettings")),
                JsonReader.text(binding, "HostIp"),
                number(JsonReader.text(binding, "HostPort")));
    }

    private static Map<String, Object> binding(Map<String, Object> host) {
        return below(host, "PortBindings").values().stream()
                .filter(List.class::isInstance)
                .flatMap(list -> ((List<?>) list).stream())
                .map(JsonReader::asObject)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(Map.of());
    }

    private static String address(Map<String, Object> network) {
        return below(network, "Networks").values().stream()
                .map(JsonReader::asObject)
                .flatMap(Optional::stream)
                .map(one -> JsonReader.text(one, "IPAddress"))
                .filter(one -> !one.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static Map<String, Object> below(Map<String, Object> members, String name) {
        return JsonReader.asObject(members.get(name)).orElse(Map.of());
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static long millis(String time) {
        try {
            return Math.max(0, Instant.parse(time).toEpochMilli());
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    String label(String label) {
        return labels.getOrDefault(label, "");
    }

    boolean isPort() {
        return label(ROLE).equals(PORT);
    }

    boolean isServer() {
        return label(ROLE).equals(SERVER);
    }

    boolean isRunning() {
        return status.equals("running");
    }

    /** Of a version: {@code 3-9f2c1a70}, a name that no other one of the function ever had. */
    String version() {
        return label(VERSION);
    }

    /** The number that users know it by; 0 for none. */
    int number() {
        return number(version().replaceFirst("-.*", ""));
    }
}
