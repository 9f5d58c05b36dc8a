package io.nucleon.error;

import java.util.Objects;

/**
 * Where in a file of the user's an error lies. Immutable. Whoever makes one with a source line has made sure that it holds no secret.
 *
 * @param file as the user named it; empty when there is none
 * @param line counted from 1; 0 when there is none
 * @param column in characters, counted from 1; 0 when there is none
 * @param source the text of that line, without its end; empty when it is not shown
 * @param note a few words beside the caret; may be empty
 */
public record Place(String file, int line, int column, String source, String note) {
    /** Of what lies in no file. */
    public static final Place NONE = new Place("", 0, 0, "", "");

    public Place {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(note, "note");
    }

    /** A place without its source line. */
    public static Place of(String file, int line, int column) {
        return new Place(file, line, column, "", "");
    }
}
