package io.nucleon.journal;

import io.nucleon.error.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recorded events as JSON: what files of events hold, a line each, what commands show, and what they send to a host. Written with
 * {@link JsonWriter}, read from the maps that a reader of JSON makes. Stateless. docs/events.md describes the members.
 */
public final class EventJson {

    private static final long NANOS = 1_000_000_000;
    private static final double NANOS_A_MILLI = 1e6;

    private EventJson() {}

    /** An entry as a line of a file, without its end. */
    public static String line(Entry entry) {
        JsonWriter json = new JsonWriter().object();
        json.name("apiVersion").value("v1").name("kind").value("event");
        json.name("id").value(entry.id()).name("function").value(entry.function());
        entry.event().ifPresent(event -> write(json, event));
        entry.answer()
                .ifPresent(answer -> write(json.name("answer").object(), answer).endObject());
        return json.endObject().toString();
    }

    /** Adds the members of an event to an object. */
    public static JsonWriter write(JsonWriter json, RecordedEvent event) {
        json.name("trigger").value(event.trigger());
        json.name("triggerKind").value(event.kind());
        json.name("source").value(event.origin());
        json.name("time").value(time(event.timeNanos()));
        json.name("method").value(event.method());
        json.name("path").value(event.path());
        json.name("query").value(event.query());
        json.name("contentType").value(event.contentType());
        json.name("sourceId").value(event.sourceId());
        for (int i = 0; i < event.extra().size(); i += 2) {
            if (!isMember(event.extra().get(i))) {
                json.name(event.extra().get(i)).value(event.extra().get(i + 1));
            }
        }
        if (event.shard() >= 0) {
            json.name("partition").value(event.shard());
        }
        if (event.streamOffset() != 0 || event.shard() >= 0) {
            json.name("offset").value(event.streamOffset());
        }
        headers(json, event.headers());
        body(json, event.body());
        if (event.objectBody()) {
            json.name("objectBody").value(true);
        }
        return json;
    }

    /** Adds the members of an answer to an object. */
    public static JsonWriter write(JsonWriter json, RecordedAnswer answer) {
        json.name("outcome").value(answer.outcome());
        json.name("status").value(answer.status());
        json.name("contentType").value(answer.contentType());
        headers(json, answer.headers());
        body(json, answer.body());
        json.name("handlerMs").value(answer.handlerNanos() / NANOS_A_MILLI);
        json.name("code").value(answer.code().isEmpty() ? null : answer.code());
        json.name("error").value(answer.reason().isEmpty() ? null : answer.reason());
        return json;
    }

    /** A time as files have it; ns since 1970. */
    public static String time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS))
                .toString();
    }

    private static void headers(JsonWriter json, List<String> pairs) {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            byName.computeIfAbsent(pairs.get(i), name -> new ArrayList<>()).add(pairs.get(i + 1));
        }
        headers(json, byName);
    }

    /** Adds the member {@code headers}; names that came more than once have a list of values. */
    public static void headers(JsonWriter json, Map<String, List<String>> byName) {
        json.name("headers").object();
        byName.forEach((name, values) -> {
            json.name(name);
            if (values.size() == 1) {
                json.value(values.getFirst());
            } else {
                json.array();
                values.forEach(json::value);
                json.endArray();
            }
        });
        json.endObject();
    }

    /** Adds the member {@code body}: as text if it is text, so that a reader need not decode it, else {@code bodyBase64}. */
    public static void body(JsonWriter json, ByteBuffer body) {
        try {
            json.name("body")
                    .value(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(body.duplicate())
                            .toString());
        } catch (CharacterCodingException e) {
            byte[] bytes = new byte[body.remaining()];
            body.duplicate().get(bytes);
            json.value((String) null)
                    .name("bodyBase64")
                    .value(Base64.getEncoder().encodeToString(bytes));
        }
    }

    /**
     * The event that an object describes; members that are missing are empty.
     *
     * @throws IllegalArgumentException that says which member is wrong
     */
    public static RecordedEvent event(Map<String, ?> members) {
        List<String> extra = new ArrayList<>();
        members.forEach((name, value) -> {
            if (!isMember(name) && value instanceof String text && !text.isEmpty()) {
                extra.add(name);
                extra.add(text);
            }
        });
        return new RecordedEvent(
                text(members, "trigger"),
                text(members, "triggerKind"),
                text(members, "triggerClass"),
                nanos(members, "time"),
                text(members, "method"),
                text(members, "path"),
                text(members, "query"),
                text(members, "contentType"),
                text(members, "sourceId"),
                (int) number(members, "partition", -1, -1, Integer.MAX_VALUE),
                number(members, "offset", 0, 0, Long.MAX_VALUE),
                extra,
                headers(members),
                body(members),
                Boolean.TRUE.equals(members.get("objectBody")));
    }

    /**
     * The answer that an object describes.
     *
     * @throws IllegalArgumentException that says which member is wrong
     */
    public static RecordedAnswer answer(Map<String, ?> members) {
        return new RecordedAnswer(
                text(members, "outcome"),
                (int) number(members, "status", 0, 0, 999),
                text(members, "contentType"),
                headers(members),
                body(members),
                members.get("handlerMs") instanceof Number millis ? (long) (millis.doubleValue() * NANOS_A_MILLI) : 0,
                text(members, "code"),
                text(members, "error"));
    }

    /** Members that are not of the {@code extra} block. */
    private static boolean isMember(String name) {
        return switch (name) {
            case "apiVersion",
                    "kind",
                    "id",
                    "function",
                    "trigger",
                    "triggerKind",
                    "triggerClass",
                    "source",
                    "time",
                    "method",
                    "path",
                    "query",
                    "contentType",
                    "sourceId",
                    "partition",
                    "offset",
                    "headers",
                    "body",
                    "bodyBase64",
                    "objectBody",
                    "answer",
                    "attempts",
                    "crashes",
                    "firstFailed",
                    "lastFailed",
                    "code",
                    "error",
                    "state" -> true;
            default -> false;
        };
    }

    private static String text(Map<String, ?> members, String name) {
        return switch (members.get(name)) {
            case null -> "";
            case String text when text.indexOf('\0') < 0 -> text;
            default -> throw new IllegalArgumentException("'" + name + "' must be a text");
        };
    }

    private static long number(Map<String, ?> members, String name, long otherwise, long least, long most) {
        Object value = members.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number) {
            double given = number.doubleValue();
            if (given >= least && given <= most && given == Math.rint(given)) {
                return number.longValue();
            }
        }
        throw new IllegalArgumentException("'" + name + "' must be a whole number of " + least + " or more");
    }

    private static long nanos(Map<String, ?> members, String name) {
        String text = text(members, name);
        if (text.isEmpty()) {
            return 0;
        }
        try {
            Instant time = Instant.parse(text);
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("'" + name + "' must be a time such as 2026-01-31T12:00:00Z", e);
        }
    }

    private static List<String> headers(Map<String, ?> members) {
        List<String> pairs = new ArrayList<>();
        Object value = members.get("headers");
        if (value != null && !(value instanceof Map<?, ?>)) {
            throw new IllegalArgumentException("'headers' must be an object");
        }
        if (value instanceof Map<?, ?> headers) {
            headers.forEach((name, one) -> {
                List<?> values = one instanceof List<?> list ? list : List.of(one == null ? "" : one);
                values.forEach(each -> pairs.addAll(List.of(header(name), header(each))));
            });
        }
        return pairs;
    }

    private static String header(Object value) {
        String text = String.valueOf(value);
        if (value instanceof Map<?, ?> || value instanceof List<?> || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("'headers' must hold texts");
        }
        return text;
    }

    private static ByteBuffer body(Map<String, ?> members) {
        Optional<String> encoded = Optional.ofNullable(members.get("bodyBase64"))
                .filter(String.class::isInstance)
                .map(String.class::cast);
        if (encoded.isPresent()) {
            try {
                return ByteBuffer.wrap(Base64.getDecoder().decode(encoded.get()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("'bodyBase64' is no base 64", e);
            }
        }
        return switch (members.get("body")) {
            case null -> ByteBuffer.allocate(0);
            case String text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            default -> throw new IllegalArgumentException("'body' must be a text");
        };
    }
}
