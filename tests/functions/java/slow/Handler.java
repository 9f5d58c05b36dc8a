import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.util.concurrent.CountDownLatch;

/** Is over its time where the path says so. */
public class Handler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        if (event.getPath().equals("/hang")) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return new Response().setBody(event.getPath());
    }
}
