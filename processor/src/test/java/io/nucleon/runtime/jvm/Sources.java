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

    /**
     * Body {@code block} blocks until the file {@code go} is there or it is interrupted, {@code spin} the same without heeding interrupts;
     * each logs {@code blocked} first. Answers body and call.
     */
    static final String BLOCKS = handler("Blocks", """
            private int calls;
            public Response handleEvent(Context context, Event event) {
                calls++;
                String body = new String(event.getBody());
                if (body.equals("block") || body.equals("spin")) {
                    context.getLogger().info("blocked");
                    await(body.equals("spin"));
                }
                return new Response().setBody(body + " " + calls);
            }
            private void await(boolean deaf) {
                java.io.File go = new java.io.File(FOLDER, "go");
                while (!go.exists()) {
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                    if (Thread.interrupted() && !deaf) {
                        throw new IllegalStateException("interrupted");
                    }
                }
            }
            """);

    private Sources() {}

    /** A source of a public handler class with these members. */
    static String handler(String name, String members) {
        return "public class " + name + " implements EventHandler {\n" + members + "}\n";
    }

    /** Writes the file with the imports that handlers have; returns the folder. */
    static Path write(Path folder, String file, String source) {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve(file), "import io.nuclio.*;\n" + source.replace("FOLDER", "\"" + folder + "\""));
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
