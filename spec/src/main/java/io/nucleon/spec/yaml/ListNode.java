package io.nucleon.spec.yaml;

import java.util.ArrayList;
import java.util.List;

/** A list. */
public record ListNode(List<Node> items, Position position, int weight) implements Node {
    public ListNode {
        items = List.copyOf(items);
    }

    public ListNode(List<Node> items, Position position) {
        this(items, position, MapNode.sum(items));
    }

    @Override
    public List<Object> plain() {
        var plain = new ArrayList<>(items.size());
        items.forEach(item -> plain.add(item.plain()));
        return plain;
    }

    @Override
    public boolean isNull() {
        return false;
    }

    @Override
    public String describe() {
        return "a list";
    }

    @Override
    public String toString() {
        return "list of " + items.size() + " at " + position;
    }
}
