package io.nucleon.spec;

import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.SpecException;
import java.util.List;
import java.util.Objects;

/**
 * What came of reading a file: the configuration and everything that is wrong with it.
 *
 * @param asFarAsRead the configuration with defaults in place of what could not be read; for showing, not for running
 */
public record Read<T>(T asFarAsRead, List<Problem> problems) {
    public Read {
        Objects.requireNonNull(asFarAsRead, "asFarAsRead");
        problems = List.copyOf(problems);
    }

    /**
     * The configuration.
     *
     * @throws SpecException with all problems, when one of them is an error
     */
    public T value() {
        if (!isOk()) {
            throw new SpecException(errors());
        }
        return asFarAsRead;
    }

    /** True when there is no error; warnings don't count. */
    public boolean isOk() {
        return problems.stream().noneMatch(Problem::isError);
    }

    public List<Problem> errors() {
        return problems.stream().filter(Problem::isError).toList();
    }

    public List<Problem> warnings() {
        return problems.stream().filter(problem -> !problem.isError()).toList();
    }
}
