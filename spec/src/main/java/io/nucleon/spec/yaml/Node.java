package io.nucleon.spec.yaml;

import java.util.ArrayList;
import java.util.Map;

/**
 * A value of a YAML or JSON document with its place. Immutable and safe for many threads. {@code toString} never shows values,
 * since any of them may be a secret.
 */
public sealed interface Node permits MapNode, ListNode, ScalarNode {
    /** Where the value begins. */
    Position position();

    /**
     * How many values hang on this one, itself included, every use of an alias counted anew. Bounds what writing or walking the
     * tree can cost.
     */
    int weight();

    /**
     * The value as plain Java: {@code Map<String, Object>} in the file's order, {@code List<Object>}, {@code String}, {@code Long},
     * {@code BigInteger}, {@code Double}, {@code Boolean} or null.
     */
    Object plain();

    /** True for an absent value in YAML's sense: {@code null}, {@code ~} or nothing behind the colon. */
    boolean isNull();

    /** What it is, in a user's words: "a mapping", "a list", "a number". */
    String describe();

    /**
     * The tree of a plain Java value, without places.
     *
     * @throws IllegalArgumentException for anything but maps, iterables, texts, numbers, truth values, null and nodes
     */
    static Node of(Object plain) {
        return switch (plain) {
            case null -> ScalarNode.literal("null");
            case Node node -> node;
            case Map<?, ?> map -> {
                var entries = new ArrayList<MapNode.Entry>();
                map.forEach(
                        (key, value) -> entries.add(new MapNode.Entry(String.valueOf(key), Position.NONE, of(value))));
                yield new MapNode(entries, Position.NONE);
            }
            case Iterable<?> list -> {
                var items = new ArrayList<Node>();
                list.forEach(item -> items.add(of(item)));
                yield new ListNode(items, Position.NONE);
            }
            case CharSequence text -> ScalarNode.text(text.toString());
            case Number number -> ScalarNode.literal(number);
            case Boolean bool -> ScalarNode.literal(bool);
            default -> throw new IllegalArgumentException("no YAML for " + plain.getClass());
        };
    }
}
