package io.nucleon.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The source tree and what was compiled from it. Modules are found by their poms, so that a new one can't be forgotten. */
final class Tree {
    private static final Set<String> NOT_SOURCES = Set.of("target", "node_modules", "dist", "__pycache__");

    /** Maven starts tests in the module's folder, {@code tests/architecture}. */
    static final Path TOP = Path.of("").toAbsolutePath().getParent().getParent();

    private Tree() {}

    /** Classes of {@code src/main} of all modules. */
    static JavaClasses mainClasses() {
        return MainClasses.CLASSES;
    }

    /** Classes of {@code src/test} of all modules but this one. */
    static JavaClasses testClasses() {
        return TestClasses.CLASSES;
    }

    /** Folders that hold {@code src/main/java} or {@code src/test/java}. */
    static List<Path> modules() {
        return files("pom.xml").stream()
                .map(Path::getParent)
                .filter(module -> Files.isDirectory(module.resolve("src/main/java"))
                        || Files.isDirectory(module.resolve("src/test/java")))
                .toList();
    }

    /** Files of the tree whose path ends so, without build output. */
    static List<Path> files(String suffix) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(TOP, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String name = folder.getFileName().toString();
                    boolean skipped = !folder.equals(TOP) && (NOT_SOURCES.contains(name) || name.startsWith("."));
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(suffix)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return found;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaClasses importFrom(String output) {
        List<Path> folders = modules().stream()
                .filter(module -> !module.endsWith("tests/architecture"))
                .map(module -> module.resolve(output))
                .filter(Files::isDirectory)
                .toList();
        return new ClassFileImporter().importPaths(folders);
    }

    private static final class MainClasses {
        static final JavaClasses CLASSES = importFrom("target/classes");
    }

    private static final class TestClasses {
        static final JavaClasses CLASSES = importFrom("target/test-classes");
    }
}
