package io.nucleon.images;

import io.nucleon.support.ImageHome;
import io.nucleon.support.NucleonCommand;
import io.nucleon.support.NucleonCommand.Ended;
import io.nucleon.support.SourceTree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A folder with functions, and the command {@code nucleon build} in it, with caches that all tests share. */
final class Workshop {
    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();

    /** One in an empty folder. */
    Workshop(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment.putAll(environment);
        this.environment.putIfAbsent(
                "XDG_CACHE_HOME", home().resolveSibling("cache").toString());
    }

    private static Path home() {
        return Path.of(System.getProperty("nucleon.home"));
    }

    /** Completes what Maven left in the place of an unpacked distribution. */
    static void makeHome() throws IOException {
        ImageHome.complete(home());
        Files.write(
                home().resolve("lib/aot.sh"),
                Files.readAllBytes(SourceTree.top().resolve("distribution/src/main/sh/aot.sh")));
        addPlugin();
    }

    /** The command of this machine's .NET SDK. */
    static Optional<Path> dotnet() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "dotnet"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What a distribution does when it is made where there is an SDK. */
    static void compileWrapper(Path dotnet) throws IOException {
        Path log = home().resolveSibling("dotnet.log");
        try {
            Process compiler = new ProcessBuilder(
                            "sh", home().resolve("wrappers/dotnet/compile.sh").toString(), "ship", dotnet.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!compiler.waitFor(100, TimeUnit.SECONDS) || compiler.exitValue() != 0) {
                compiler.destroyForcibly();
                throw new IOException("the wrapper can't be compiled: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** What commands and plug-ins bring lies in folders of its own, what the processor has too among it. */
    private static void addPlugin() throws IOException {
        Path plugin = Files.createDirectories(home().resolve("lib/platform"));
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(home().resolve("lib"), "netty-transport-native-*.jar")) {
            for (Path jar : jars) {
                Files.copy(jar, plugin.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    Workshop write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /** A folder of it. */
    Path path(String name) {
        return folder.resolve(name);
    }

    Ended build(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("build"));
        all.addAll(List.of(words));
        return NucleonCommand.run(folder, all, environment);
    }
}
