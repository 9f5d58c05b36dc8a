package io.nucleon.spec.yaml;

import java.util.Objects;

/**
 * A single value, kept as it was written.
 *
 * @param quoted true when it is a text whatever it looks like
 */
public record ScalarNode(String text, boolean quoted, Position position) implements Node {
    public ScalarNode {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(position, "position");
    }

    /** A text that comes from no file. */
    public static ScalarNode text(String text) {
        return new ScalarNode(text, true, Position.NONE);
    }

    /** A number, truth value or null that comes from no file, as it would be written. */
    public static ScalarNode literal(Object value) {
        return new ScalarNode(String.valueOf(value), false, Position.NONE);
    }

    @Override
    public int weight() {
        return 1;
    }

    @Override
    public Object plain() {
        return quoted ? text : Scalars.resolve(text);
    }

    @Override
    public boolean isNull() {
        return !quoted && Scalars.isNull(text);
    }

    @Override
    public String describe() {
        return switch (plain()) {
            case null -> "nothing";
            case Boolean ignored -> "a truth value";
            case Number ignored -> "a number";
            default -> "a text";
        };
    }

    @Override
    public String toString() {
        return describe() + " at " + position;
    }
}
