package io.nucleon.spec.yaml;

import io.nucleon.error.Place;
import java.util.Objects;

/**
 * A place in a file.
 *
 * @param file name as the user gave it; empty for values that come from no file, such as command line flags
 * @param line counted from 1; 0 when there is none
 * @param column in characters, counted from 1; 0 when there is none
 */
public record Position(String file, int line, int column) {
    /** Of what comes from no file. */
    public static final Position NONE = new Position("", 0, 0);

    public Position {
        Objects.requireNonNull(file, "file");
    }

    /** The start of a file as a whole. */
    public static Position of(String file) {
        return new Position(file, 0, 0);
    }

    /** The same for a message. */
    public Place place() {
        return Place.of(file, line, column);
    }

    /** The form in messages about a value: {@code function.yaml:7}, or just the file where no line is known. */
    public String lineText() {
        return line == 0 ? file : file + ":" + line;
    }

    /** The form in messages about the text itself: {@code function.yaml:7:19}. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
