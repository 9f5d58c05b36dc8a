package samples;

import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.util.Map;

public class Greeter implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        String name = event.getFieldString("name");
        if (name == null) {
            return new Response().setStatusCode(400).setBody("who?");
        }
        context.getLogger().infoWith("greeting", "name", name, "bytes", event.getBody().length);
        return new Response().setHeaders(Map.of("X-Greeted", name)).setBody("Hello, " + name);
    }
}
