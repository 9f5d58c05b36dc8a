package io.nucleon.error;

/** The root of all errors that Nucleon throws. On the event path a {@code Failure} value travels instead. */
public class NucleonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorMessage error;

    /** An error with its message; {@code cause} may be null. */
    public NucleonException(ErrorMessage error, Throwable cause) {
        super(error.line(), cause);
        this.error = error;
    }

    /** What was tried, why it failed, what to do. */
    public ErrorMessage error() {
        return error;
    }

    /** The stable code. */
    public ErrorCode code() {
        return error.code();
    }
}
