package samples;

import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Sets status, content type and headers from what it got. */
public class HeaderEcho implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        Map<String, Object> headers = new HashMap<>();
        headers.put("X-Original", event.getHeaderString("x-original"));
        headers.put("X-Count", event.getFieldLong("count") + 1);
        return new Response()
                .setStatusCode(201)
                .setContentType("application/json")
                .setHeaders(headers)
                .setBody("{}".getBytes(StandardCharsets.UTF_8));
    }
}
