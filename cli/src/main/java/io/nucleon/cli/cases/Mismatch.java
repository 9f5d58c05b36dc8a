package io.nucleon.cli.cases;

import io.nucleon.host.JsonTree;
import io.nucleon.spec.yaml.Position;
import io.nucleon.spec.yaml.ScalarNode;
import java.util.Optional;

/**
 * One way in which an answer is not what was expected. Immutable.
 *
 * @param instead what could be written so that it would be; empty if that is not one value for another
 */
public record Mismatch(Position position, String text, Optional<Instead> instead) {
    /** A value of a file and the JSON to write in its place. */
    record Instead(ScalarNode old, String json) {}

    private static final int LONGEST = 300;

    /** One that only a person can mend. */
    public Mismatch(Position position, String text) {
        this(position, text, Optional.empty());
    }

    /** The same, which that value would mend. */
    Mismatch instead(ScalarNode old, Object value) {
        return new Mismatch(position, text, Optional.of(new Instead(old, JsonTree.text(value))));
    }

    /** {@code expected "EUR", got "USD"} of something; long values are cut. */
    static Mismatch of(Position position, String what, String expected, String got) {
        return new Mismatch(position, what + " expected " + cut(expected) + ", got " + cut(got));
    }

    /** {@code tests/refund.yaml:9  $.currency expected "EUR", got "USD"}. */
    @Override
    public String toString() {
        return position.lineText() + "  " + text;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
