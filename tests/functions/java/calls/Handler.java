import static java.nio.charset.StandardCharsets.UTF_8;

import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.FunctionCall;
import io.nuclio.Response;
import java.util.Map;

/** Calls itself by its name, through the platform: two workers, as each call takes both sides. */
public class Handler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        return switch (event.getPath()) {
            case "/seen" -> seen(event);
            case "/echo" -> new Response().setBody(event.getBody()).setContentType(event.getContentType());
            case "/fail" -> throw new IllegalArgumentException("as told");
            case "/forward" -> forwarded(call(context, event));
            default -> described(call(context, event));
        };
    }

    private static Response seen(Event event) {
        return new Response()
                .setHeaders(Map.of("X-Seen", "Yes"))
                .setContentType("application/json")
                .setBody("""
                        {"method": "%s", "path": "%s", "fields": {"x": "%s"}, "content_type": "%s", "target": "%s",
                         "passed": "%s", "body": "%s"}"""
                        .formatted(
                                event.getMethod(),
                                event.getPath(),
                                event.getFieldString("x"),
                                event.getContentType(),
                                event.getHeaderString("X-Nuclio-Target"),
                                event.getHeaderString("X-Passed"),
                                new String(event.getBody(), UTF_8)));
    }

    private static Response call(Context context, Event event) {
        FunctionCall call =
                new FunctionCall().setBody(event.getBody()).setHeaders(Map.of("X-Passed", "on"));
        if (!event.getContentType().isEmpty()) {
            call.setContentType(event.getContentType());
        }
        if (event.getFieldString("method") != null) {
            call.setMethod(event.getFieldString("method"));
        }
        if (event.getFieldString("path") != null) {
            call.setPath(event.getFieldString("path"));
        }
        String to = event.getFieldString("to");
        return context.getPlatform().callFunction(to == null ? "calls" : to, call);
    }

    private static Response forwarded(Response answer) {
        return new Response()
                .setStatusCode(answer.getStatusCode())
                .setContentType(answer.getContentType())
                .setBody(answer.getBody());
    }

    private static Response described(Response answer) {
        return new Response()
                .setContentType("application/json")
                .setBody("{\"status\": %d, \"content_type\": \"%s\", \"seen\": %s}"
                        .formatted(
                                answer.getStatusCode(),
                                answer.getContentType(),
                                answer.getHeaders().containsKey("x-seen")
                                        ? "\"" + answer.getHeaders().get("x-seen") + "\""
                                        : "null"));
    }
}
