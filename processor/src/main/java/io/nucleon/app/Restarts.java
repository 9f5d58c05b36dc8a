package io.nucleon.app;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Place;
import io.nucleon.error.Severity;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.FunctionReader;
import io.nucleon.spec.ReadOptions;
import io.nucleon.spec.trigger.Trigger;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What of a changed function.yaml a running function does not take over: who it is, its triggers but for what their workers are told, and
 * the bounds of its waiting line. Stateless.
 */
final class Restarts {

    /** Of a trigger, what only its workers know. */
    private static final List<String> WORKER_FIELDS =
            List.of("numWorkers", "maxWorkers", "workerTerminationTimeout", "mode", "async");

    private static final List<String> LINE_FIELDS = List.of("maxQueuedEvents", "maxQueuedBytes");

    private static final String METADATA = "metadata";
    private static final String SPEC = "spec";
    private static final String TRIGGERS = "triggers";

    private Restarts() {}

    /** The fields that differ and count from the next start only, such as {@code spec.triggers.orders}. */
    static List<String> between(Plan serving, Plan next) {
        List<String> fields = new ArrayList<>();
        MapNode before = serving.config().raw();
        MapNode after = next.config().raw();
        if (!serving.config().metadata().equals(next.config().metadata())) {
            fields.add(METADATA);
        }
        for (String field : LINE_FIELDS) {
            if (!plain(before.map(SPEC).get(field)).equals(plain(after.map(SPEC).get(field)))) {
                fields.add(SPEC + "." + field);
            }
        }
        triggers(serving, next).forEach(name -> fields.add(SPEC + "." + TRIGGERS + "." + name));
        return fields;
    }

    private static List<String> triggers(Plan serving, Plan next) {
        List<String> before = names(serving);
        List<String> after = names(next);
        Set<String> all = new LinkedHashSet<>(before);
        all.addAll(after);
        List<String> changed = new ArrayList<>();
        for (String name : all) {
            boolean inBoth = before.contains(name) && after.contains(name);
            if (!inBoth || !made(serving, name).equals(made(next, name))) {
                changed.add(name);
            }
        }
        // Events name their trigger by its place.
        return changed.isEmpty() && !before.equals(after) ? after : changed;
    }

    private static List<String> names(Plan plan) {
        return plan.triggers().stream().map(Trigger::name).toList();
    }

    /** What a trigger is made of. */
    private static Object made(Plan plan, String name) {
        MapNode trigger = plan.config().raw().map(SPEC).map(TRIGGERS).map(name);
        for (String field : WORKER_FIELDS) {
            trigger = trigger.without(field);
        }
        return trigger.plain();
    }

    private static Optional<Object> plain(Optional<Node> node) {
        return node.map(Node::plain).filter(Objects::nonNull);
    }

    /** The next version with those fields as they are in the one that serves. */
    static Plan keep(Plan serving, Plan next) {
        if (between(serving, next).isEmpty()) {
            return next;
        }
        MapNode before = serving.config().raw();
        MapNode raw = next.config().raw().with(METADATA, before.map(METADATA));
        for (String field : LINE_FIELDS) {
            Optional<Node> kept = before.map(SPEC).get(field);
            raw = kept.isPresent()
                    ? raw.withAt(kept.get(), SPEC, field)
                    : raw.with(SPEC, raw.map(SPEC).without(field));
        }
        raw = raw.withAt(before.map(SPEC).map(TRIGGERS), SPEC, TRIGGERS);
        FunctionConfig config = FunctionReader.read(raw, ReadOptions.DEFAULT).asFarAsRead();
        return new Plan(
                serving.name(),
                config,
                next.directory(),
                next.source(),
                next.warnings(),
                next.overrides(),
                next.environment());
    }

    /** What a reader is told of them. */
    static ErrorMessage message(String file, List<String> fields) {
        return ErrorMessage.of(
                        ErrorCode.RESTART_NEEDED,
                        file + ": " + String.join(", ", fields) + (fields.size() == 1 ? " counts" : " count")
                                + " from the next start only",
                        "a running trigger keeps its connections and its place in the source",
                        "Ctrl-C, then start it again")
                .at(Place.of(file, 0, 0))
                .as(Severity.WARNING);
    }
}
