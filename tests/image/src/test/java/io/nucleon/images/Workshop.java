package io.nucleon.images;

import io.nucleon.support.FileTree;
import io.nucleon.support.NucleonCommand;
import io.nucleon.support.NucleonCommand.Ended;
import io.nucleon.support.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        FileTree.copy(SourceTree.top().resolve("wrappers"), home().resolve("wrappers"));
        Files.write(
                home().resolve("lib/aot.sh"),
                Files.readAllBytes(SourceTree.top().resolve("distribution/src/main/sh/aot.sh")));
        Files.write(
                home().resolve("lib/jvm.options"),
                Files.readAllBytes(SourceTree.top().resolve("processor/src/main/dist/jvm.options")));
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
