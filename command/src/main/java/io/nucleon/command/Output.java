package io.nucleon.command;

import java.util.Locale;

/** The form of a result on standard output. */
public enum Output {
    TABLE,
    WIDE,
    JSON,
    YAML,
    NAME,
    /** nuctl's word for a table. */
    TEXT;

    /** Whether a program reads it, so that errors are JSON too. */
    public boolean isDocument() {
        return this == JSON || this == YAML;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
