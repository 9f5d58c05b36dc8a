import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.NonBlocking;
import io.nuclio.Response;

/**
 * Answers without ever waiting, and says so: it then runs where the event arrived, with no change of thread. A handler that reads files,
 * sleeps or calls others must not say so.
 */
@NonBlocking
public class NonBlockingHandler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        return new Response().setBody("" + event.getPath().length());
    }
}
