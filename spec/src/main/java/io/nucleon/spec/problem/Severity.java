package io.nucleon.spec.problem;

/** How bad a problem is. */
public enum Severity {
    /** The file can't be used as it is. */
    ERROR("error"),
    /** The file works, but a part of it does not do what its writer may think; fails only where strictness was asked for. */
    WARNING("warning");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    /** The word a user reads. */
    public String word() {
        return word;
    }
}
