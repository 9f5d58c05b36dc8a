package io.nucleon.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What stands for an unpacked distribution where images are made of what Maven has built. Stateless. */
public final class ImageHome {
    private ImageHome() {}

    /**
     * Completes what Maven left there.
     *
     * @param home a folder whose {@code lib} has the jars
     */
    public static void complete(Path home) throws IOException {
        FileTree.copy(SourceTree.top().resolve("wrappers"), home.resolve("wrappers"));
        Files.write(
                home.resolve("lib/jvm.options"),
                Files.readAllBytes(SourceTree.top().resolve("processor/src/main/dist/jvm.options")));
    }
}
