package io.nucleon.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A Docker engine: the machine's if it answers, else one that is started for this JVM, with a folder and a socket of its own, and ended with
 * it. Safe for many threads.
 */
public final class DockerEngine {
    private static final long START_SECONDS = 30;
    private static final long CALL_SECONDS = 120;
    private static final long END_SECONDS = 30;

    /** Made when it is first asked for. */
    private static final class Once {
        static final DockerEngine ENGINE = find();

        private Once() {}
    }

    private final Map<String, String> environment;
    private final String refusal;

    private DockerEngine(Map<String, String> environment, String refusal) {
        this.environment = environment;
        this.refusal = refusal;
    }

    /** The one of this JVM, started if need be. */
    public static DockerEngine get() {
        return Once.ENGINE;
    }

    /** Why there is none on this machine; empty if there is. */
    public String refusal() {
        return refusal;
    }

    /** Variables with which {@code docker} finds it. */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * What {@code docker WORDS} prints, without the last line's end.
     *
     * @throws IOException with what it complained of if it doesn't end with 0
     */
    public String docker(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        return run(command, environment);
    }

    private static DockerEngine find() {
        try {
            return answers(Map.of()) ? new DockerEngine(Map.of(), "") : start();
        } catch (IOException e) {
            return new DockerEngine(Map.of(), "no dockerd can be started here: " + e);
        }
    }

    private static DockerEngine start() throws IOException {
        // Short, for its sockets; on a disk, for its layers.
        Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "nuc");
        Map<String, String> environment = Map.of("DOCKER_HOST", "unix://" + folder.resolve("socket"));
        Path log = folder.resolve("log");
        Process daemon;
        try {
            daemon = new ProcessBuilder(
                            "dockerd",
                            "--data-root=" + folder.resolve("lib"),
                            "--exec-root=" + folder.resolve("exec"),
                            "--pidfile=" + folder.resolve("pid"),
                            "--host=unix://" + folder.resolve("socket"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            FileTree.delete(folder);
            return new DockerEngine(Map.of(), "dockerd can't be started: " + e.getMessage());
        }
        Threads.atExit("docker-end", () -> end(daemon, folder));
        try {
            Awaitility.await("dockerd")
                    .atMost(START_SECONDS, TimeUnit.SECONDS)
                    .until(() -> !daemon.isAlive() || answers(environment));
        } catch (ConditionTimeoutException e) {
            return new DockerEngine(Map.of(), "dockerd doesn't answer: " + last(log));
        }
        return daemon.isAlive()
                ? new DockerEngine(environment, "")
                : new DockerEngine(Map.of(), "dockerd ended: " + last(log));
    }

    private static boolean answers(Map<String, String> environment) {
        try {
            run(List.of("docker", "version"), environment);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Asked to end it takes its containers along and unmounts their folders. */
    private static void end(Process daemon, Path folder) {
        daemon.destroy();
        try {
            if (!daemon.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                daemon.destroyForcibly();
            }
            FileTree.delete(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println(folder + " is left: " + e);
        }
    }

    private static String last(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }

    static String run(List<String> command, Map<String, String> environment) throws IOException {
        Path said = Files.createTempFile("docker", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectError(said.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(CALL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + ": " + Files.readString(said));
            }
            return out.stripTrailing();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(said);
        }
    }
}
