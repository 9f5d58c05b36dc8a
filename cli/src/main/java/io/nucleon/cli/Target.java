package io.nucleon.cli;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.HostUrls;
import io.nucleon.host.RunState;
import java.io.Closeable;
import java.net.URI;
import java.util.OptionalLong;

/**
 * Where a function takes calls. Closing it ends what was started for it.
 *
 * @param name as messages call it
 * @param host where its host is asked about itself
 * @param pid of its host, if it is on this machine
 * @param deployed whether it is a platform's, and not one that somebody runs
 * @param open what ends with the calls; nothing for a function that runs anyway
 * @param note what the status line adds; may be empty
 */
record Target(String name, URI url, HostUrls host, OptionalLong pid, boolean deployed, Closeable open, String note) {
    private static final Closeable NOTHING = () -> {};

    /**
     * A function that somebody else runs.
     *
     * @param note what the status line adds
     * @throws io.nucleon.error.NucleonException NUC-8010 if it takes no calls
     */
    static Target running(RunState state, String note) {
        URI url = state.url().orElseThrow(() -> noHttp(state.name()));
        return new Target(
                state.name(), url, state.host(), OptionalLong.of(state.pid()), state.deployed(), NOTHING, note);
    }

    static RuntimeException noHttp(String name) {
        return ErrorMessage.of(
                        ErrorCode.TRIGGER_NOT_THERE,
                        "function '" + name + "' has no http trigger",
                        "it takes events of other sources only",
                        "send it one of those: nucleon events send KIND " + CurlLine.quoted(name))
                .toException();
    }

    /** An address of which nothing else is known. */
    static Target at(URI url) {
        return new Target(url.toString(), url, HostUrls.NONE, OptionalLong.empty(), false, NOTHING, "");
    }
}
