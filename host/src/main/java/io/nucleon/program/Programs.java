package io.nucleon.program;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Looks for programs as a shell would, and runs those that answer soon. Stateless; {@link #run} blocks. */
public final class Programs {

    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    private Programs() {}

    /**
     * What a program said.
     *
     * @param exit its exit status; 128 and the signal's number for one that was killed, as for passing the limit
     * @param text as UTF-8, without blanks around it
     */
    public record Answer(int exit, String text) {}

    /** The first executable of those names on this process's PATH. */
    public static Optional<Path> onPath(List<String> names) {
        return names.stream()
                .flatMap(name -> onPath(System.getenv("PATH"), name).stream())
                .findFirst();
    }

    /**
     * An executable; a name with a slash is looked for where it says.
     *
     * @param path as the variable PATH has it, null for the usual folders
     */
    public static Optional<Path> onPath(String path, String name) {
        Stream<Path> candidates = name.indexOf('/') >= 0
                ? Stream.of(Path.of(name))
                : Arrays.stream((path == null ? USUAL_PATH : path).split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, name));
        return candidates
                .filter(file -> Files.isExecutable(file) && Files.isRegularFile(file))
                .findFirst();
    }

    /** Whether a command of that name is on PATH. */
    public static boolean has(String name) {
        return onPath(List.of(name)).isPresent();
    }

    /**
     * Runs a program without input to its end. What it says on standard error is thrown away, or taken as said.
     *
     * @param limit after which it is killed
     * @param mostBytes of its answer; a program that says more than that may wait for a reader until the limit
     * @throws IOException if it can't be started
     */
    public static Answer run(List<String> command, boolean withErrors, Duration limit, int mostBytes)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(withErrors);
        if (!withErrors) {
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        }
        Process process = builder.start();
        process.getOutputStream().close();
        process.onExit()
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> process.destroyForcibly());
        String text = new String(process.getInputStream().readNBytes(mostBytes), StandardCharsets.UTF_8).strip();
        return new Answer(process.waitFor(), text);
    }
}
