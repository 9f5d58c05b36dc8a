package io.nucleon.app;

import java.nio.file.Path;

/**
 * What the command line says instead of the function's files.
 *
 * @param address to listen on, {@code host:port}; empty = as the files say
 * @param workers 0 = as the files say
 * @param inFlight 0 = as the files say
 * @param transport {@code auto} = as the files say
 * @param runtime empty = as the files say
 * @param interpreter null = found
 * @param inspect port for a debugger; 0 = as usual for the language, negative = none may come
 */
record Overrides(
        String address, int workers, int inFlight, String transport, String runtime, Path interpreter, int inspect) {

    /** As the files say. */
    static final Overrides NONE = new Overrides("", 0, 0, "auto", "", null, -1);

    /** Whether a debugger may come. */
    boolean isInspected() {
        return inspect >= 0;
    }
}
