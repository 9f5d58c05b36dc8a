import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

/**
 * Holds events back and acks them later: {@code NAME:hold} waits for an event {@code NAME:flush}. What it does with each is a line in the
 * ledger: {@code WHAT NAME SHARD OFFSET PID}.
 */
public class Acks implements EventHandler {

    private record Place(String name, String topic, int shard, long offset) {}

    private final Queue<Place> held = new ArrayDeque<>();

    @Override
    public Response handleEvent(Context context, Event event) {
        String[] words = new String(event.getBody()).split(":");
        Place place = new Place(words[0], event.getTopic(), (int) event.getShardID(), event.getOffset());
        if (words[1].equals("hold")) {
            held.add(place);
            note("held", place);
            return new Response().setBody("").setHeaders(Map.of("X-Nuclio-Stream-No-Ack", true));
        }
        for (Place next = held.poll(); next != null; next = held.poll()) {
            context.getPlatform().explicitAck(next.topic(), next.shard(), next.offset());
            note("acked", next);
        }
        note("did", place);
        return new Response().setBody("");
    }

    private static void note(String what, Place place) {
        String line = "%s %s %d %d %d%n"
                .formatted(what, place.name(), place.shard(), place.offset(), ProcessHandle.current().pid());
        try {
            Files.writeString(Path.of(System.getenv("LEDGER")), line, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
