package io.nuclio.testing;

import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;

/**
 * Calls a handler as a worker does, on the caller's thread.
 *
 * <p>What the handler throws reaches the caller as it is; a null answer is an {@link AssertionError}, since the worker
 * has nothing to send then.
 */
public final class HandlerTest {

    private HandlerTest() {}

    public static Response call(EventHandler handler, TestEvent.Builder event) {
        return call(handler, event.build());
    }

    public static Response call(EventHandler handler, Event event) {
        return call(handler, event, new TestContext());
    }

    /** For a test that looks at the log afterwards, or calls twice on one worker. */
    public static Response call(EventHandler handler, TestEvent.Builder event, Context context) {
        return call(handler, event.build(), context);
    }

    public static Response call(EventHandler handler, Event event, Context context) {
        Response response = handler.handleEvent(context, event);
        if (response == null) {
            throw new AssertionError(
                    handler.getClass().getName() + " returned null; return new Response() for an empty answer");
        }
        return response;
    }
}
