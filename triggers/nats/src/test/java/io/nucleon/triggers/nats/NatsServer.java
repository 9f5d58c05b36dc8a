package io.nucleon.triggers.nats;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real server as a process, with JetStream, on a port of this machine. */
final class NatsServer implements AutoCloseable {

    private final Path folder;
    private final int port;
    private final List<String> options;
    private Process process;

    NatsServer(String... options) throws IOException {
        this.folder = Files.createTempDirectory("nats");
        this.options = List.of(options);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    NatsServer start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "nats-server", "-js", "-sd", folder.resolve("data").toString(), "-a", "127.0.0.1", "-p", "" + port));
        command.addAll(options);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await("the NATS server").atMost(Duration.ofSeconds(20)).until(this::answers);
        return this;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** Ends it as a crash would. */
    void kill() {
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
