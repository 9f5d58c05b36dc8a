package io.nucleon.spec.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mapping. Keys are unique and stay in the file's order; field names are looked up regardless of letter case. */
public record MapNode(List<Entry> entries, Position position, int weight) implements Node {
    /** A key with its place and its value. */
    public record Entry(String key, Position position, Node value) {
        @Override
        public String toString() {
            return key + " at " + position;
        }
    }

    /** No entries, no place. */
    public static final MapNode EMPTY = new MapNode(List.of(), Position.NONE);

    public MapNode {
        entries = List.copyOf(entries);
    }

    public MapNode(List<Entry> entries, Position position) {
        this(entries, position, weigh(entries));
    }

    private static int weigh(List<Entry> entries) {
        var values = new ArrayList<Node>(entries.size());
        for (Entry entry : entries) {
            values.add(entry.value());
        }
        return sum(values);
    }

    static int sum(List<Node> nodes) {
        long sum = 1;
        for (Node node : nodes) {
            sum += node.weight();
        }
        return (int) Math.min(sum, Integer.MAX_VALUE);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The entry of a field: spelled exactly so, else the first that differs only in letter case. */
    public Optional<Entry> entry(String key) {
        Entry similar = null;
        for (Entry entry : entries) {
            if (entry.key().equals(key)) {
                return Optional.of(entry);
            }
            if (similar == null && entry.key().equalsIgnoreCase(key)) {
                similar = entry;
            }
        }
        return Optional.ofNullable(similar);
    }

    /** The value of a field, empty when it is absent or null. */
    public Optional<Node> get(String key) {
        Optional<Entry> entry = entry(key);
        return entry.isEmpty() || entry.get().value().isNull()
                ? Optional.empty()
                : Optional.of(entry.get().value());
    }

    /** The mapping under a field, empty when there is none or it is something else. */
    public MapNode map(String key) {
        return get(key).orElse(EMPTY) instanceof MapNode map ? map : EMPTY;
    }

    /** A copy in which the field has this value: in the old one's place, else as the last. */
    public MapNode with(String key, Node value) {
        var changed = new ArrayList<>(entries);
        Optional<Entry> old = entry(key);
        if (old.isEmpty()) {
            changed.add(new Entry(key, value.position(), value));
        } else {
            String spelled = old.get().key();
            changed.replaceAll(
                    entry -> entry.key().equals(spelled) ? new Entry(spelled, value.position(), value) : entry);
        }
        return new MapNode(changed, position);
    }

    /** A copy in which a field further down has this value; mappings on the way that are missing are made. */
    public MapNode withAt(Node value, String... keys) {
        if (keys.length == 1) {
            return with(keys[0], value);
        }
        String[] rest = Arrays.copyOfRange(keys, 1, keys.length);
        return with(keys[0], map(keys[0]).withAt(value, rest));
    }

    /** A copy without the field. */
    public MapNode without(String key) {
        String spelled = entry(key).map(Entry::key).orElse(key);
        return new MapNode(
                entries.stream().filter(entry -> !entry.key().equals(spelled)).toList(), position);
    }

    @Override
    public Map<String, Object> plain() {
        var plain = new LinkedHashMap<String, Object>();
        entries.forEach(entry -> plain.put(entry.key(), entry.value().plain()));
        return plain;
    }

    @Override
    public boolean isNull() {
        return false;
    }

    @Override
    public String describe() {
        return "a mapping";
    }

    @Override
    public String toString() {
        return "mapping of " + entries.size() + " at " + position;
    }
}
