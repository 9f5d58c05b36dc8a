package io.nucleon.host;

import io.nucleon.error.JsonWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first line of {@code nucleon run -o json}: all functions of the host are ready to be called. Immutable.
 *
 * @param functions each with its name and address
 * @param host where the host is asked about itself
 * @param workers of all functions together
 * @param milliseconds from the start of the process until ready
 */
public record ReadyLine(List<Function> functions, HostUrls host, WorkerCount workers, long milliseconds) {
    private static final String KIND = "ready";

    /** One function of the host. */
    public record Function(String name, URI url) {}

    public ReadyLine {
        functions = List.copyOf(functions);
    }

    /** The line, without its end. */
    public String toJson() {
        JsonWriter json = new JsonWriter().object();
        json.name("apiVersion")
                .value("v1")
                .name("kind")
                .value(KIND)
                .name("functions")
                .array();
        for (Function function : functions) {
            json.object().name("name").value(function.name());
            json.name("url").value(function.url().toString()).endObject();
        }
        workers.write(host.write(json.endArray()));
        return json.name("ms").value(milliseconds).endObject().toString();
    }

    /** What a line says, if it is one of these. */
    public static Optional<ReadyLine> fromJson(String line) {
        return JsonReader.object(line)
                .filter(members -> KIND.equals(members.get("kind")))
                .map(members -> new ReadyLine(
                        functions(members.get("functions")),
                        HostUrls.read(members),
                        WorkerCount.read(members),
                        JsonReader.number(members, "ms")));
    }

    private static List<Function> functions(Object value) {
        List<Function> functions = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                JsonReader.asObject(item).flatMap(ReadyLine::function).ifPresent(functions::add);
            }
        }
        return functions;
    }

    private static Optional<Function> function(Map<String, Object> members) {
        String name = JsonReader.text(members, "name");
        return RunState.httpUrl(JsonReader.text(members, "url"))
                .filter(url -> RunState.isName(name))
                .map(url -> new Function(name, url));
    }
}
