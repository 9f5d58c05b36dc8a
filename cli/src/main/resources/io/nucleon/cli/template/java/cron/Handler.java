import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;

/** Runs by the schedule in function.yaml. */
public class Handler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        context.getLogger().infoWith("running", "scheduled", event.getTimestamp());
        return new Response().setBody("done");
    }
}
