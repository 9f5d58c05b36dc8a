package io.nucleon.cli.cases;

import io.nucleon.spec.yaml.Position;

/** One way in which an answer is not what was expected. Immutable. */
public record Mismatch(Position position, String text) {
    private static final int LONGEST = 300;

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
