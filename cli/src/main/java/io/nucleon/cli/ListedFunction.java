package io.nucleon.cli;

import io.nucleon.error.JsonWriter;
import io.nucleon.host.JsonReader;
import io.nucleon.host.JsonTree;
import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.host.UserFolders;
import io.nucleon.platform.Deployed;
import io.nucleon.platform.WallClock;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.FunctionReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A function of this machine: one that somebody runs to work on it, or one that is deployed, with or without a process. Immutable.
 *
 * @param state where it runs; empty for one that is deployed and has no process that serves
 * @param said by its host; empty if there is none, or it does not answer
 * @param deployed what its platform says; empty for one that only {@code run} serves
 * @param dead how many dead letters wait; empty if it has no journal
 */
record ListedFunction(
        String name,
        Optional<RunState> state,
        Map<String, Object> said,
        Optional<Deployed> deployed,
        OptionalLong dead) {
    private static final String READY = "ready";
    private static final String SILENT = "silent";
    private static final String CONFIG = "function.yaml";

    /** All of them, by name; each host is asked once. */
    static List<ListedFunction> all(UserFolders folders, List<Deployed> deployed, Clock clock) {
        Map<String, Deployed> left = new LinkedHashMap<>();
        deployed.forEach(one -> left.put(one.name(), one));
        Map<String, List<Map<String, Object>>> pages = new LinkedHashMap<>();
        List<ListedFunction> all = new ArrayList<>();
        for (RunState state : new RunStates(folders).alive()) {
            List<Map<String, Object>> page = pages.computeIfAbsent(state.host().admin(), admin -> page(admin, clock));
            Map<String, Object> said = page.stream()
                    .filter(function -> state.name().equals(JsonReader.text(function, "name")))
                    .findFirst()
                    .orElse(Map.of());
            all.add(new ListedFunction(
                    state.name(),
                    Optional.of(state),
                    said,
                    state.deployed() ? Optional.ofNullable(left.remove(state.name())) : Optional.empty(),
                    dead(
                            state.name(),
                            state.deployed()
                                    ? folders.lastJournal(state.name())
                                    : folders.journal(state.name(), state.source()),
                            folders)));
        }
        left.forEach((name, one) -> all.add(new ListedFunction(
                name, Optional.empty(), Map.of(), Optional.of(one), dead(name, folders.lastJournal(name), folders))));
        all.sort(Comparator.comparing(ListedFunction::name).thenComparing(ListedFunction::isDeployed));
        return all;
    }

    /** Those of a platform whose processes can't be seen from here; it tells what there is to tell. */
    static List<ListedFunction> elsewhere(List<Deployed> deployed) {
        return deployed.stream()
                .map(one -> new ListedFunction(
                        one.name(),
                        Optional.empty(),
                        Map.of("state", one.state()),
                        Optional.of(one),
                        OptionalLong.empty()))
                .toList();
    }

    private static List<Map<String, Object>> page(String admin, Clock clock) {
        return HostPage.object(admin, "/functions", clock)
                .map(page -> HostPage.objects(page, "functions"))
                .orElse(List.of());
    }

    /** The journal's library is loaded only for functions that have one. */
    private static OptionalLong dead(String name, Path journal, UserFolders folders) {
        return Files.isDirectory(journal)
                ? OptionalLong.of(FunctionEvents.of(name, folders, journal, new WallClock())
                        .dead()
                        .size())
                : OptionalLong.empty();
    }

    /** Whether a platform keeps it running. */
    boolean isDeployed() {
        return deployed.isPresent() || state.map(RunState::deployed).orElse(false);
    }

    /** Whether there is a process that serves it. */
    boolean runs() {
        return state.isPresent();
    }

    /**
     * {@code ready}, {@code starting}, {@code lost}… as its host says; {@code unhealthy} or {@code error} as its platform does if no process
     * serves it; {@code silent} if whoever should know does not tell.
     */
    String condition() {
        if (runs() || !said.isEmpty()) {
            return said.isEmpty() ? SILENT : JsonReader.text(said, "state");
        }
        return deployed.map(Deployed::state).filter(word -> !word.equals(READY)).orElse(SILENT);
    }

    /**
     * Why it isn't ready, or why a newer version than the one that serves isn't; empty if there is none, or nobody knows.
     */
    String why() {
        if (!runs() || condition().equals(READY)) {
            return deployed.map(Deployed::message).orElse("");
        }
        return workers().stream()
                .map(worker -> JsonReader.text(worker, "lastError"))
                .filter(error -> !error.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Since when its platform has it as it is; empty for one that only {@code run} serves. */
    Optional<Instant> since() {
        return deployed.map(Deployed::sinceMillis).filter(millis -> millis > 0).map(Instant::ofEpochMilli);
    }

    /** Since when it is as it is, or its process runs; empty if nobody knows. */
    Optional<Instant> begun() {
        return since().or(() ->
                state.map(RunState::sinceMillis).filter(millis -> millis > 0).map(Instant::ofEpochMilli));
    }

    /** Its port on this machine; empty if it has none. */
    OptionalInt port() {
        String url = url();
        int port = url.isEmpty() ? -1 : URI.create(url).getPort();
        return port < 0 ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /** How many of its replicas take events, and how many there are to be: on one machine there is one. */
    String replicas() {
        return (condition().equals(READY) ? 1 : 0) + "/1";
    }

    /** The image that its function.yaml names; empty if it names none. */
    String image() {
        return config().or(this::sourceConfig)
                .map(one -> one.spec().image().name())
                .orElse("");
    }

    /** Where it takes requests, also while it is started again; empty if nowhere. */
    String url() {
        return runs()
                ? state.flatMap(RunState::url).map(URI::toString).orElse("")
                : deployed.map(Deployed::url).orElse("");
    }

    String source() {
        return state.map(one -> one.source().toString()).orElse("");
    }

    /** A text of its host, or of function.yaml if there is no host. */
    String text(String member) {
        return runs()
                ? JsonReader.text(said, member)
                : config().map(one -> text(one, member)).orElse("");
    }

    private static String text(FunctionConfig config, String member) {
        return switch (member) {
            case "runtime" -> config.spec().runtime().toString();
            case "handler" -> config.spec().handler();
            case "project" -> config.metadata().project();
            case "namespace" -> config.metadata().namespace();
            default -> "";
        };
    }

    private Optional<FunctionConfig> config() {
        return deployed.map(one -> FunctionReader.read(one.config(), CONFIG).asFarAsRead());
    }

    /** As function.yaml has them: the deployed version's, or the one beside the code that is served. */
    Map<String, String> labels() {
        return config().or(this::sourceConfig)
                .map(one -> one.metadata().labels())
                .orElse(Map.of());
    }

    /** Whether it has all of them. */
    boolean hasLabels(Map<String, String> wanted) {
        return labels().entrySet().containsAll(wanted.entrySet());
    }

    private Optional<FunctionConfig> sourceConfig() {
        return state.map(one -> one.source().resolve(CONFIG))
                .filter(Files::isRegularFile)
                .flatMap(file -> {
                    try {
                        return Optional.of(FunctionReader.read(Files.readString(file), CONFIG)
                                .asFarAsRead());
                    } catch (IOException e) {
                        return Optional.empty(); // it went away meanwhile
                    }
                });
    }

    double number(String member) {
        return said.get(member) instanceof BigDecimal number ? number.doubleValue() : 0;
    }

    List<Map<String, Object>> workers() {
        return HostPage.objects(said, "workers");
    }

    List<Map<String, Object>> triggers() {
        return HostPage.objects(said, "triggers");
    }

    /** As its host tells them; of one without a process their names and kinds, as function.yaml has them. */
    List<Map<String, Object>> allTriggers() {
        return runs()
                ? triggers()
                : config().stream()
                        .flatMap(one -> one.spec().activeTriggers().stream())
                        .map(trigger -> Map.<String, Object>of("name", trigger.name(), "kind", trigger.kind()))
                        .toList();
    }

    /** {@code http, kafka-cluster}. */
    String kinds() {
        return allTriggers().stream()
                .map(trigger -> JsonReader.text(trigger, "kind"))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Share of the events that failed, 0 to 1. */
    double errors() {
        double all = number("success") + number("failure");
        return all == 0 ? 0 : number("failure") / all;
    }

    /** All of it as a document. */
    String json() {
        JsonWriter json = Documents.begin("function");
        json.name("name").value(name).name("state").value(condition());
        json.name("why").value(orNull(why()));
        json.name("since").value(since().map(Instant::toString).orElse(null));
        json.name("port").json(port().isPresent() ? String.valueOf(port().getAsInt()) : "null");
        json.name("replicas").value(replicas()).name("image").value(orNull(image()));
        json.name("url").value(orNull(url())).name("source").value(orNull(source()));
        json.name("deployed").value(isDeployed());
        json.name("pid").json(number(state.map(RunState::pid)));
        json.name("admin").value(state.map(one -> one.host().admin()).orElse(null));
        json.name("metrics").value(state.map(one -> one.host().metrics()).orElse(null));
        for (String member : List.of("namespace", "project", "runtime", "handler")) {
            json.name(member).value(text(member));
        }
        json.name("version").json(number(deployed.map(Deployed::version)));
        json.name("restarts").json(number(deployed.map(Deployed::restarts)));
        for (String member : List.of("triggers", "workers")) {
            json.name(member)
                    .json(JsonTree.text(Optional.ofNullable(said.get(member)).orElse(List.of())));
        }
        json.name("success").value((long) number("success")).name("failure").value((long) number("failure"));
        json.name("perSecond").value(number("perSecond"));
        json.name("ms")
                .object()
                .name("p50")
                .value(number("p50"))
                .name("p99")
                .value(number("p99"))
                .endObject();
        return json.name("deadLetters").value(dead.orElse(0)).endObject().toString();
    }

    private static String number(Optional<? extends Number> number) {
        return number.map(String::valueOf).orElse("null");
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
