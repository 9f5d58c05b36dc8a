package io.nuclio;

/**
 * A user's function.
 *
 * <p>The class needs a public constructor without parameters; there is no other hook for set-up. Every worker makes one
 * instance and calls it with one event at a time, on the worker's own thread, so that fields need no locks; static
 * fields are shared by all workers of the process. A class marked {@link NonBlocking} is called where the event arrived.
 */
public interface EventHandler {

    /**
     * Handles one event.
     *
     * <p>An exception is answered with status 500 and the exception's text; the worker lives on.
     *
     * @param event valid until this method returns
     * @return the answer, never null
     */
    Response handleEvent(Context context, Event event);
}
