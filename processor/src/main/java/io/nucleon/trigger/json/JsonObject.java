package io.nucleon.trigger.json;

import java.util.LinkedHashMap;
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
        try {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            new JsonReader(text).readWhole(members::put);
            return Optional.of(new JsonObject(members));
        } catch (JsonReader.NotJsonException e) {
            return Optional.empty();
        }
    }

    /** Members in order; of two with one name the last. */
    public Map<String, JsonValue> members() {
        return java.util.Collections.unmodifiableMap(members);
    }

    /** Text of a member that is a string; empty if it is missing or something else. */
    public String string(String name) {
        JsonValue value = members.get(name);
        return value == null || value.kind() != JsonValue.Kind.STRING ? "" : value.string();
    }
}
