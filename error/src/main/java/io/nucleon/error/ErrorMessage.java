package io.nucleon.error;

import java.util.List;

/**
 * One error for a reader: what did not work, why, and what to do about it.
 *
 * @param what one line in the user's words, without the code
 * @param why the cause; may hold several lines, or be empty
 * @param fix actions that can be copied, at most two; may be empty
 */
public record ErrorMessage(ErrorCode code, String what, String why, List<String> fix) {

    public ErrorMessage {
        fix = List.copyOf(fix);
    }

    /** An error with one action. */
    public static ErrorMessage of(ErrorCode code, String what, String why, String fix) {
        return new ErrorMessage(code, what, why, fix.isEmpty() ? List.of() : List.of(fix));
    }

    /** One line for logs: {@code NUC-2001 what: why; fix: what to do}. */
    public String line() {
        StringBuilder line = new StringBuilder(code.code()).append(' ').append(what);
        if (!why.isEmpty()) {
            line.append(": ").append(why.replace("\n", " | "));
        }
        if (!fix.isEmpty()) {
            line.append("; fix: ").append(String.join("; or: ", fix));
        }
        return line.toString();
    }

    /** The same as a thrown error. */
    public NucleonException toException() {
        return new NucleonException(this, null);
    }

    /** The same as a thrown error with its cause. */
    public NucleonException toException(Throwable cause) {
        return new NucleonException(this, cause);
    }
}
