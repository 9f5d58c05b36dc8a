import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.NonBlocking;
import io.nuclio.Response;

/** The way most of nuclio's examples are written: no package. */
@NonBlocking
@SuppressWarnings("DefaultPackage")
public class DefaultPackageHandler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        return new Response().setBody(event.getBody());
    }
}
