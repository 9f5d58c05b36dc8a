package samples;

import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;

/** Answers with the body backwards. */
@SuppressWarnings("DefaultCharset")
public class Reverser implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        String body = new String(event.getBody());
        return new Response().setBody(new StringBuilder(body).reverse().toString());
    }
}
