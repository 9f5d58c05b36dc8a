package io.nucleon.cli;

import java.io.Closeable;
import java.net.URI;

/**
 * Where a function takes calls. Closing it ends what was started for it.
 *
 * @param name as messages call it
 * @param open what ends with the calls; nothing for a function that runs anyway
 * @param note what the status line adds; may be empty
 */
record Target(String name, URI url, Closeable open, String note) {
    private static final Closeable NOTHING = () -> {};

    /** A function that somebody else runs. */
    static Target running(String name, URI url) {
        return new Target(name, url, NOTHING, "");
    }
}
