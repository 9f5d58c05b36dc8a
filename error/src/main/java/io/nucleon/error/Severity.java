package io.nucleon.error;

/** How bad a message is; shown always as the word, in its colour where there are colours. */
public enum Severity {
    ERROR("error"),
    WARNING("warning"),
    NOTE("note");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    /** The word a user reads. */
    public String word() {
        return word;
    }
}
