import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.NonBlocking;
import io.nuclio.Response;

/** Answers nothing, where the event arrived. */
@NonBlocking
public class Empty implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        return new Response();
    }
}
