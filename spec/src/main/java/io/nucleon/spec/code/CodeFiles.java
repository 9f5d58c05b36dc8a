package io.nucleon.spec.code;

import io.nucleon.spec.HandlerName;
import io.nucleon.spec.RuntimeName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The source files of a folder. Files that can't be read count as empty: whoever runs them says why. */
final class CodeFiles {
    /** A larger source file is generated, and nothing is looked for in it. */
    static final int LARGEST = 8 << 20;

    /** More files than one function has in one folder; bounds the look into a wrong folder. */
    private static final int MOST_FILES = 1000;

    private CodeFiles() {}

    static boolean isConfig(Path path) {
        String name = name(path).toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }

    static boolean isSource(Path path) {
        return Files.isRegularFile(path) && !name(path).endsWith(".jar");
    }

    static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    static String stem(Path path) {
        String name = name(path);
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    /** The runtime of a file; empty when its name tells none. */
    static RuntimeName runtime(Path file) {
        RuntimeName none = RuntimeName.parse("");
        return name(file).endsWith(".jar")
                ? new RuntimeName("java", "")
                : RuntimeName.ofFile(name(file)).orElse(none);
    }

    /** The file with the handler: the one that a handler names, else main.py, main.js, main.rb, or the only one of the other languages. */
    static Optional<Path> entry(Path folder, RuntimeName runtime, String handler) {
        Optional<Path> named = named(folder, runtime, handler);
        if (named.isPresent()) {
            return named;
        }
        for (String main : List.of("main.py", "main.js", "main.rb")) {
            Path file = folder.resolve(main);
            if (Files.isRegularFile(file) && fits(file, runtime)) {
                return Optional.of(file);
            }
        }
        for (String extension : List.of(".java", ".cs", ".sh")) {
            Optional<Path> file = usual(files(folder, extension)).filter(found -> fits(found, runtime));
            if (file.isPresent()) {
                return file;
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> named(Path folder, RuntimeName runtime, String handler) {
        String module = HandlerName.parse(handler).map(HandlerName::module).orElse("");
        String file = runtime.name().equals("shell") ? handler : module.isEmpty() ? "" : module;
        String extension = switch (runtime.name()) {
            case "python", "graalpy" -> ".py";
            case "nodejs", "graaljs" -> file.endsWith(".js") ? "" : ".js";
            case "ruby" -> file.endsWith(".rb") ? "" : ".rb";
            case "shell" -> "";
            default -> null;
        };
        // A handler that leaves its folder names no file of the function.
        if (file.isEmpty()
                || extension == null
                || file.contains("..")
                || file.startsWith("/")
                || file.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        String path = extension.equals(".py") ? file.replace('.', '/') : file;
        return Optional.of(folder.resolve(path + extension)).filter(Files::isRegularFile);
    }

    private static boolean fits(Path file, RuntimeName runtime) {
        String language = runtime(file).name();
        return switch (runtime.name()) {
            case "" -> true;
            case "graalpy" -> language.equals("python");
            case "graaljs" -> language.equals("nodejs");
            default -> language.equals(runtime.name());
        };
    }

    /** The only one, or of several the one called main or handler, else the first: Java and C# files belong together. */
    private static Optional<Path> usual(List<Path> files) {
        Optional<Path> usual = files.stream()
                .filter(file ->
                        stem(file).equalsIgnoreCase("main") || stem(file).equalsIgnoreCase("handler"))
                .findFirst();
        boolean together = !files.isEmpty() && !name(files.getFirst()).endsWith(".sh");
        return usual.or(() -> files.size() == 1 || together ? files.stream().findFirst() : Optional.empty());
    }

    private static List<Path> files(Path folder, String extension) {
        var files = new ArrayList<Path>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path file : stream) {
                if (name(file).endsWith(extension) && Files.isRegularFile(file)) {
                    files.add(file);
                }
                if (files.size() == MOST_FILES) {
                    break;
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        files.sort(null);
        return files;
    }

    /** The names of the entry; of Java and C# those of all files of the folder. */
    static SourceNames.Found names(Path folder, Path entry, RuntimeName runtime) {
        boolean together = runtime.name().equals("java") || runtime.name().equals("dotnetcore");
        var all = new ArrayList<String>();
        var handlers = new ArrayList<String>();
        String extension = name(entry).substring(stem(entry).length());
        for (Path file : together && !extension.equals(".jar") ? files(folder, extension) : List.of(entry)) {
            SourceNames.Found found = SourceNames.of(text(file), runtime);
            all.addAll(found.all());
            handlers.addAll(found.handlers());
        }
        return new SourceNames.Found(all, handlers);
    }

    static Optional<String> handler(Path entry, RuntimeName runtime, SourceNames.Found names) {
        return runtime.isEmpty() || name(entry).endsWith(".jar")
                ? Optional.empty()
                : HandlerGuess.of(runtime, name(entry), stem(entry), names);
    }

    private static String text(Path file) {
        if (name(file).endsWith(".jar")) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
