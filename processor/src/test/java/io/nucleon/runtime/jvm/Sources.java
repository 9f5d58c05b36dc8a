package io.nucleon.runtime.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Writes and compiles users' code for tests. */
final class Sources {

    private Sources() {}

    /** Writes the file with the imports that handlers have; returns the folder. */
    static Path write(Path folder, String file, String source) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(file), "import io.nuclio.*;\n" + source);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles the file into {@code classes}; returns that. */
    static Path compile(Path work, Path classes, String file, String source) {
        Path written = write(work, file, source).resolve(file);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Files.createDirectories(classes);
            List<String> options = List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
            boolean done = compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(written))
                    .call();
            if (!done) {
                throw new AssertionError("the test's own source does not compile");
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
