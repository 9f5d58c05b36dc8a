package io.nucleon.polyglot;

import java.io.IOException;
import org.graalvm.polyglot.Context;

/** The code of one worker in a context. Confined to the worker's thread. */
interface Guest {

    /**
     * Loads the handler and serves events until the processor says stop, or the code ends itself.
     *
     * @throws org.graalvm.polyglot.PolyglotException if the context has ended: cancelled, over a limit, or by its own wish
     * @throws IOException when the processor is gone
     */
    void serve() throws IOException;

    static Guest of(GuestSetting setting, Context context, Port port, GuestOutput output) {
        return switch (setting.language()) {
            case JAVASCRIPT -> new JavaScriptGuest(setting, context, port, output);
            case PYTHON -> new PythonGuest(setting, context, port);
        };
    }
}
