package io.nucleon.command;

import io.nucleon.error.Place;

/**
 * Where the value of a flag comes from. Immutable.
 *
 * @param text as people are told: {@code flag}, {@code NUCLEON_PORT}, {@code nucleon.yaml:3}, {@code built in}
 * @param place in a settings file; {@link Place#NONE} of all others
 */
public record Origin(String text, Place place) {
    /** It was typed. */
    static final Origin FLAG = new Origin("flag", Place.NONE);

    /** Nobody said anything. */
    static final Origin BUILT_IN = new Origin("built in", Place.NONE);

    /** A variable of the environment. */
    static Origin variable(String name) {
        return new Origin(name, Place.NONE);
    }

    /** A line of a settings file. */
    static Origin line(Place place) {
        return new Origin(place.file() + ":" + place.line(), place);
    }

    /** Whether a settings file says it. */
    boolean isFile() {
        return !place.file().isEmpty();
    }
}
