package io.nucleon.app;

import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import java.util.List;

/** Several functions of one host could not be started. Code and message are the first's. */
final class StartException extends NucleonException {

    private static final long serialVersionUID = 1L;

    private final transient List<NucleonException> failures;

    /** There must be at least one. */
    StartException(List<NucleonException> failures) {
        super(failures.getFirst().error(), failures.getFirst().getCause());
        this.failures = List.copyOf(failures);
    }

    List<ErrorMessage> errors() {
        return failures.stream().map(NucleonException::error).toList();
    }
}
