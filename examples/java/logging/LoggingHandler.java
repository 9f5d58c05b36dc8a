import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Logger;
import io.nuclio.Response;

/** Logs at all levels. Fields are part of the record; a caller sees an event's records with the header X-Nuclio-Log-Level. */
public class LoggingHandler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        Logger logger = context.getLogger();
        logger.debug("nobody needs to know");
        logger.infoWith("order came", "number", 17, "customer", event.getFieldString("customer"));
        logger.warnWith("stock is low", "left", 3);
        logger.error("%s of %s failed", "printing", "a label");
        return new Response().setBody("logged");
    }
}
