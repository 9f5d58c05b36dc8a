package io.nucleon.platforms;

import io.nucleon.platform.Deployment;
import io.nucleon.spec.FunctionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes functions as a build would have made them. */
final class Sources {
    private final Path folder;
    private final String config;
    private int made;

    Sources(Path folder) {
        this(folder, "");
    }

    /** @param spec more of it, in YAML's flow style, begun by a comma */
    Sources(Path folder, String spec) {
        this.folder = folder;
        this.config = """
                metadata: {name: greeter}
                spec: {runtime: python, handler: "main:handler"%s}
                """.formatted(spec);
    }

    /** A Python function of that body. */
    Deployment deployment(String body, Optional<Deployment.Probe> probe) throws IOException {
        Path built = Files.createDirectory(folder.resolve("built-" + made++));
        Files.writeString(built.resolve("main.py"), "def handler(context, event):\n    " + body + "\n");
        Files.writeString(built.resolve("function.yaml"), config);
        return new Deployment(
                FunctionReader.read(config, "function.yaml").value(), built, PlatformContract.SOON, probe);
    }
}
