package io.nucleon.trigger;

import io.nucleon.spec.field.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The attribute {@code event} of triggers that make their events themselves: every event is like it. */
public record FixedEvent(String body, Map<String, String> headers, String path, String method) {

    public FixedEvent {
        headers = Map.copyOf(headers);
    }

    /** Reads it from a trigger's attributes; everything in it may be left out. */
    public static FixedEvent read(Fields attributes) {
        Fields event = attributes.map("event");
        FixedEvent fixed = new FixedEvent(
                event.text("body", ""), event.textMap("headers"), event.text("path", ""), event.text("method", ""));
        event.done();
        return fixed;
    }

    /** One such event. */
    public SourceMessage at(long timeNanos) {
        SourceMessage.Builder message =
                SourceMessage.at(timeNanos).path(path).method(method).body(body.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, value) -> {
            if (name.equalsIgnoreCase("Content-Type")) {
                message.contentType(value);
            }
            message.header(name, value);
        });
        return message.build();
    }
}
