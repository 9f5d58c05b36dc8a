import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.nio.charset.StandardCharsets;

/** Greets: GET /?name=Ada, or POST Ada. */
public class Handler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        String body = new String(event.getBody(), StandardCharsets.UTF_8);
        String asked = event.getFieldString("name");
        String name = !body.isEmpty() ? body : asked != null && !asked.isEmpty() ? asked : "world";
        context.getLogger().infoWith("greeting", "name", name);
        return new Response().setBody("Hello, " + name + "!");
    }
}
