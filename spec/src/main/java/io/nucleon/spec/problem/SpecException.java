package io.nucleon.spec.problem;

import io.nucleon.error.NucleonException;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown where a configuration with errors is used as if it had none; carries all of them. Code and message are the first's. */
public final class SpecException extends NucleonException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** There must be at least one problem. */
    public SpecException(List<Problem> problems) {
        super(problems.getFirst().toMessage(), null);
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    /** One line for each of the problems. */
    @Override
    public String getMessage() {
        return problems.stream().map(Problem::oneLine).collect(Collectors.joining("\n"));
    }
}
