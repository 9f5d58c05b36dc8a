package io.nucleon.wrapper.handler;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a function's Java code is.
 *
 * @param base the folder that names are shown relative to
 * @param sources {@code .java} files; compiled at start, and first on the class path
 * @param folder the class folder, null if it holds no classes
 * @param jars those beside the handler, which may hold it
 * @param libraries those in {@code lib/}, which it may need
 */
record CodePath(Path base, List<Path> sources, Path folder, List<Path> jars, List<Path> libraries) {

    /** Deeper than any package, shallow enough that a wrong folder ({@code /}) costs little. */
    private static final int MAX_DEPTH = 16;
    /** More files than a function has; a wrong folder is refused rather than read. */
    private static final int MAX_FILES = 20_000;
    /** What builds and tests leave beside a handler. */
    private static final Set<String> SKIPPED =
            Set.of("target", "build", "out", "bin", "lib", "test", "tests", "node_modules");

    static CodePath of(Path code) {
        Path real = code.toAbsolutePath().normalize();
        try {
            return Files.isDirectory(real) ? ofFolder(real) : ofFile(real);
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(real, String.valueOf(e.getMessage()), e);
        }
    }

    private static CodePath ofFile(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw unreadable(file, "there is no such file, or it may not be read", null);
        }
        Path base = file.getParent();
        List<Path> libraries = jarsIn(base.resolve("lib"));
        if (file.toString().endsWith(".jar")) {
            return new CodePath(base, List.of(), null, List.of(file), libraries);
        }
        return new CodePath(base, List.of(file), null, jarsIn(base), libraries);
    }

    private static CodePath ofFolder(Path base) throws IOException {
        List<Path> sources = files(base, ".java");
        boolean hasClasses = !files(base, ".class").isEmpty();
        return new CodePath(base, sources, hasClasses ? base : null, jarsIn(base), jarsIn(base.resolve("lib")));
    }

    /** Whether there is nothing that a handler could be in. */
    boolean isEmpty() {
        return sources.isEmpty() && folder == null && jars.isEmpty();
    }

    /** Class folder, jars, libraries. */
    List<Path> classPath() {
        Stream<Path> root = folder == null ? Stream.empty() : Stream.of(folder);
        return Stream.concat(root, Stream.concat(jars.stream(), libraries.stream()))
                .toList();
    }

    /** The folder as a user knows it. */
    String display() {
        return "./" + name();
    }

    /** A file below it as a user knows it: {@code orders/Main.java}. */
    String display(Path file) {
        return name() + "/" + base.relativize(file);
    }

    private String name() {
        return base.getFileName() == null ? "" : base.getFileName().toString();
    }

    /** Files of that ending below {@code base}, in a stable order, without what builds and tests leave. */
    static List<Path> files(Path base, String ending) throws IOException {
        SourceWalk walk = new SourceWalk(base, ending);
        Files.walkFileTree(base, Set.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, walk);
        return walk.found.stream().sorted().toList();
    }

    /** Doesn't mind files that go while it looks, as editors' and functions' own do. */
    private static final class SourceWalk extends SimpleFileVisitor<Path> {

        private final List<Path> found = new ArrayList<>();
        private final Path base;
        private final String ending;

        SourceWalk(Path base, String ending) {
            this.base = base;
            this.ending = ending;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean skipped = !folder.equals(base) && (name.startsWith(".") || SKIPPED.contains(name));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && file.toString().endsWith(ending)) {
                if (found.size() == MAX_FILES) {
                    throw unreadable(base, "it holds more than " + MAX_FILES + " " + ending + " files", null);
                }
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
            // A link to a folder above leads to what is looked at anyway.
            if (e instanceof FileSystemLoopException || (e instanceof NoSuchFileException && !path.equals(base))) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }

    private static List<Path> jarsIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(path -> path.toString().endsWith(".jar") && Files.isRegularFile(path))
                    .sorted()
                    .toList();
        }
    }

    private static NucleonException unreadable(Path path, String why, Throwable cause) {
        return ErrorMessage.of(
                        ErrorCode.HANDLER_NOT_FOUND,
                        "reading the code of the function in " + path + " failed",
                        why,
                        "name the folder, the .jar or the .java file of the function")
                .toException(cause);
    }
}
