package io.nucleon.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * An image that functions can stand on: Debian with Python and Node.js, made by {@code mmdebstrap} from the machine's own package sources and
 * kept in the cache of {@code ./check}, since no registry can be counted on.
 */
public final class DebianImage {
    /** Changes with what is in it. */
    private static final String NAME = "nucleon-tests/base:python3-nodejs";

    private static final List<Path> SOURCES =
            List.of(Path.of("/etc/apt/sources.list.d/debian.sources"), Path.of("/etc/apt/sources.list"));

    private DebianImage() {}

    /** Its name, after the engine has it. */
    public static String in(DockerEngine engine) throws IOException {
        if (engine.docker("image", "ls", "--quiet", NAME).isEmpty()) {
            engine.docker("import", tar().toString(), NAME);
        }
        return NAME;
    }

    private static Path tar() throws IOException {
        String named = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path cache = named.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(named);
        Path tar = cache.resolve("nucleon/check/base-python3-nodejs.tar");
        if (!Files.exists(tar)) {
            Path made = Files.createTempFile(Files.createDirectories(tar.getParent()), "base", ".tar");
            Path sources = SOURCES.stream().filter(Files::exists).findFirst().orElseThrow();
            DockerEngine.run(
                    List.of(
                            "mmdebstrap",
                            "--quiet",
                            "--variant=minbase",
                            "--include=ca-certificates,python3,nodejs",
                            "--dpkgopt=path-exclude=/usr/share/doc/*",
                            "--dpkgopt=path-exclude=/usr/share/locale/*",
                            suite(),
                            made.toString(),
                            sources.toString()),
                    Map.of());
            Files.move(made, tar, StandardCopyOption.ATOMIC_MOVE);
        }
        return tar;
    }

    private static String suite() throws IOException {
        return Files.readAllLines(Path.of("/etc/os-release")).stream()
                .filter(line -> line.startsWith("VERSION_CODENAME="))
                .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
                .findFirst()
                .orElse("trixie");
    }
}
