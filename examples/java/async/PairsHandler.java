import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Waits for something slow without holding others up. A worker is a thread of the processor and handles one event at a time, so
 * {@code numWorkers} in function.yaml says how many are in flight. Here two callers wait for each other, which shows that both are. Each
 * worker has an object of its own; what they share is static, and must be safe for many threads.
 */
public class PairsHandler implements EventHandler {

    private static final Map<String, CompletableFuture<String>> TABLES = new ConcurrentHashMap<>();

    @Override
    public Response handleEvent(Context context, Event event) {
        String table = event.getFieldString("table");
        CompletableFuture<String> partner = new CompletableFuture<>();
        CompletableFuture<String> waiting = TABLES.putIfAbsent(table, partner);
        if (waiting == null) {
            return new Response().setBody(partner.join() + " came");
        }
        TABLES.remove(table);
        waiting.complete(event.getFieldString("name"));
        return new Response().setBody("you made the pair");
    }
}
