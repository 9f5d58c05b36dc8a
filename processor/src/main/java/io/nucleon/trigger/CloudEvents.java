package io.nucleon.trigger;

import io.nucleon.invoke.Event;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises events that carry a cloud event, versions 0.1 (as nuclio maps them) and 1.0 (which nuclio does not know), structured and
 * binary. For every trigger whose events have headers. Safe for many threads.
 *
 * <p>Both versions give the same members: {@code source} becomes the kind of the trigger, and its name too unless a 0.1 binary event has a
 * {@code CE-Name}. A structured event's content type, headers and body are those of its envelope: headers are the extensions, a string
 * in {@code data} is the body as it is, an object is the body as JSON text that the handler sees parsed; any other {@code data} is empty
 * in 0.1, as in nuclio, and JSON text in 1.0.
 */
public final class CloudEvents {

    private static final String STRUCTURED = "application/cloudevents";
    private static final Set<String> MEMBERS_OF_1 =
            Set.of("specversion", "id", "type", "source", "time", "datacontenttype", "data", "data_base64");

    private CloudEvents() {}

    /** Whether {@link #unwrap} can find more than the event itself. Cheap; for events that are none. */
    public static boolean isStructured(String contentType) {
        return contentType.startsWith(STRUCTURED);
    }

    /**
     * What the handler is to see for an event: itself if it is no cloud event, what it carries if it is one; empty if it says that it is a
     * structured one and is not.
     */
    public static Optional<Event> unwrap(Event carrier) {
        return isStructured(carrier.contentType())
                ? structured(carrier)
                : Optional.of(binary(carrier, HeaderNames.OF_HTTP).orElse(carrier));
    }

    /**
     * The same for a message of a broker, whose headers may also be named as the bindings for Kafka, AMQP and MQTT have it. Null for what
     * says that it is a structured event and is not.
     */
    public static Event unwrapMessage(Event carrier) {
        if (carrier.isPlain()) {
            return carrier;
        }
        if (isStructured(carrier.contentType())) {
            return structured(carrier).orElse(null);
        }
        for (HeaderNames names : HeaderNames.OF_BROKERS) {
            Optional<Event> seen = binary(carrier, names);
            if (seen.isPresent()) {
                return seen.get();
            }
        }
        return carrier;
    }

    /** Empty if it is none. */
    private static Optional<Event> binary(Event carrier, HeaderNames names) {
        CloudEvent.Attributes attributes;
        if (!header(carrier, names.version1).isEmpty()) {
            String source = header(carrier, names.of("Source"));
            attributes = new CloudEvent.Attributes(
                    header(carrier, names.of("Id")),
                    header(carrier, names.of("Type")),
                    "",
                    header(carrier, names.version1),
                    source,
                    source,
                    time(header(carrier, names.of("Time"))).orElse(carrier.timeNanos()));
        } else if (!header(carrier, names.version0).isEmpty()) {
            attributes = new CloudEvent.Attributes(
                    header(carrier, names.of("Eventid")),
                    header(carrier, names.of("Eventtype")),
                    header(carrier, names.of("Eventtypeversion")),
                    header(carrier, names.version0),
                    header(carrier, names.of("Source")),
                    header(carrier, names.of("Name")),
                    // nuclio falls back to the year 1, which no clock of ours can hold.
                    time(header(carrier, names.of("Eventtime"))).orElse(carrier.timeNanos()));
        } else {
            return Optional.empty();
        }
        CloudEvent event = new CloudEvent(carrier, attributes, null);
        return event.fits() ? Optional.of(event) : Optional.empty();
    }

    /** How the members of a binary event are spelled; those that every event is looked at for are made once. */
    private record HeaderNames(String prefix, String version1, String version0) {

        static final HeaderNames OF_HTTP = with("Ce-");
        /** Of HTTP, NATS and nuclio; Kafka; AMQP in two spellings; MQTT, where they have no prefix. */
        static final List<HeaderNames> OF_BROKERS =
                List.of(OF_HTTP, with("ce_"), with("cloudEvents:"), with("cloudEvents_"), with(""));

        private static HeaderNames with(String prefix) {
            return new HeaderNames(prefix, prefix + "Specversion", prefix + "Cloudeventsversion");
        }

        String of(String member) {
            return prefix + member;
        }
    }

    private static String header(Event carrier, String name) {
        String value = carrier.header(name);
        return value == null ? "" : value;
    }

    private static Optional<Event> structured(Event carrier) {
        ByteBuffer body = carrier.body();
        byte[] text = new byte[body.remaining()];
        body.get(text);
        return JsonObject.parse(text)
                .flatMap(envelope -> envelope.member("specversion").isPresent()
                        ? version1(carrier, envelope)
                        : version0(carrier, envelope))
                .filter(CloudEvent::fits)
                .map(event -> event);
    }

    private static Optional<CloudEvent> version0(Event carrier, JsonObject envelope) {
        if (!areStrings(
                envelope,
                "eventID",
                "eventType",
                "eventTypeVersion",
                "cloudEventsVersion",
                "source",
                "eventTime",
                "contentType")) {
            return Optional.empty();
        }
        String source = text(envelope, "source");
        Optional<JsonObject> extensions = envelope.member("extensions").flatMap(one -> JsonObject.parse(one.raw()));
        Map<String, String> headers = new LinkedHashMap<>();
        extensions.ifPresent(object -> object.members().forEach((name, value) -> headers.put(name, value.string())));
        return timeOf(carrier, envelope, "eventTime")
                .map(time -> new CloudEvent(
                        carrier,
                        new CloudEvent.Attributes(
                                text(envelope, "eventID"),
                                text(envelope, "eventType"),
                                text(envelope, "eventTypeVersion"),
                                text(envelope, "cloudEventsVersion"),
                                source,
                                source,
                                time),
                        payload(text(envelope, "contentType"), headers, envelope, false)));
    }

    private static Optional<CloudEvent> version1(Event carrier, JsonObject envelope) {
        if (!areStrings(envelope, "specversion", "id", "type", "source", "time", "datacontenttype", "data_base64")) {
            return Optional.empty();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        envelope.members().forEach((name, value) -> {
            if (!MEMBERS_OF_1.contains(name) && value.kind() != JsonValue.Kind.NULL) {
                headers.put(name, value.string());
            }
        });
        String source = text(envelope, "source");
        return timeOf(carrier, envelope, "time")
                .flatMap(time -> payload1(envelope, headers)
                        .map(payload -> new CloudEvent(
                                carrier,
                                new CloudEvent.Attributes(
                                        text(envelope, "id"),
                                        text(envelope, "type"),
                                        "",
                                        text(envelope, "specversion"),
                                        source,
                                        source,
                                        time),
                                payload)));
    }

    private static Optional<CloudEvent.Payload> payload1(JsonObject envelope, Map<String, String> headers) {
        String type = text(envelope, "datacontenttype");
        Optional<JsonValue> encoded = envelope.member("data_base64");
        if (encoded.isEmpty()) {
            return Optional.of(payload(type, headers, envelope, true));
        }
        try {
            byte[] body = Base64.getDecoder().decode(encoded.get().string());
            return Optional.of(new CloudEvent.Payload(type, headers, body, false));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static CloudEvent.Payload payload(
            String contentType, Map<String, String> headers, JsonObject envelope, boolean anyJson) {
        Optional<JsonValue> data = envelope.member("data");
        byte[] body = switch (data.map(JsonValue::kind).orElse(JsonValue.Kind.NULL)) {
            case STRING -> data.get().string().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            case OBJECT -> data.get().raw();
            case ARRAY, NUMBER, BOOLEAN -> anyJson ? data.get().raw() : new byte[0];
            case NULL -> new byte[0];
        };
        boolean isObject = data.map(JsonValue::kind).orElse(JsonValue.Kind.NULL) == JsonValue.Kind.OBJECT;
        return new CloudEvent.Payload(contentType, headers, body, isObject);
    }

    private static boolean areStrings(JsonObject envelope, String... names) {
        for (String name : names) {
            Optional<JsonValue> value = envelope.member(name);
            if (value.isPresent() && value.get().kind() != JsonValue.Kind.STRING) {
                return false;
            }
        }
        return true;
    }

    private static String text(JsonObject envelope, String name) {
        return envelope.member(name).map(JsonValue::string).orElse("");
    }

    /** The carrier's time if the envelope names none; empty if it names none that can be read. */
    private static Optional<Long> timeOf(Event carrier, JsonObject envelope, String name) {
        return envelope.member(name).isEmpty() ? Optional.of(carrier.timeNanos()) : time(text(envelope, name));
    }

    /** An RFC 3339 time in ns since 1970, the nearest there is if it is out of the range of that. */
    private static Optional<Long> time(String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            long seconds = Math.clamp(instant.getEpochSecond(), -9_223_372_036L, 9_223_372_035L);
            return Optional.of(seconds * 1_000_000_000L + instant.getNano());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
