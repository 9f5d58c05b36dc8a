package io.nucleon.host;

import io.nucleon.error.JsonWriter;
import java.util.Map;

/**
 * Where a host is asked about itself; each is empty if nowhere. Immutable.
 *
 * @param admin what it serves, with statistics: {@code http://127.0.0.1:8081}
 * @param health whether it is ready and alive
 * @param metrics counters for Prometheus
 */
public record HostUrls(String admin, String health, String metrics) {

    /** A host that can't be asked. */
    public static final HostUrls NONE = new HostUrls("", "", "");

    /** Adds them to an object. */
    JsonWriter write(JsonWriter json) {
        return json.name("admin")
                .value(orNull(admin))
                .name("health")
                .value(orNull(health))
                .name("metrics")
                .value(orNull(metrics));
    }

    /** Reads them from an object; what is no address of ours counts as nowhere. */
    static HostUrls read(Map<String, Object> members) {
        return new HostUrls(url(members, "admin"), url(members, "health"), url(members, "metrics"));
    }

    private static String url(Map<String, Object> members, String name) {
        String text = JsonReader.text(members, name);
        return RunState.httpUrl(text).isPresent() ? text : "";
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
