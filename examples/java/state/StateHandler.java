import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.util.Map;

/**
 * Knows the capitals that it loaded once, and counts the questions. The constructor runs before the first event, once for each worker,
 * and a worker handles one event at a time: its fields need no lock.
 */
public class StateHandler implements EventHandler {

    private final Map<String, String> capitals;
    private int asked;

    public StateHandler() {
        capitals = Map.of("France", "Paris", "Japan", "Tokyo", "Kenya", "Nairobi", "Peru", "Lima");
    }

    @Override
    public Response handleEvent(Context context, Event event) {
        asked++;
        String country = event.getFieldString("country");
        String capital = country == null ? null : capitals.get(country);
        if (capital == null) {
            return new Response().setStatusCode(404).setBody("no capital of '" + country + "' is known");
        }
        return new Response()
                .setContentType("application/json")
                .setBody("{\"capital\": \"" + capital + "\", \"asked\": " + asked + "}");
    }
}
