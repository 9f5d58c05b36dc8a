import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Every form in which a handler may answer; the path names the form. */
public class Handler implements EventHandler {

    private final Map<String, BiFunction<Context, Event, Response>> forms = new HashMap<>();
    private int count;

    public Handler() {
        shared();
        forms.put("/default", (c, e) -> new Response());
        forms.put("/type-empty", (c, e) -> new Response().setBody("x").setContentType(""));
        forms.put("/type-null", (c, e) -> new Response().setBody("x").setContentType(null));
        forms.put("/body-null", (c, e) -> new Response().setBody((byte[]) null));
        forms.put("/headers-values", (c, e) -> new Response()
                .setHeaders(headers("X-Int", 5, "X-Double", 1.5, "X-True", true, "X-List", List.of("a", "b"), "X-Null", null)));
        forms.put("/headers-null", (c, e) -> new Response().setBody("x").setHeaders(null));
        forms.put("/null", (c, e) -> null);
        forms.put("/exception", (c, e) -> { throw new IllegalStateException("went wrong"); });
        forms.put("/exception-cause", (c, e) -> { throw new IllegalStateException("outer", new RuntimeException("inner")); });
        forms.put("/exception-silent", (c, e) -> { throw new IllegalArgumentException(); });
        forms.put("/error", (c, e) -> { throw new AssertionError("an error"); });
        forms.put("/stack-overflow", (c, e) -> deeper(c, e));
        forms.put("/no-class", (c, e) -> { throw new NoClassDefFoundError("org/none/Missing"); });
        forms.put("/checked", (c, e) -> Handler.<RuntimeException>sneaky(new java.io.IOException("not declared")));
        forms.put("/interrupt-log", (c, e) -> {
            Thread.currentThread().interrupt();
            for (int i = 0; i < 20; i++) {
                c.getLogger().infoWith("interrupted", "filler", "x".repeat(20_000));
            }
            return new Response().setBody("" + Thread.interrupted());
        });
        forms.put("/interrupt", (c, e) -> { Thread.currentThread().interrupt(); return new Response().setBody("interrupted"); });
        forms.put("/interrupted", (c, e) -> new Response().setBody("" + Thread.interrupted()));
        forms.put("/subclass", (c, e) -> new Own());
        forms.put("/hostile", (c, e) -> new Hostile());
        forms.put("/worker", (c, e) -> new Response().setBody("" + c.getWorkerID()));
        forms.put("/loader", (c, e) -> new Response()
                .setBody("" + (Thread.currentThread().getContextClassLoader() == Handler.class.getClassLoader())));
    }

    /** What every language can answer; the paths are the same in all of {@code tests/functions/*}{@code /answers}. */
    private void shared() {
        forms.put("/text", (c, e) -> new Response().setBody("a text"));
        forms.put("/unicode", (c, e) -> new Response().setBody("Grüße, 世界 🎉"));
        forms.put("/empty", (c, e) -> new Response().setBody(""));
        forms.put("/octets", (c, e) -> new Response().setBody(new byte[] {0, -1, -2}).setContentType("application/octet-stream"));
        forms.put("/type", (c, e) -> new Response().setBody("{}").setContentType("application/json"));
        forms.put("/status", (c, e) -> new Response().setStatusCode(201).setBody("made"));
        forms.put("/status-zero", (c, e) -> new Response().setStatusCode(0).setBody("zero"));
        forms.put("/status-odd", (c, e) -> new Response().setStatusCode(799).setBody("x"));
        forms.put("/status-low", (c, e) -> new Response().setStatusCode(42).setBody("x"));
        forms.put("/status-huge", (c, e) -> new Response().setStatusCode(70_000).setBody("x"));
        forms.put("/no-content", (c, e) -> new Response().setStatusCode(204).setBody("dropped"));
        forms.put("/count", (c, e) -> new Response().setBody("" + ++count));
        forms.put("/headers", (c, e) -> new Response()
                .setHeaders(headers("x-lower", "1", "X_UNDER_SCORE", "2", "x-multi-word-name", "3")));
        forms.put("/headers-type", (c, e) -> new Response().setBody("x").setHeaders(headers("Content-Type", "text/html")));
        forms.put("/headers-hostile", (c, e) -> new Response().setBody("safe")
                .setHeaders(headers("X-Split", "a\r\nX-Injected: b", "Bad Name", "c", "Content-Length", "1", "X-Fine", "d")));
        forms.put("/headers-unicode", (c, e) -> new Response().setHeaders(headers("X-Word", "Grüße")));
        forms.put("/headers-framing", (c, e) -> new Response().setBody("kept")
                .setHeaders(headers("Transfer-Encoding", "chunked", "Content-Length", "99", "Connection", "close")));
        forms.put("/headers-server", (c, e) -> new Response().setHeaders(headers("Server", "mine")));
        forms.put("/headers-cookies", (c, e) -> new Response().setHeaders(headers("Set-Cookie", "a=1; Path=/")));
        forms.put("/headers-echo", (c, e) -> new Response().setBody("echoed").setHeaders(new HashMap<>(e.getHeaders())));
        forms.put("/raise", (c, e) -> { throw new IllegalStateException("went wrong"); });
        forms.put("/raise-unicode", (c, e) -> { throw new IllegalStateException("schön 🎉"); });
        forms.put("/echo", (c, e) -> new Response().setBody(e.getBody()).setContentType("application/octet-stream"));
        forms.put("/echo-part", (c, e) -> new Response().setBody(Arrays.copyOf(e.getBody(), 4)));
        forms.put("/large", (c, e) -> new Response().setBody("x".repeat((int) e.getFieldLong("size"))));
    }

    @Override
    public Response handleEvent(Context context, Event event) {
        return forms.get(event.getPath()).apply(context, event);
    }

    private static Map<String, Object> headers(Object... pairs) {
        Map<String, Object> headers = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.put((String) pairs[i], pairs[i + 1]);
        }
        return headers;
    }

    private static Response deeper(Context context, Event event) {
        return deeper(context, event).setBody("never");
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> Response sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /** A response of the user's own class. */
    private static final class Own extends Response {
        @Override
        public byte[] getBody() {
            return "my own".getBytes();
        }
    }

    private static final class Hostile extends Response {
        @Override
        public byte[] getBody() {
            throw new IllegalStateException("from getBody");
        }
    }
}
