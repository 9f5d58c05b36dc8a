package io.nucleon.cli.bench;

import io.nucleon.error.JsonWriter;
import io.nucleon.host.JsonReader;
import java.util.Map;

/**
 * What was put under load. Immutable.
 *
 * @param name of the function, or the URL
 * @param runtime with its version, such as {@code python 3.11.2}; empty if it is not known
 * @param workers 0 if it is not known
 * @param transport {@code shm}, {@code unix}, {@code pipes} or {@code none}; empty if it is not known
 */
public record Subject(String name, String runtime, long workers, String transport) {

    /** Something of which only its address is known. */
    public static Subject unknown(String name) {
        return new Subject(name, "", 0, "");
    }

    void write(JsonWriter json) {
        json.object().name("name").value(name).name("runtime").value(runtime);
        json.name("workers").value(workers).name("transport").value(transport).endObject();
    }

    static Subject read(Object value) {
        Map<String, Object> members = JsonReader.asObject(value).orElse(Map.of());
        return new Subject(
                JsonReader.text(members, "name"),
                JsonReader.text(members, "runtime"),
                JsonReader.number(members, "workers"),
                JsonReader.text(members, "transport"));
    }
}
