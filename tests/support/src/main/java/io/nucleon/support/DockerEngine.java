package io.nucleon.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A Docker engine: the machine's if it answers, else one that is started for this JVM, with a folder, a socket and a network bridge of its
 * own, and ended with it, killed or not. Safe for many threads.
 */
public final class DockerEngine {
    private static final long START_SECONDS = 60;
    private static final long CALL_SECONDS = 120;
    private static final long END_SECONDS = 30;

    private static final Path PLACE = Path.of("/var/tmp");
    private static final Pattern FOLDER = Pattern.compile("nuc(\\d+)-\\d+");

    /** Made when it is first asked for. */
    private static final class Once {
        static final DockerEngine ENGINE = find();

        private Once() {}
    }

    private final Map<String, String> environment;
    private final String refusal;
    /** Null if it isn't ours. */
    private final Path folder;

    private final boolean containerd;

    private volatile Process daemon;

    private DockerEngine(Map<String, String> environment, String refusal, Path folder, boolean containerd) {
        this.environment = environment;
        this.refusal = refusal;
        this.folder = folder;
        this.containerd = containerd;
    }

    /** The one of this JVM, started if need be. */
    public static DockerEngine get() {
        return Once.ENGINE;
    }

    /**
     * One more, which keeps its images in containerd and is ended with this JVM. It has no network: what runs there is asked from inside.
     * Once a JVM.
     */
    public static DockerEngine withContainerdStore() {
        try {
            return start(true);
        } catch (IOException e) {
            return refused("no dockerd can be started here: " + e);
        }
    }

    private static DockerEngine refused(String why) {
        return new DockerEngine(Map.of(), why, null, false);
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
            return answers(Map.of()) ? new DockerEngine(Map.of(), "", null, false) : start(false);
        } catch (IOException e) {
            return refused("no dockerd can be started here: " + e);
        }
    }

    private static DockerEngine start(boolean containerd) throws IOException {
        sweep();
        // Short, for its sockets; on a disk, for its layers; named by its owner, for the next one to sweep up.
        Path folder =
                Files.createTempDirectory(PLACE, "nuc" + ProcessHandle.current().pid() + "-");
        DockerEngine engine =
                new DockerEngine(Map.of("DOCKER_HOST", "unix://" + folder.resolve("socket")), "", folder, containerd);
        Files.writeString(
                folder.resolve("daemon.json"), "{\"features\": {\"containerd-snapshotter\": " + containerd + "}}\n");
        Threads.atExit("docker-end", engine::end);
        try {
            if (!containerd) {
                engine.makeBridge();
            }
            engine.startDaemon();
            return engine;
        } catch (IOException e) {
            return refused(e.getMessage());
        }
    }

    /** Removes what engines have left whose JVM was killed before they had ended. */
    private static void sweep() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PLACE, "nuc*")) {
            for (Path folder : folders) {
                Matcher owner = FOLDER.matcher(folder.getFileName().toString());
                Path daemon = folder.resolve("pid");
                if (owner.matches()
                        && isGone(owner.group(1))
                        && (!Files.exists(daemon)
                                || isGone(Files.readString(daemon).strip()))) {
                    remove(folder);
                }
            }
        }
    }

    private static boolean isGone(String pid) {
        return pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }

    /** With what is mounted there: an engine mounts its own folder once more each time that it starts, and one that was killed unmounts nothing. */
    private static void remove(Path folder) {
        try {
            for (String mount : Files.readAllLines(Path.of("/proc/self/mounts")).reversed()) {
                String place = mount.split(" ")[1];
                if (place.startsWith(folder + "/")) {
                    run(List.of("umount", "--lazy", place), Map.of());
                }
            }
            FileTree.delete(folder);
        } catch (IOException e) {
            System.err.println(folder + " is left: " + e);
        }
    }

    /** Other engines of this machine have theirs: one that shares docker0 would give out the same addresses. */
    private void makeBridge() throws IOException {
        long pid = ProcessHandle.current().pid();
        run(
                List.of(
                        "ip",
                        "link",
                        "add",
                        bridge(),
                        "address",
                        "02:4e:%02x:%02x:%02x:01".formatted(pid >> 16 & 0xff, pid >> 8 & 0xff, pid & 0xff),
                        "type",
                        "bridge"),
                Map.of());
        String subnet = "10." + (200 + pid / 250 % 50) + "." + pid % 250 + ".1/24";
        run(List.of("ip", "address", "add", subnet, "dev", bridge()), Map.of());
        run(List.of("ip", "link", "set", bridge(), "up"), Map.of());
    }

    private static String bridge() {
        return "nuc" + ProcessHandle.current().pid();
    }

    /**
     * Starts it, after {@link #kill} too; returns when it answers.
     *
     * @throws IOException when it doesn't in time
     */
    public void startDaemon() throws IOException {
        Path log = folder.resolve("log");
        CompletableFuture<Process> started = new CompletableFuture<>();
        // What ends with its parent ends with the parent's thread: this one stays.
        Threads.start("dockerd", () -> run(log, started));
        try {
            daemon = started.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("dockerd can't be started: " + e.getMessage(), e);
        }
        try {
            Awaitility.await("dockerd")
                    .atMost(START_SECONDS, TimeUnit.SECONDS)
                    .until(() -> !daemon.isAlive() || answers(environment));
        } catch (ConditionTimeoutException e) {
            throw new IOException("dockerd doesn't answer: " + last(log), e);
        }
        if (!daemon.isAlive()) {
            throw new IOException("dockerd ended: " + last(log));
        }
    }

    private void run(Path log, CompletableFuture<Process> started) {
        try {
            Process daemon = new ProcessBuilder(
                            "setpriv",
                            "--pdeathsig=TERM",
                            "dockerd",
                            "--config-file=" + folder.resolve("daemon.json"),
                            "--data-root=" + folder.resolve("lib"),
                            "--exec-root=" + folder.resolve("exec"),
                            "--pidfile=" + folder.resolve("pid"),
                            "--host=unix://" + folder.resolve("socket"),
                            "--bridge=" + (containerd ? "none" : bridge()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            started.complete(daemon);
            daemon.waitFor();
        } catch (IOException e) {
            started.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it was started by this JVM, and may be killed. */
    public boolean isOurs() {
        return daemon != null;
    }

    /** Ends it without a word; what runs on it is left to the next one. */
    public void kill() {
        daemon.destroyForcibly();
        daemon.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
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
    private void end() {
        try {
            if (daemon != null) {
                daemon.destroy();
                if (!daemon.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                    daemon.destroyForcibly();
                }
            }
            if (!containerd) {
                run(List.of("ip", "link", "delete", bridge()), Map.of());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println(bridge() + " is left: " + e);
        }
        remove(folder);
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
