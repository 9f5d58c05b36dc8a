package io.nucleon.spec.yaml;

import io.nucleon.error.ErrorCode;

/** Ends the reading of a document; never leaves the package. */
final class Refusal extends RuntimeException {
    private final ErrorCode code;
    private final transient Position position;
    private final String note;
    private final String why;
    private final String fix;

    Refusal(ErrorCode code, Position position, String note, String why, String fix) {
        super(why, null, false, false);
        this.code = code;
        this.position = position;
        this.note = note;
        this.why = why;
        this.fix = fix;
    }

    ErrorCode code() {
        return code;
    }

    Position position() {
        return position;
    }

    /** A few words for beside the caret. */
    String note() {
        return note;
    }

    String why() {
        return why;
    }

    String fix() {
        return fix;
    }
}
