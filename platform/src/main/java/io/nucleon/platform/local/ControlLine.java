package io.nucleon.platform.local;

import io.nucleon.error.JsonWriter;
import io.nucleon.host.JsonReader;
import io.nucleon.host.WorkerCount;
import io.nucleon.platform.Deployed;
import io.nucleon.platform.Deployment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What commands and the daemon tell each other, a line of JSON each way: {@code {"verb":"deploy","function":"orders",…}}, answered by
 * {@code {"functions":[…]}} or by an error in its JSON form. Stateless.
 */
final class ControlLine {
    /** A configuration may be 1 MiB; a few hundred functions are listed at once. */
    private static final int LONGEST = 64 << 20;

    private ControlLine() {}

    /** What is asked for. */
    enum Verb {
        DEPLOY,
        /** As deploy, but answered when the version is taken over, before it is started. */
        SUBMIT,
        ROLLBACK,
        LIST,
        DELETE,
        END
    }

    /**
     * A question.
     *
     * @param function its name; empty for those about all
     * @param built the folder to deploy; null for others
     * @param port wanted; 0 for any
     * @param version to go back to; 0 for the one before
     */
    record Ask(
            Verb verb,
            String function,
            Path built,
            int port,
            int version,
            Duration readiness,
            Optional<Deployment.Probe> probe) {
        static Ask of(Verb verb, String function) {
            return new Ask(verb, function, null, 0, 0, Deployment.READINESS, Optional.empty());
        }

        String toJson() {
            JsonWriter json = new JsonWriter().object();
            json.name("apiVersion").value("v1").name("verb").value(verb.name());
            json.name("function").value(function).name("built").value(built == null ? null : built.toString());
            json.name("port").value(port).name("version").value(version);
            json.name("readinessMillis").value(readiness.toMillis());
            probe.ifPresent(one -> json.name("probe")
                    .object()
                    .name("path")
                    .value(one.path())
                    .name("body")
                    .value(one.body())
                    .name("millis")
                    .value(one.limit().toMillis())
                    .endObject());
            return json.endObject().toString();
        }

        /** The question of a line, if it makes sense. */
        static Optional<Ask> of(String line) {
            return JsonReader.object(line).flatMap(Ask::read);
        }

        private static Optional<Ask> read(Map<String, Object> members) {
            String built = JsonReader.text(members, "built");
            for (Verb verb : Verb.values()) {
                if (verb.name().equals(members.get("verb"))) {
                    return Optional.of(new Ask(
                            verb,
                            JsonReader.text(members, "function"),
                            built.isEmpty() ? null : Path.of(built),
                            (int) JsonReader.number(members, "port"),
                            (int) JsonReader.number(members, "version"),
                            Duration.ofMillis(JsonReader.number(members, "readinessMillis")),
                            JsonReader.asObject(members.get("probe")).map(Ask::probe)));
                }
            }
            return Optional.empty();
        }

        private static Deployment.Probe probe(Map<String, Object> members) {
            return new Deployment.Probe(
                    JsonReader.text(members, "path"),
                    JsonReader.text(members, "body"),
                    Duration.ofMillis(JsonReader.number(members, "millis")));
        }
    }

    static String answer(List<Deployed> functions) {
        JsonWriter json = new JsonWriter()
                .object()
                .name("apiVersion")
                .value("v1")
                .name("functions")
                .array();
        for (Deployed one : functions) {
            json.object().name("name").value(one.name()).name("state").value(one.state());
            json.name("message").value(one.message()).name("since").value(one.sinceMillis());
            json.name("version").value(one.version());
            json.name("versions").array();
            one.versions().forEach(json::value);
            json.endArray().name("url").value(one.url()).name("config").value(one.config());
            one.workers().write(json.name("restarts").value(one.restarts())).endObject();
        }
        return json.endArray().endObject().toString();
    }

    /** The functions of an answer; empty if it is none. */
    static Optional<List<Deployed>> functions(String line) {
        return JsonReader.object(line)
                .filter(members -> members.get("functions") instanceof List<?>)
                .map(members -> {
                    List<Deployed> functions = new ArrayList<>();
                    for (Object one : (List<?>) members.get("functions")) {
                        JsonReader.asObject(one).map(ControlLine::deployed).ifPresent(functions::add);
                    }
                    return functions;
                });
    }

    private static Deployed deployed(Map<String, Object> members) {
        List<Integer> versions = new ArrayList<>();
        if (members.get("versions") instanceof List<?> list) {
            list.forEach(one -> versions.add(one instanceof Number number ? number.intValue() : 0));
        }
        return new Deployed(
                JsonReader.text(members, "name"),
                JsonReader.text(members, "state"),
                JsonReader.text(members, "message"),
                JsonReader.number(members, "since"),
                (int) JsonReader.number(members, "version"),
                versions,
                JsonReader.text(members, "url"),
                JsonReader.text(members, "config"),
                (int) JsonReader.number(members, "restarts"),
                WorkerCount.read(members));
    }

    /** A line without its end; what comes before the end of the stream counts as one. */
    static String read(InputStream in) throws IOException {
        byte[] line = new byte[1024];
        int length = 0;
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (length == LONGEST) {
                throw new IOException("the line is too long");
            }
            line = length == line.length ? java.util.Arrays.copyOf(line, 2 * length) : line;
            line[length++] = (byte) c;
        }
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }
}
