package io.nucleon.spec.problem;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown where a configuration with errors is used as if it had none; carries all of them. */
public final class SpecException extends RuntimeException {
    private final transient List<Problem> problems;

    /** The message holds one line for each of the problems, of which there must be one at least. */
    public SpecException(List<Problem> problems) {
        super(problems.stream().map(Problem::oneLine).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    /** Code of the first problem. */
    public SpecError code() {
        return problems.getFirst().code();
    }
}
