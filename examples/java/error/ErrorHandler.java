import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;

/** Fails in the two ways there are: by an answer with a status of its own, and by an exception, which is a 500. */
public class ErrorHandler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        if (!event.getPath().equals("/divide")) {
            return new Response().setStatusCode(404).setBody("nothing at " + event.getPath());
        }
        String by = event.getFieldString("by");
        if (by == null || !by.matches("-?\\d{1,9}")) {
            return new Response().setStatusCode(400).setBody("'by' must be a whole number");
        }
        return new Response().setBody("" + 100 / Integer.parseInt(by));
    }
}
