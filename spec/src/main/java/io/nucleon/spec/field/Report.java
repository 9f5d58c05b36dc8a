package io.nucleon.spec.field;

import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.problem.Severity;
import io.nucleon.spec.problem.SpecError;
import io.nucleon.spec.yaml.Position;

/** A problem being written, an error unless {@link #warning()} is called. Confined to one thread. */
public final class Report {
    private final Problems problems;
    private final SpecError code;
    private final Position position;
    private final String path;
    private Severity severity = Severity.ERROR;
    private String what = "";
    private String why = "";
    private String fix = "";

    public Report(Problems problems, SpecError code, Position position, String path) {
        this.problems = problems;
        this.code = code;
        this.position = position;
        this.path = path;
    }

    public Report warning() {
        severity = Severity.WARNING;
        return this;
    }

    /** What is wrong, as the end of a sentence that starts with place and field: "is not a number". */
    public Report what(String words) {
        what = placed(position, path.isEmpty() ? words : path + " " + words);
        return this;
    }

    /** What is wrong, as a sentence of its own, behind which the place is put in brackets. */
    public Report sentence(String words) {
        String place = position.lineText();
        what = place.isEmpty() ? words : words + " (" + place + ")";
        return this;
    }

    /** What is wrong, as it is. */
    public Report words(String words) {
        what = words;
        return this;
    }

    public Report why(String words) {
        why = words;
        return this;
    }

    public Report fix(String words) {
        fix = words;
        return this;
    }

    /** Ends the report. */
    public void add() {
        problems.add(new Problem(
                code, severity, position.file(), position.line(), position.column(), path, what, why, fix, ""));
    }

    static String placed(Position position, String words) {
        String place = position.lineText();
        return place.isEmpty() ? words : place + " " + words;
    }
}
