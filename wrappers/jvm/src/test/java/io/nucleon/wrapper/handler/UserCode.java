package io.nucleon.wrapper.handler;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Writes, compiles and packs users' code for tests. */
public final class UserCode {

    private UserCode() {}

    /** Writes one source file; returns {@code folder}. */
    public static Path source(Path folder, String file, String text) {
        try {
            Path target = folder.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles one source file, with these jars in reach; returns {@code classes}. */
    public static Path compile(Path work, Path classes, String file, String text, Path... jars) {
        Path written = source(work, file, text).resolve(file);
        String classPath = System.getProperty("java.class.path")
                + Stream.of(jars).map(jar -> ":" + jar).reduce("", String::concat);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Files.createDirectories(classes);
            List<String> options = List.of("-d", classes.toString(), "-cp", classPath);
            if (!compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(written))
                    .call()) {
                throw new AssertionError("the test's own source does not compile");
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Packs a class folder; returns {@code jar}. */
    public static Path jar(Path jar, Path classes) {
        try {
            Files.createDirectories(jar.getParent());
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream packed = new JarOutputStream(out);
                    Stream<Path> files = Files.walk(classes)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    packed.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                    Files.copy(file, packed);
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
