import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;

/** Says hello. */
public class HelloHandler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        return new Response().setBody("Hello, world");
    }
}
