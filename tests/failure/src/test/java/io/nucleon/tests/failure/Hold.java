package io.nucleon.tests.failure;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A handler that runs until it is let go: path {@code /held} of the function {@code faults}, or {@code /die}. */
final class Hold {

    private final Path folder;
    private final Counted event;

    private Hold(Path folder, Counted event) {
        this.folder = folder;
        this.event = event;
    }

    /** Begins one, and waits until its handler runs. */
    static Hold begin(Middle middle, Path folder) throws IOException {
        return begin(middle, folder, "/held");
    }

    /** The same with another path that can be held. */
    static Hold begin(Middle middle, Path folder, String path) throws IOException {
        Files.deleteIfExists(folder.resolve("go"));
        Files.deleteIfExists(folder.resolve("held"));
        Hold hold = new Hold(folder, middle.send(path));
        await("the handler to run").atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve("held")));
        return hold;
    }

    /** The event in whose handler it is. */
    Counted event() {
        return event;
    }

    Counted letGo() throws IOException {
        Files.createFile(folder.resolve("go"));
        return event;
    }
}
