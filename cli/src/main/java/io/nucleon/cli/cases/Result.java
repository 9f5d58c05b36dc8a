package io.nucleon.cli.cases;

import java.util.List;

/**
 * What became of a case. Immutable.
 *
 * @param millis as the answer tells it; NaN if there was none
 * @param mismatches empty if it passed or was skipped
 */
public record Result(TestCase testCase, State state, double millis, List<Mismatch> mismatches) {
    /** How it ended. */
    public enum State {
        PASSED,
        FAILED,
        SKIPPED
    }

    public Result {
        mismatches = List.copyOf(mismatches);
    }
}
