package io.nucleon.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Starts {@code nucleon} out of this test's class path, with folders of its own for everything that it writes. Stateless. */
public final class NucleonCommand {

    /** What it starts inherits this variable, so that even an orphan is found. */
    static final String MARK = "NUCLEON_TEST_RUN";

    /** Verbs that the processor's own program has, as the launcher knows. */
    private static final Set<String> SERVING = Set.of("run", "processor");

    private static final long LIMIT_SECONDS = 90;

    private NucleonCommand() {}

    /**
     * How a command ended that was not to stay.
     *
     * @param out what it wrote to standard output
     * @param err what it wrote to standard error
     */
    public record Ended(int exit, String out, String err) {}

    /**
     * A command that was not started.
     *
     * @param temporary a short path, as a socket's may have 107 characters
     * @param words behind {@code nucleon}; empty for the beginning of a command that serves
     * @param environment added to this process's own
     */
    public static ProcessBuilder builder(Path temporary, List<String> words, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "@" + SourceTree.top().resolve("processor/src/main/dist/jvm.options"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dnucleon.home="
                        + environment.getOrDefault(
                                "NUCLEON_HOME",
                                System.getProperty(
                                        "nucleon.home", SourceTree.top().toString())),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                words.isEmpty() || SERVING.contains(words.getFirst()) ? "io.nucleon.app.Main" : "io.nucleon.cli.Main"));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> all = builder.environment();
        all.keySet().removeIf(name -> name.startsWith("NUCLEON_") || name.startsWith("NUCLIO_"));
        all.put("NUCLEON_SETTINGS", "off");
        all.put(MARK, temporary.toString());
        all.put("TMPDIR", temporary.toString());
        all.put("XDG_STATE_HOME", temporary.toString());
        all.put("XDG_RUNTIME_DIR", temporary.toString());
        all.put("PYTHONDONTWRITEBYTECODE", "1");
        all.putAll(environment);
        return builder;
    }

    /**
     * Runs one in a folder to its end, which must come by itself.
     *
     * @throws IOException also if it does not end
     */
    public static Ended run(Path folder, List<String> words, Map<String, String> environment) throws IOException {
        Path temporary = Files.createTempDirectory("nuc");
        try {
            return run(temporary, folder, words, environment);
        } finally {
            FileTree.delete(temporary);
        }
    }

    /** The same beside a processor, with its folders, so that they find each other. */
    static Ended run(Path temporary, Path folder, List<String> words, Map<String, String> environment)
            throws IOException {
        Path said = Files.createTempDirectory("nuc");
        try {
            Path out = said.resolve("out");
            Path err = said.resolve("err");
            Process process = builder(temporary, words, environment)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            boolean ended = awaitEnd(process);
            String complaint = Files.readString(err, StandardCharsets.UTF_8);
            if (!ended) {
                throw new IOException("it still runs after " + LIMIT_SECONDS + " s; it said: " + complaint);
            }
            return new Ended(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), complaint);
        } finally {
            FileTree.delete(said);
        }
    }

    private static boolean awaitEnd(Process process) {
        try {
            if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return false;
    }
}
