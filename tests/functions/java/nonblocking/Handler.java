import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.NonBlocking;
import io.nuclio.Response;

/** Runs on the event loop. */
@NonBlocking
public class Handler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        switch (event.getPath()) {
            case "/raise" -> throw new IllegalStateException("on the loop");
            case "/log" -> context.getLogger().info("from the loop");
            case "/echo" -> {
                return new Response().setBody(event.getBody());
            }
            default -> {}
        }
        return new Response().setBody("fine");
    }
}
