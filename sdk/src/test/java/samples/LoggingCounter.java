package samples;

import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Logger;
import io.nuclio.Response;

/** Keeps state between events and logs at each level, both ways. */
public class LoggingCounter implements EventHandler {

    private int calls;

    @Override
    public Response handleEvent(Context context, Event event) {
        calls++;
        Logger logger = context.getLogger();
        logger.debug("call %d of %s", calls, event.getPath());
        logger.info("plain");
        logger.warn("%.1f%% full", 99.5);
        logger.error("trigger %s", event.getTriggerInfo().getKindName());
        logger.debugWith("no pairs");
        logger.infoWith("handled", "calls", calls, "method", event.getMethod());
        logger.warnWith("null value", "value", null);
        logger.errorWith("100% as it is", "rate", 0.5);
        return new Response().setBody("" + calls);
    }
}
