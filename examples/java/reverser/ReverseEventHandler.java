import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.nio.charset.StandardCharsets;

/** Turns a text round, letter by letter. POST the text. */
public class ReverseEventHandler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        String text = new String(event.getBody(), StandardCharsets.UTF_8);
        String reversed = new StringBuilder(text).reverse().toString();
        context.getLogger().infoWith("reversed", "length", text.length());
        return new Response().setBody(reversed.getBytes(StandardCharsets.UTF_8));
    }
}
