package io.nucleon.spec.field;

/** An enum whose constants are words in a file. */
public interface Choice {
    /** The word, as it is written. */
    String word();
}
