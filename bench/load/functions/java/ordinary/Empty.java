import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;

/** Answers nothing, on the worker's own thread. */
public class Empty implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        return new Response();
    }
}
