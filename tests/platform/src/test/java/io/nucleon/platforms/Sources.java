package io.nucleon.platforms;

import io.nucleon.platform.Deployment;
import io.nucleon.spec.FunctionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes functions as a build would have made them. */
final class Sources {
    private static final String CONFIG = """
            metadata: {name: greeter}
            spec: {runtime: python, handler: "main:handler"}
            """;

    private final Path folder;
    private int made;

    Sources(Path folder) {
        this.folder = folder;
    }

    /** A Python function of that body. */
    Deployment deployment(String body, Optional<Deployment.Probe> probe) throws IOException {
        Path built = Files.createDirectory(folder.resolve("built-" + made++));
        Files.writeString(built.resolve("main.py"), "def handler(context, event):\n    " + body + "\n");
        Files.writeString(built.resolve("function.yaml"), CONFIG);
        return new Deployment(
                FunctionReader.read(CONFIG, "function.yaml").value(), built, PlatformContract.SOON, probe);
    }
}
