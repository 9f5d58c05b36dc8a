package io.nucleon.support.broker;

import io.nucleon.support.FileTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What the brokers share: a folder, a port, a process. Started and stopped by one thread. */
public abstract class BrokerProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final int CONNECT_MILLIS = 500;
    private static final long END_SECONDS = 20;

    private final Path folder;
    private final int port;
    private Process process;

    BrokerProcess(Path folder) throws IOException {
        this.folder = folder;
        this.port = freePort();
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    final Path folder() {
        return folder;
    }

    final int port() {
        return port;
    }

    /** Starts a process whose output is appended to the file {@code log}. */
    final Process launch(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Starts the broker and returns when its port takes connections. */
    final void serve(List<String> command, Map<String, String> environment) throws IOException {
        process = launch(command, environment);
        Awaitility.await(getClass().getSimpleName()).atMost(START_LIMIT).until(this::answers);
    }

    private boolean answers() throws IOException {
        requireAlive();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Fails with what it printed if its process has ended. */
    final void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException(
                    getClass().getSimpleName() + " has ended with " + process.exitValue() + ": " + printed());
        }
    }

    /** All that it and what it was started with have printed, for a test's own failure. */
    public final String printed() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** Starts it, again after {@link #kill} with what it kept; returns when it answers. */
    public abstract BrokerProcess start() throws IOException, InterruptedException;

    /** Ends it as a crash would, with all that it started: a script's broker, a broker's helpers. Its data stay. */
    public void kill() {
        if (process != null) {
            List<ProcessHandle> tree = tree().toList();
            tree.forEach(ProcessHandle::destroyForcibly);
            tree.forEach(
                    one -> one.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join());
        }
    }

    /** The started process and all below it that live. */
    private Stream<ProcessHandle> tree() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    /** Stops and continues it: as cut off, its connections stay open. */
    public void freeze(boolean frozen) throws IOException {
        for (ProcessHandle one : tree().toList()) {
            signal(one.pid(), frozen ? "STOP" : "CONT");
        }
    }

    private static void signal(long pid, String name) throws IOException {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IOException("kill -" + name + " " + pid + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        FileTree.delete(folder);
    }
}
