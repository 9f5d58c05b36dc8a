package io.nucleon.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * An image that functions can stand on: Debian with Python, Node.js and Ruby, made by {@code mmdebstrap} from the machine's own package sources and
 * kept in the cache of {@code ./check}, since no registry can be counted on.
 */
public final class DebianImage {
    /** Changes with what is in it. */
    private static final String NAME = "nucleon-tests/base:python3-nodejs-ruby";

    private static final String DOTNET = "nucleon-tests/base:dotnet";

    private static final List<Path> SOURCES =
            List.of(Path.of("/etc/apt/sources.list.d/debian.sources"), Path.of("/etc/apt/sources.list"));

    private DebianImage() {}

    /**
     * Its name, after the engine has it. What is imported gets another id each time: the first import is kept as an image, so that the builder
     * reads and packs it once.
     */
    public static String in(DockerEngine engine) throws IOException {
        if (engine.docker("image", "ls", "--quiet", NAME).isEmpty()) {
            Path tar = tar();
            Path image = image(tar);
            if (Files.exists(image)) {
                engine.docker("load", "--quiet", "--input", image.toString());
            } else {
                engine.docker("import", tar.toString(), NAME);
                Path made = Files.createTempFile(tar.getParent(), "image", ".tar");
                engine.docker("save", "--output", made.toString(), NAME);
                Files.move(made, image, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return NAME;
    }

    /** The same as {@code docker save} has written it, for a base {@code tar:FILE}. */
    public static Path file() throws IOException {
        Path image = image(tar());
        if (!Files.exists(image)) {
            in(DockerEngine.get());
        }
        return image;
    }

    private static Path image(Path tar) {
        return tar.resolveSibling(tar.getFileName() + ".image");
    }

    /**
     * One that has the .NET SDK of this machine too.
     *
     * @param dotnet the SDK's command; libraries that it brings are in {@code ../lib}
     */
    public static String withDotnet(DockerEngine engine, Path dotnet) throws IOException {
        if (engine.docker("image", "ls", "--quiet", DOTNET).isEmpty()) {
            Path context = Files.createTempDirectory("dotnet-image");
            try {
                FileTree.copy(sdk(dotnet), context.resolve("sdk"));
                Path brought = dotnet.resolveSibling("../lib").normalize();
                Path libraries = Files.createDirectories(context.resolve("lib"));
                if (Files.exists(brought.resolve("libssl.so.1.1"))) {
                    FileTree.copy(brought, libraries);
                }
                Files.writeString(context.resolve("dotnet"), """
                        #!/bin/sh
                        DOTNET_ROOT=/usr/lib/dotnet LD_LIBRARY_PATH=/usr/lib/dotnet/lib exec /usr/lib/dotnet/dotnet "$@"
                        """);
                Files.writeString(context.resolve("Dockerfile"), "FROM " + in(engine) + """

                        COPY sdk /usr/lib/dotnet
                        COPY lib /usr/lib/dotnet/lib
                        COPY --chmod=755 dotnet /usr/local/bin/dotnet
                        """);
                engine.docker("build", "--quiet", "--tag", DOTNET, context.toString());
            } finally {
                FileTree.delete(context);
            }
        }
        return DOTNET;
    }

    private static Path sdk(Path dotnet) throws IOException {
        Map<String, String> quiet =
                Map.of("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1", "DOTNET_CLI_TELEMETRY_OPTOUT", "1");
        String info = DockerEngine.run(List.of(dotnet.toString(), "--info"), quiet);
        String version = info.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Base Path:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow(() -> new IOException(dotnet + " tells no folder of its own: " + info));
        return Path.of(version).getParent().getParent();
    }

    /**
     * Lets a builder find the image as it was packed for another one's cache, of this run or of one before: to pack it takes half a minute.
     *
     * @param cache the builder's, which nobody uses yet
     */
    public static void keepPacked(Path cache) throws IOException {
        Path packed = Files.createDirectories(kept().resolve("packed"));
        Path here = Files.createDirectories(cache).resolve("base");
        if (!Files.exists(here)) {
            Files.createSymbolicLink(here, packed);
        }
    }

    /** What {@code ./check} keeps of one run for the next. */
    private static Path kept() {
        String named = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path cache = named.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(named);
        return cache.resolve("nucleon/check");
    }

    private static Path tar() throws IOException {
        Path tar = kept().resolve("base-python3-nodejs-ruby.tar");
        if (!Files.exists(tar)) {
            Path made = Files.createTempFile(Files.createDirectories(tar.getParent()), "base", ".tar");
            Path sources = SOURCES.stream().filter(Files::exists).findFirst().orElseThrow();
            DockerEngine.run(
                    List.of(
                            "mmdebstrap",
                            "--quiet",
                            "--variant=minbase",
                            "--include=ca-certificates,python3,nodejs,ruby",
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
