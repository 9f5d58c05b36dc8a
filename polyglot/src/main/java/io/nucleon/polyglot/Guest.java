package io.nucleon.polyglot;

import java.io.IOException;

/** The code of one worker in a context. Confined to the worker's thread. */
interface Guest {

    /**
     * Loads the handler and serves events until the processor says stop, or the code ends itself.
     *
     * @throws org.graalvm.polyglot.PolyglotException if the context has ended: cancelled, over a limit, or by its own wish
     * @throws IOException when the processor is gone
     */
    void serve() throws IOException;

    static Guest of(GuestSite site, Port port) {
        return switch (site.setting().language()) {
            case JAVASCRIPT -> new JavaScriptGuest(site, port);
            case PYTHON -> new PythonGuest(site, port);
        };
    }
}
