import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** The checker function of {@code nucleon conformance}: what each path does is in docs/how-to/add-a-language.md. */
public final class Checker implements EventHandler {

    private static final long LOOK_NANOS = 5_000_000;

    @Override
    public Response handleEvent(Context context, Event event) {
        Response response = new Response();
        return switch (event.getPath()) {
            case "/echo" -> response.setBody(event.getBody());
            case "/answer" ->
                response.setBody("made")
                        .setStatusCode(201)
                        .setContentType("text/x-checker")
                        .setHeaders(Map.of("X-Checker", "gr\u00fcn"));
            case "/raise" -> throw new IllegalArgumentException("the checker raises");
            case "/log" -> {
                context.getLogger().debugWith("one", "number", 1);
                context.getLogger().infoWith("two", "number", 2);
                context.getLogger().warnWith("three", "number", 3);
                context.getLogger().errorWith("four \u00fc\n", "number", 4);
                yield response.setBody("logged");
            }
            case "/size" -> response.setBody("x".repeat(Integer.parseInt(new String(event.getBody()))));
            case "/wait" -> response.setBody(await(new String(event.getBody())));
            case "/no-ack" -> response.setBody("not acked").setHeaders(Map.of("x-nuclio-stream-no-ack", true));
            case "/object", "/trigger", "/stream", "/stream-breaks", "/ack", "/view", "/keep", "/batch" ->
                response.setStatusCode(501).setBody("not for Java");
            default -> response.setBody(show(event));
        };
    }

    private static String await(String gate) {
        try {
            Files.createFile(Path.of(gate + ".in"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (!Files.exists(Path.of(gate + ".go"))) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return "waited";
    }

    private static String show(Event event) {
        return "{\"method\":" + quoted(event.getMethod())
                + ",\"path\":" + quoted(event.getPath())
                + ",\"fields\":" + object(event.getFields())
                + ",\"headers\":" + object(event.getHeaders())
                + ",\"content_type\":" + quoted(event.getContentType())
                + ",\"id\":" + quoted(event.getID())
                + ",\"trigger_kind\":" + quoted(event.getTriggerInfo().getKindName())
                + ",\"shard\":" + event.getShardID()
                + ",\"num_shards\":" + event.getTotalNumShards()
                + ",\"url\":" + quoted(event.getURL())
                + ",\"type\":" + quoted(event.getType())
                + ",\"type_version\":" + quoted(event.getTypeVersion())
                + ",\"version\":" + quoted(event.getVersion())
                + ",\"body\":" + quoted(Base64.getEncoder().encodeToString(event.getBody())) + "}";
    }

    private static String object(Map<String, Object> map) {
        return map.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ":" + quoted(String.valueOf(entry.getValue())))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String text) {
        return text == null ? "null" : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
