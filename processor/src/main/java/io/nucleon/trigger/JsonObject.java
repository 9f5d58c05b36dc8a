package io.nucleon.trigger;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object whose members are known by place, not by value: a nested value is checked to be JSON and otherwise left as the bytes it
 * was. Immutable; it shares the text it was read from.
 */
public final class JsonObject {

    private final Map<String, JsonValue> members;

    private JsonObject(Map<String, JsonValue> members) {
        this.members = members;
    }

    /** Reads a text that must be one JSON object, in UTF-8; empty if it is not, or nested more than 512 deep. */
    public static Optional<JsonObject> parse(byte[] text) {
        return parse(text, 0, text.length);
    }

    static Optional<JsonObject> parse(byte[] text, int start, int end) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        return new JsonReader(text, start, end).readObject(members::put)
                ? Optional.of(new JsonObject(members))
                : Optional.empty();
    }

    /** Text of a member, as {@link JsonValue#string()}; empty if it is missing or null. */
    public String text(String name) {
        return member(name).map(JsonValue::string).orElse("");
    }

    /** A member that is an object; one without members if it is something else or missing. */
    public JsonObject object(String name) {
        return member(name).flatMap(JsonValue::object).orElseGet(() -> new JsonObject(Map.of()));
    }

    /** The objects of a member that is an array; none if it is something else or missing. */
    public List<JsonObject> objects(String name) {
        return member(name).stream()
                .flatMap(array -> array.items().stream())
                .flatMap(item -> item.object().stream())
                .toList();
    }

    /** Members in order; of two with one name the last. */
    public Map<String, JsonValue> members() {
        return Collections.unmodifiableMap(members);
    }

    /** A member by its name, case ignored as Go's decoder does; empty if it is missing or null. */
    public Optional<JsonValue> member(String name) {
        for (Map.Entry<String, JsonValue> member : members.entrySet()) {
            if (member.getKey().equalsIgnoreCase(name) && member.getValue().kind() != JsonValue.Kind.NULL) {
                return Optional.of(member.getValue());
            }
        }
        return Optional.empty();
    }
}
