package io.nucleon.runtime.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Looks for programs as a shell would. */
final class Interpreters {

    private static final long PROBE_SECONDS = 20;
    private static final int MAX_OUTPUT = 16 * 1024;

    private Interpreters() {}

    /** The first executable of those names on PATH; null if there is none. */
    static Path onPath(List<String> names) {
        for (String name : names) {
            for (Path folder : pathFolders()) {
                Path candidate = folder.resolve(name);
                if (Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    /**
     * What it prints of its version when run with those arguments; empty if it doesn't run, or says none. Waits for it.
     *
     * @param pattern finds versions in its output, of which the newest counts; null = the output is the version
     */
    static Optional<Version> versionOf(Path interpreter, List<String> arguments, Pattern pattern) {
        List<String> command = new ArrayList<>(List.of(interpreter.toString()));
        command.addAll(arguments);
        try {
            Process probe = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            probe.getOutputStream().close();
            String text = new String(probe.getInputStream().readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
            if (!probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                probe.destroyForcibly();
                return Optional.empty();
            }
            return probe.exitValue() == 0 ? versionIn(text, pattern) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Version> versionIn(String text, Pattern pattern) {
        if (pattern == null) {
            return Version.parse(text);
        }
        return pattern.matcher(text)
                .results()
                .flatMap(found -> Version.parse(found.group(1)).stream())
                .reduce((one, other) -> one.isAtLeast(other) && !other.isAtLeast(one) ? one : other);
    }

    /** Whether a command of that name is on PATH. */
    static boolean has(String name) {
        return onPath(List.of(name)) != null;
    }

    private static List<Path> pathFolders() {
        String path = System.getenv("PATH");
        List<Path> folders = new ArrayList<>();
        for (String folder : (path == null ? "/usr/local/bin:/usr/bin:/bin" : path).split(File.pathSeparator)) {
            if (!folder.isEmpty()) {
                folders.add(Path.of(folder));
            }
        }
        return folders;
    }
}
