import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stores what an event tells, {"id": 7}. An event that throws is tried again, then dead-lettered. */
public class Handler implements EventHandler {

    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\\d+)");

    @Override
    public Response handleEvent(Context context, Event event) {
        Matcher order = ID.matcher(new String(event.getBody(), StandardCharsets.UTF_8));
        if (!order.find()) {
            throw new IllegalArgumentException("an order without an id");
        }
        context.getLogger().infoWith("stored", "id", order.group(1));
        return new Response().setBody("{\"stored\":" + order.group(1) + "}");
    }
}
