package io.nucleon.platform.local;

import io.nucleon.platform.Threads;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;

/**
 * The Unix socket between commands and the daemon of one user: mode 0600 in a folder of mode 0700, and each side asks the kernel who the
 * other one is. Safe for many threads.
 */
final class ControlSocket {
    private ControlSocket() {}

    /** What the daemon does at its end of the socket. */
    interface Server {
        /** From now on clients are taken. */
        void listening();

        /** One line for one line; on a thread of the client's. */
        String answer(String line);

        /** A client has had its answers and is gone. */
        void left();
    }

    /** Listens, with a thread for each client; returns only when the socket is gone. */
    static void serve(Path path, Server answers) throws IOException {
        Files.deleteIfExists(path);
        UnixServerSocketChannel server = UnixServerSocketChannel.open();
        server.socket().bind(new UnixSocketAddress(path.toFile()));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        answers.listening();
        while (true) {
            UnixSocketChannel client = server.accept();
            if (client != null) {
                Threads.start("control-client", () -> serve(client, answers));
            }
        }
    }

    private static void serve(UnixSocketChannel client, Server answers) {
        try (client) {
            if (!isOurs(client)) {
                return;
            }
            InputStream in = new BufferedInputStream(Channels.newInputStream(client));
            for (String line = ControlLine.read(in); !line.isEmpty(); line = ControlLine.read(in)) {
                Channels.newOutputStream(client).write((answers.answer(line) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // The command has gone; what it asked for is done or not, and the next one sees which.
            return;
        } finally {
            answers.left();
        }
    }

    /** Asks a question and waits for its answer; fails if nobody listens, or somebody else. */
    static String ask(Path path, String line) throws IOException {
        try (UnixSocketChannel channel = UnixSocketChannel.open(new UnixSocketAddress(path.toFile()))) {
            if (!isOurs(channel)) {
                throw new IOException("another user listens at " + path);
            }
            Channels.newOutputStream(channel).write((line + "\n").getBytes(StandardCharsets.UTF_8));
            String answer = ControlLine.read(new BufferedInputStream(Channels.newInputStream(channel)));
            if (answer.isEmpty()) {
                throw new IOException("the daemon ended before it answered");
            }
            return answer;
        }
    }

    private static boolean isOurs(UnixSocketChannel channel) throws IOException {
        int peer = channel.getOption(UnixSocketOptions.SO_PEERCRED).getUid();
        return Integer.valueOf(peer).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }
}
