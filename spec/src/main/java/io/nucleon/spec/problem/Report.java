package io.nucleon.spec.problem;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.Place;
import io.nucleon.error.Severity;

/** A problem being written, an error unless {@link #warning()} is called. Confined to one thread. */
public final class Report {
    /** No part of ours is longer; a hostile name in it may be. */
    private static final int LONGEST = 500;

    private final Problems problems;
    private final ErrorCode code;
    private final Place place;
    private final String path;
    private Severity severity = Severity.ERROR;
    private String what = "";
    private String why = "";
    private String fix = "";

    /**
     * A report to be added to the problems.
     *
     * @param path the field it is about; empty for the file as a whole
     */
    public Report(Problems problems, ErrorCode code, Place place, String path) {
        this.problems = problems;
        this.code = code;
        this.place = place;
        this.path = path;
    }

    public Report warning() {
        severity = Severity.WARNING;
        return this;
    }

    /** What is wrong, as the end of a sentence that starts with place and field: "is not a number". */
    public Report what(String words) {
        return here(path.isEmpty() ? words : path + " " + words);
    }

    /** What is wrong, as the end of a sentence that starts with the place. */
    public Report here(String words) {
        what = lineText().isEmpty() ? words : lineText() + " " + words;
        return this;
    }

    /** What is wrong, as a sentence of its own, behind which the place is put in brackets. */
    public Report sentence(String words) {
        what = lineText().isEmpty() ? words : words + " (" + lineText() + ")";
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
        problems.add(
                new Problem(code, severity, place, shortened(path), shortened(what), shortened(why), shortened(fix)));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    private String lineText() {
        return place.line() == 0 ? place.file() : place.file() + ":" + place.line();
    }
}
