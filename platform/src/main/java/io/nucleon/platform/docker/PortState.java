package io.nucleon.platform.docker;

import io.nucleon.error.JsonWriter;
import io.nucleon.host.JsonReader;
import io.nucleon.host.WorkerCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * What the container that holds a port leaves in its volume.
 *
 * @param serving the version that serves, or should; empty if none was told to yet
 * @param ready whether it does
 * @param sinceMillis since when it does, or doesn't, in ms since 1970
 * @param workers of the version that serves, as they were when it was ready last
 */
record PortState(String serving, boolean ready, long sinceMillis, WorkerCount workers) {
    static final PortState NONE = new PortState("", false, 0, WorkerCount.UNKNOWN);

    /** That of a file; {@link #NONE} if there is none that can be read. */
    static PortState read(Path file) {
        try {
            Map<String, Object> members =
                    JsonReader.object(Files.readString(file)).orElse(Map.of());
            return new PortState(
                    JsonReader.text(members, "serving"),
                    Boolean.TRUE.equals(members.get("ready")),
                    JsonReader.number(members, "since"),
                    WorkerCount.read(members));
        } catch (IOException e) {
            return NONE;
        }
    }

    /** Puts it in the place of the one before, whole. */
    void write(Path file) throws IOException {
        JsonWriter json = new JsonWriter()
                .object()
                .name("apiVersion")
                .value("v1")
                .name("serving")
                .value(serving)
                .name("ready")
                .value(ready)
                .name("since")
                .value(sinceMillis);
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, workers.write(json).endObject() + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The same at another moment; what lasts has one beginning. */
    PortState with(String version, boolean isReady, WorkerCount counted, long now) {
        boolean lasts = isReady == ready && serving.equals(version);
        return new PortState(version, isReady, lasts ? sinceMillis : now, counted);
    }
}
