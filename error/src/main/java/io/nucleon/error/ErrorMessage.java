package io.nucleon.error;

import java.util.List;
import java.util.Objects;

/**
 * One error, warning or note for a reader: what did not work, why, and what to do about it. Immutable. Holds no secrets, bodies or
 * headers.
 *
 * @param what one line in the user's words, without the code
 * @param why the cause; may hold several lines, or be empty
 * @param fix actions that can be copied, at most two; may be empty
 * @param place where in the user's files; {@link Place#NONE} when nowhere
 * @param event the invocation id it is about; empty when it is about none
 * @param detail what only a long look needs (a traceback, a worker's last words); may hold many lines, or be empty
 */
public record ErrorMessage(
        ErrorCode code,
        Severity severity,
        String what,
        String why,
        List<String> fix,
        Place place,
        String event,
        String detail) {

    public ErrorMessage {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(detail, "detail");
        fix = List.copyOf(fix);
    }

    /** An error that lies in no file and is about no event. */
    public ErrorMessage(ErrorCode code, String what, String why, List<String> fix) {
        this(code, Severity.ERROR, what, why, fix, Place.NONE, "", "");
    }

    /** An error with one action, or with none if it is empty. */
    public static ErrorMessage of(ErrorCode code, String what, String why, String fix) {
        return new ErrorMessage(code, what, why, fix.isEmpty() ? List.of() : List.of(fix));
    }

    /** The same as a warning or note. */
    public ErrorMessage as(Severity other) {
        return new ErrorMessage(code, other, what, why, fix, place, event, detail);
    }

    /** The same, in that place. */
    public ErrorMessage at(Place other) {
        return new ErrorMessage(code, severity, what, why, fix, other, event, detail);
    }

    /** The same, about that event. */
    public ErrorMessage about(String invocation) {
        return new ErrorMessage(code, severity, what, why, fix, place, invocation, detail);
    }

    /** The same, with that detail. */
    public ErrorMessage with(String longText) {
        return new ErrorMessage(code, severity, what, why, fix, place, event, longText);
    }

    /** One line for logs: {@code NUC-2001 what: why; fix: what to do}. */
    public String line() {
        return MessageText.line(this);
    }

    /** What happened and why, in one line without code and fix: for a page or a report that has places of its own for those. */
    public String reason() {
        return why.isEmpty() ? what : what + ": " + why;
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
