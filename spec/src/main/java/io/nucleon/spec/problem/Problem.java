package io.nucleon.spec.problem;

import java.util.Objects;

/**
 * One thing that is wrong with a configuration, complete enough to be shown by itself. Immutable. Values of fields that hold
 * secrets never appear in it.
 *
 * @param file name as the user gave it, empty when the configuration did not come from a file
 * @param line counted from 1, 0 when there is no place to point at
 * @param column counted from 1, 0 when there is no place to point at
 * @param path the field, such as {@code spec.triggers.http.numWorkers}; empty for the file as a whole
 * @param what what is wrong, with the place, in the user's words
 * @param why the cause; may be empty
 * @param fix what to do
 * @param excerpt the source line with a caret line below it; empty for most problems
 */
public record Problem(
        SpecError code,
        Severity severity,
        String file,
        int line,
        int column,
        String path,
        String what,
        String why,
        String fix,
        String excerpt) {

    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(fix, "fix");
        Objects.requireNonNull(excerpt, "excerpt");
    }

    /** True when the configuration can't be used because of it. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** One line, the form of a log: code, what, why and fix. */
    public String oneLine() {
        var text = new StringBuilder(code.code()).append(' ').append(what);
        if (!why.isEmpty()) {
            text.append(": ").append(why);
        }
        if (!fix.isEmpty()) {
            text.append("; fix: ").append(fix);
        }
        return text.toString();
    }

    /** Several lines, the form of a terminal, without colours and without a line end after the last one. */
    public String text() {
        var text = new StringBuilder(severity.word())
                .append('[')
                .append(code.code())
                .append("]: ")
                .append(what);
        if (!excerpt.isEmpty()) {
            text.append('\n').append(excerpt);
        }
        if (!why.isEmpty()) {
            text.append("\n  why   ").append(why);
        }
        if (!fix.isEmpty()) {
            text.append("\n  do    ").append(fix);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return oneLine();
    }
}
