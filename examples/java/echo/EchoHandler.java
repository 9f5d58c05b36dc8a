import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.util.Map;

/** Sends back what it got: body, content type, and what the request was. */
public class EchoHandler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        String type = event.getContentType();
        String who = event.getFieldString("who");
        return new Response()
                .setBody(event.getBody())
                .setContentType(type.isEmpty() ? "application/octet-stream" : type)
                .setHeaders(Map.of(
                        "X-Method", event.getMethod(), "X-Path", event.getPath(), "X-Who", who == null ? "nobody" : who));
    }
}
