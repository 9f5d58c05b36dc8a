package io.nucleon.cli.cases;

import java.util.List;
import java.util.Optional;

/**
 * What became of a case. Immutable.
 *
 * @param millis as the answer tells it; NaN if there was none
 * @param mismatches empty if it passed or was skipped
 * @param seen what came; empty if nothing did
 */
public record Result(TestCase testCase, State state, double millis, List<Mismatch> mismatches, Optional<Seen> seen) {
    /** How it ended. */
    public enum State {
        PASSED,
        /** It failed, and its file was changed so that it would pass. */
        UPDATED,
        FAILED,
        SKIPPED
    }

    public Result {
        mismatches = List.copyOf(mismatches);
    }

    /** What came is what was expected, or is not. */
    public static Result of(TestCase testCase, Seen seen) {
        List<Mismatch> mismatches = testCase.expected().compare(seen);
        State state = mismatches.isEmpty() ? State.PASSED : State.FAILED;
        return new Result(testCase, state, seen.millis(), mismatches, Optional.of(seen));
    }

    /** Nothing came. */
    public static Result failed(TestCase testCase, String why) {
        Mismatch mismatch = new Mismatch(testCase.position(), why);
        return new Result(testCase, State.FAILED, Double.NaN, List.of(mismatch), Optional.empty());
    }

    /** It was left out. */
    public static Result skipped(TestCase testCase) {
        return new Result(testCase, State.SKIPPED, Double.NaN, List.of(), Optional.empty());
    }

    /** Its file now expects what came. */
    Result updated() {
        return new Result(testCase, State.UPDATED, millis, mismatches, seen);
    }

    /** Whether it counts as one that holds. */
    public boolean holds() {
        return state == State.PASSED || state == State.UPDATED;
    }
}
