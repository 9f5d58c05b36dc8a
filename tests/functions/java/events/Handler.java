import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.util.Base64;
import java.util.Map;

/** Answers with everything that an event holds, in the form of the Python function of this name. */
public class Handler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        Json json = new Json();
        json.text("content_type", event.getContentType()).map("fields", event.getFields());
        json.map("headers", event.getHeaders()).text("id", event.getID()).text("method", event.getMethod());
        json.text("path", event.getPath()).text("url", event.getURL()).number("shard_id", event.getShardID());
        json.number("num_shards", event.getTotalNumShards()).text("type", event.getType());
        json.text("type_version", event.getTypeVersion()).text("version", event.getVersion());
        json.raw("trigger", new Json().text("kind", event.getTriggerInfo().getKindName())
                .text("class", event.getTriggerInfo().getClassName()).toString());
        json.raw("body", body(event));
        json.number("millis", event.getTimestamp().getTime() % 1000);
        json.number("age", (System.currentTimeMillis() - event.getTimestamp().getTime()) / 1000);
        String get = event.getFieldString("get");
        if (get != null) {
            got(json, event, get);
        }
        return new Response().setBody(json.toString()).setContentType("application/json");
    }

    private static String body(Event event) {
        Json value = new Json().text("kind", "bytes").text("base64", base64(event.getBody()));
        boolean same = event.getBodyObject() == event.getBody();
        return new Json().text("kind", same ? "bytes" : "other").raw("value", value.toString()).toString();
    }

    private static void got(Json json, Event event, String name) {
        json.text("got", event.getHeaderString(name)).number("got_long", event.getHeaderLong(name));
        json.text("got_bytes", event.getHeaderBytes(name) == null ? null : base64(event.getHeaderBytes(name)));
        json.number("field_long", event.getFieldLong("number"));
        json.text("field_bytes", base64(event.getFieldBytes("get")));
        json.text("no_field", event.getFieldString("none"));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Just enough of JSON. */
    private static final class Json {
        private final StringBuilder text = new StringBuilder("{");

        Json raw(String name, String value) {
            text.append(text.length() > 1 ? "," : "").append(quoted(name)).append(':').append(value);
            return this;
        }

        Json text(String name, String value) {
            return raw(name, value == null ? "null" : quoted(value));
        }

        Json number(String name, long value) {
            return raw(name, Long.toString(value));
        }

        Json map(String name, Map<String, Object> map) {
            Json json = new Json();
            map.forEach((key, value) -> json.text(key, String.valueOf(value)));
            return raw(name, json.toString());
        }

        private static String quoted(String value) {
            StringBuilder quoted = new StringBuilder("\"");
            for (char c : value.toCharArray()) {
                quoted.append(c < ' ' || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : c);
            }
            return quoted.append('"').toString();
        }

        @Override
        public String toString() {
            return text + "}";
        }
    }
}
