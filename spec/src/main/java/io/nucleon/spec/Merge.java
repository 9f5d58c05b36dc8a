package io.nucleon.spec;

import io.nucleon.spec.trigger.TriggerKind;
import io.nucleon.spec.yaml.ListNode;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fills a document from another one, nuclio's way: what is set wins, the file fills what is not. Set is everything but an absent,
 * empty, zero or false value, so a file can turn a false into true. Mappings are filled field by field; of two lists the first one
 * stays, except that {@code spec.env} gets the variables whose names it lacks. Safe for many threads.
 */
public final class Merge {
    /** Mappings whose keys are the user's names, so that letter case counts. */
    private static final Set<String> NAMES =
            Set.of("labels", "annotations", "triggers", "databindings", "nodeselector", "args", "headers");

    private static final Set<String> UNSET = Set.of("", "0", "0.0", "false", "False", "FALSE", "no", "off");

    private Merge() {}

    /**
     * The base with its gaps filled.
     *
     * @param base what came first: command line flags, the body of a request
     * @param file what fills it: function.yaml, an inline block
     */
    public static MapNode fill(MapNode base, MapNode file) {
        return withOneHttpTrigger(fill(base, file, ""));
    }

    private static MapNode fill(MapNode base, MapNode file, String name) {
        boolean exact = NAMES.contains(name.toLowerCase(Locale.ROOT));
        var filled = new LinkedHashMap<String, MapNode.Entry>();
        base.entries().forEach(entry -> filled.put(key(entry, exact), entry));
        for (MapNode.Entry entry : file.entries()) {
            filled.merge(key(entry, exact), entry, (own, other) -> {
                Node merged = fill(own.value(), other.value(), own.key());
                return new MapNode.Entry(own.key(), own.position(), merged);
            });
        }
        return new MapNode(List.copyOf(filled.values()), base.position());
    }

    private static String key(MapNode.Entry entry, boolean exact) {
        return exact ? entry.key() : entry.key().toLowerCase(Locale.ROOT);
    }

    private static Node fill(Node base, Node file, String name) {
        if (isUnset(base)) {
            return file.isNull() ? base : file;
        }
        if (base instanceof MapNode own && file instanceof MapNode other) {
            return fill(own, other, name);
        }
        if (base instanceof ListNode own && file instanceof ListNode other && name.equalsIgnoreCase("env")) {
            return variables(own, other);
        }
        return base;
    }

    private static boolean isUnset(Node node) {
        return switch (node) {
            case MapNode map -> map.isEmpty();
            case ListNode list -> list.items().isEmpty();
            case ScalarNode scalar ->
                scalar.quoted() ? scalar.text().isEmpty() : scalar.isNull() || UNSET.contains(scalar.text());
        };
    }

    private static ListNode variables(ListNode own, ListNode other) {
        var names = own.items().stream().map(Merge::variable).collect(Collectors.toSet());
        var items = new ArrayList<>(own.items());
        other.items().stream().filter(item -> !names.contains(variable(item))).forEach(items::add);
        return new ListNode(items, own.position());
    }

    private static String variable(Node item) {
        return item instanceof MapNode map && map.get("name").orElse(null) instanceof ScalarNode name
                ? name.text()
                : "";
    }

    /** Of two http triggers the one that only stood in for the other goes. */
    private static MapNode withOneHttpTrigger(MapNode document) {
        MapNode triggers = document.map("spec").map("triggers");
        long http = triggers.entries().stream().filter(Merge::isHttp).count();
        boolean standIn = triggers.entries().stream()
                .anyMatch(entry -> entry.key().equals(DefaultHttpTrigger.NAME) && isHttp(entry));
        return http > 1 && standIn
                ? document.withAt(triggers.without(DefaultHttpTrigger.NAME), "spec", "triggers")
                : document;
    }

    private static boolean isHttp(MapNode.Entry trigger) {
        return trigger.value() instanceof MapNode map
                && map.get("kind").orElse(null) instanceof ScalarNode kind
                && kind.text().equals(TriggerKind.HTTP);
    }
}
