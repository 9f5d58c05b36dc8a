package io.nucleon.spec.problem;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Place;
import io.nucleon.error.Severity;
import java.util.List;
import java.util.Objects;

/**
 * One thing that is wrong with a configuration, complete enough to be shown by itself. Immutable. Values of fields that hold
 * secrets never appear in it.
 *
 * @param place in the file; {@link Place#NONE} when the configuration did not come from one
 * @param path the field, such as {@code spec.triggers.http.numWorkers}; empty for the file as a whole
 * @param what what is wrong, with the place, in the user's words
 * @param why the cause; may be empty
 * @param fix what to do
 */
public record Problem(
        ErrorCode code, Severity severity, Place place, String path, String what, String why, String fix) {
    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(fix, "fix");
    }

    /** True when the configuration can't be used because of it. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** The same for whoever takes warnings as errors. */
    public Problem asError() {
        return new Problem(code, Severity.ERROR, place, path, what, why, fix);
    }

    /** The file's name as the user gave it, empty when there is none. */
    public String file() {
        return place.file();
    }

    /** Counted from 1, 0 when there is no line to point at. */
    public int line() {
        return place.line();
    }

    /** Counted from 1, 0 when there is no column to point at. */
    public int column() {
        return place.column();
    }

    /** The same in the form that all rooms share and that can be printed. */
    public ErrorMessage toMessage() {
        List<String> fixes = fix.isEmpty() ? List.of() : List.of(fix);
        return new ErrorMessage(code, what, why, fixes).as(severity).at(place);
    }

    /** One line, the form of a log: code, what, why and fix. */
    public String oneLine() {
        return toMessage().line();
    }

    @Override
    public String toString() {
        return oneLine();
    }
}
