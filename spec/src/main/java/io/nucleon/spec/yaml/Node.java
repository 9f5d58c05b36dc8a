package io.nucleon.spec.yaml;

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
}
