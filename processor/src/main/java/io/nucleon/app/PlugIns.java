package io.nucleon.app;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Parts of the distribution that are loaded only when a function uses them: a folder of jars each, with a class loader of its own below the
 * processor's, and beside the jars a file {@code kinds} that says, a line each, what it is for. So a processor without Kafka never sees
 * Kafka's classes.
 */
final class PlugIns {

    private static final String KINDS = "kinds";

    private PlugIns() {}

    /** A plug-in that lies there, not loaded. */
    record PlugIn(Path folder, List<String> kinds) {}

    /** Those below a folder, by name; none if there is no such folder. */
    static List<PlugIn> below(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        List<PlugIn> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(parent)) {
            for (Path folder : folders.sorted().toList()) {
                Path kinds = folder.resolve(KINDS);
                if (Files.isRegularFile(kinds)) {
                    found.add(new PlugIn(
                            folder,
                            Files.readAllLines(kinds).stream()
                                    .map(String::strip)
                                    .filter(line -> !line.isEmpty())
                                    .toList()));
                }
            }
        } catch (IOException e) {
            throw unusable(parent, e);
        }
        return found;
    }

    /** What the plug-in brings of that type; its classes stay loaded as long as the processor lives. */
    static <T> List<T> load(PlugIn plugIn, Class<T> type) {
        try (Stream<Path> files = Files.list(plugIn.folder())) {
            List<URL> jars = new ArrayList<>();
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                jars.add(urlOf(jar));
            }
            ClassLoader loader = new URLClassLoader(
                    plugIn.folder().getFileName().toString(), jars.toArray(URL[]::new), PlugIns.class.getClassLoader());
            return ServiceLoader.load(type, loader).stream()
                    .filter(one -> loader.equals(one.type().getClassLoader()))
                    .map(ServiceLoader.Provider::get)
                    .toList();
        } catch (IOException e) {
            throw unusable(plugIn.folder(), e);
        }
    }

    private static URL urlOf(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }

    private static RuntimeException unusable(Path folder, IOException cause) {
        return ErrorMessage.of(
                        ErrorCode.INTERNAL,
                        "loading the plug-in " + folder + " failed",
                        String.valueOf(cause.getMessage()),
                        "unpack Nucleon anew")
                .toException(cause);
    }
}
