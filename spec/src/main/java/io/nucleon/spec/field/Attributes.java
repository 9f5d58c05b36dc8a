package io.nucleon.spec.field;

import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.yaml.MapNode;
import java.util.Objects;

/**
 * A mapping whose fields somebody else knows, such as a trigger's {@code attributes}. Immutable and safe for many threads;
 * {@code toString} shows the names only.
 *
 * @param node the mapping; empty when there is none
 * @param path its place in the configuration, such as {@code spec.triggers.orders.attributes}
 */
public record Attributes(MapNode node, String path) {
    public Attributes {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(path, "path");
    }

    /** An empty mapping at a place. */
    public static Attributes none(String path) {
        return new Attributes(MapNode.EMPTY, path);
    }

    /** Typed access to the fields, regardless of letter case; what is wrong goes to the given problems. */
    public Fields fields(Problems problems) {
        return new Fields(node, path, problems);
    }

    public boolean isEmpty() {
        return node.isEmpty();
    }

    /** True when there is a field of this name with a value. */
    public boolean has(String name) {
        return node.get(name).isPresent();
    }

    @Override
    public String toString() {
        return path + node.entries().stream().map(MapNode.Entry::key).toList();
    }
}
