package io.nucleon.spec.yaml;

import io.nucleon.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Makes a tree from a parser's events. Events are taken one by one, so that a document which is too deep or too large is
 * dropped where it becomes so. An alias shares its anchor's node, hence costs nothing here; its weight counts each time, which is
 * what stops a document whose expansion would be endless.
 */
final class TreeBuilder {
    private final Iterator<Event> events;
    private final String file;
    private final Limits limits;
    private final BiConsumer<String, Position> duplicate;
    private final Map<Anchor, Node> anchors = new HashMap<>();
    private int read;

    TreeBuilder(Iterator<Event> events, String file, Limits limits, BiConsumer<String, Position> duplicate) {
        this.events = events;
        this.file = file;
        this.limits = limits;
        this.duplicate = duplicate;
    }

    Node node(Event event, int depth) {
        count(1, event);
        if (event instanceof AliasEvent alias) {
            return Optional.ofNullable(anchors.get(alias.getAlias())).orElseThrow(() -> unknownAlias(alias));
        }
        if (depth > limits.maxDepth()) {
            throw overLimit(event, "values lie more than " + limits.maxDepth() + " levels deep");
        }
        Node node = value(event, depth);
        if (node.weight() > limits.maxNodes()) {
            throw overLimit(
                    event, "its aliases stand for more than " + limits.maxNodes() + " values once they are expanded");
        }
        ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        return node;
    }

    // A switch over patterns would be shorter, and costs ten milliseconds when it is first run.
    private Node value(Event event, int depth) {
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        return event instanceof MappingStartEvent ? mapping(event, depth) : sequence(event, depth);
    }

    private Node scalar(ScalarEvent event) {
        boolean text = !event.isPlain()
                || event.getTag().filter(tag -> tag.endsWith(":str")).isPresent();
        return new ScalarNode(event.getValue(), text, position(event));
    }

    private Node sequence(Event start, int depth) {
        var items = new ArrayList<Node>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new ListNode(items, position(start));
    }

    private Node mapping(Event start, int depth) {
        var entries = new LinkedHashMap<String, MapNode.Entry>();
        var merged = new ArrayList<MapNode>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Node key = node(event, depth + 1);
            Node value = node(events.next(), depth + 1);
            if (!(key instanceof ScalarNode name)) {
                throw new Refusal(
                        ErrorCode.YAML_INVALID,
                        key.position(),
                        "not a text",
                        "the key is " + key.describe(),
                        "use a text as the key");
            }
            if (!name.quoted() && name.text().equals("<<")) {
                merge(value, merged);
            } else if (entries.put(name.text(), new MapNode.Entry(name.text(), name.position(), value)) != null) {
                duplicate.accept(name.text(), name.position());
            }
        }
        for (MapNode map : merged) {
            // Merged entries are copies, so they count as read: else a chain of merges could fill memory.
            count(map.entries().size(), start);
            map.entries().forEach(entry -> entries.putIfAbsent(entry.key(), entry));
        }
        if (entries.size() > limits.maxKeys()) {
            throw overLimit(start, "a mapping has more than " + limits.maxKeys() + " keys");
        }
        return new MapNode(List.copyOf(entries.values()), position(start));
    }

    private static void merge(Node value, List<MapNode> merged) {
        if (value instanceof MapNode map) {
            merged.add(map);
        } else if (value instanceof ListNode list) {
            list.items().forEach(item -> merge(item, merged));
        } else {
            throw new Refusal(
                    ErrorCode.YAML_INVALID,
                    value.position(),
                    "not a mapping",
                    "'<<' merges mappings, but " + value.describe() + " stands there",
                    "write an alias of a mapping, such as '<<: *defaults'");
        }
    }

    private void count(int values, Event event) {
        read += values;
        if (read > limits.maxNodes()) {
            throw overLimit(event, "it has more than " + limits.maxNodes() + " values");
        }
    }

    private Refusal unknownAlias(AliasEvent alias) {
        String name = alias.getAlias().getValue();
        return new Refusal(
                ErrorCode.YAML_INVALID,
                position(alias),
                "no such anchor",
                "alias '*" + name + "' stands before or inside the value that it names, or nothing is called '&" + name
                        + "'",
                "put quotes around the value if the '*' belongs to it");
    }

    private Refusal overLimit(Event event, String why) {
        return new Refusal(
                ErrorCode.CONFIG_TOO_LARGE,
                position(event),
                "",
                why,
                "make it smaller; no real configuration needs as much");
    }

    private Position position(Event event) {
        Mark mark = event.getStartMark().orElse(null);
        return mark == null ? Position.of(file) : new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
