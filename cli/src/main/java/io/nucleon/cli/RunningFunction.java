package io.nucleon.cli;

import io.nucleon.host.JsonReader;
import io.nucleon.host.JsonTree;
import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.host.UserFolders;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A function that runs on this machine: where, and what its host says of it. Immutable.
 *
 * @param said by its host; empty if the host does not answer
 * @param dead how many dead letters wait; empty if it has no journal
 */
record RunningFunction(RunState state, Map<String, Object> said, OptionalLong dead) {

    /** All of them, by name; each host is asked once. */
    static List<RunningFunction> all(UserFolders folders, Clock clock) {
        Map<String, List<Map<String, Object>>> pages = new LinkedHashMap<>();
        return new RunStates(folders)
                .alive().stream()
                        .map(state -> of(
                                state,
                                pages.computeIfAbsent(state.host().admin(), admin -> page(admin, clock)),
                                folders))
                        .toList();
    }

    private static List<Map<String, Object>> page(String admin, Clock clock) {
        return HostPage.object(admin, "/functions", clock)
                .map(page -> HostPage.objects(page, "functions"))
                .orElse(List.of());
    }

    private static RunningFunction of(RunState state, List<Map<String, Object>> page, UserFolders folders) {
        Map<String, Object> said = page.stream()
                .filter(function -> state.name().equals(JsonReader.text(function, "name")))
                .findFirst()
                .orElse(Map.of());
        return new RunningFunction(state, said, dead(state.name(), folders));
    }

    /** The journal's library is loaded only for functions that have one. */
    private static OptionalLong dead(String name, UserFolders folders) {
        return Files.isDirectory(folders.journal(name))
                ? OptionalLong.of(FunctionEvents.of(name, folders, null, new WallClock())
                        .dead()
                        .size())
                : OptionalLong.empty();
    }

    String name() {
        return state.name();
    }

    /** {@code ready}, {@code starting}, {@code lost}…; {@code silent} if its host does not answer. */
    String condition() {
        return said.isEmpty() ? "silent" : text("state");
    }

    String text(String member) {
        return JsonReader.text(said, member);
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

    /** {@code http, kafka-cluster}. */
    String kinds() {
        return triggers().stream()
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
        io.nucleon.error.JsonWriter json = Documents.begin("function");
        json.name("name").value(name()).name("state").value(condition());
        json.name("url")
                .value(state.url().toString())
                .name("source")
                .value(state.source().toString());
        json.name("pid").value(state.pid());
        json.name("admin")
                .value(state.host().admin())
                .name("metrics")
                .value(state.host().metrics());
        for (String member : List.of("namespace", "project", "runtime", "handler")) {
            json.name(member).value(text(member));
        }
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
}
