package io.nucleon.platform.docker;

import io.nucleon.error.JsonWriter;
import io.nucleon.host.JsonReader;
import java.util.Locale;
import java.util.Optional;

/**
 * What the container that holds a port says on its standard output, a line each: {@code {"apiVersion":"v1","kind":"ready",…}}.
 *
 * @param version that it is about; empty for {@link Kind#HERE}
 * @param url where a version that is ready can be tried, inside of its container; empty for none
 */
record PortEvent(Kind kind, String version, String url) {

    enum Kind {
        /** It hears who is attached to it. */
        HERE,
        /** A version can serve. */
        READY,
        /** A version takes connections. */
        SERVES,
        /** The version before it takes none any more. */
        RETIRED,
        /** Who should serve isn't there. */
        ABSENT;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String toJson() {
        return new JsonWriter()
                .object()
                .name("apiVersion")
                .value("v1")
                .name("kind")
                .value(kind.word())
                .name("version")
                .value(version)
                .name("url")
                .value(url)
                .endObject()
                .toString();
    }

    /** The one of a line, if it is one. */
    static Optional<PortEvent> of(String line) {
        return JsonReader.object(line).flatMap(members -> {
            for (Kind kind : Kind.values()) {
                if (kind.word().equals(members.get("kind"))) {
                    return Optional.of(
                            new PortEvent(kind, JsonReader.text(members, "version"), JsonReader.text(members, "url")));
                }
            }
            return Optional.empty();
        });
    }
}
