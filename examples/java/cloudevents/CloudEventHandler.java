import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.nio.charset.StandardCharsets;

/** Takes CloudEvents in both forms, as headers (binary) and as one JSON document (structured), without a line of code for either. */
public class CloudEventHandler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        String data = new String(event.getBody(), StandardCharsets.UTF_8);
        String source = event.getTriggerInfo().getKindName();
        return new Response().setBody(event.getType() + " from " + source + ", " + event.getID() + ": " + data);
    }
}
