package io.nucleon.record;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket {@code control} in a journal's folder, by which commands of the same user ask for what only the journal's process can do. The
 * folder lets nobody else in. One line asks ({@code replay ID}, {@code discard ID}), one line answers; a thread for each connection.
 */
final class ControlSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
    private static final String NAME = "control";
    private static final int LONGEST_LINE = 256;
    private static final int MOST_REST = 1 << 20;

    private final DeadLetterDesk desk;
    private final Path path;
    private final ServerSocketChannel server;

    private ControlSocket(DeadLetterDesk desk, Path path, ServerSocketChannel server) {
        this.desk = desk;
        this.path = path;
        this.server = server;
    }

    /** Listens; the folder's lock must be held, so that what is found there is a dead process's. */
    static ControlSocket open(Path folder, DeadLetterDesk desk) throws IOException {
        Path path = folder.resolve(NAME);
        Files.deleteIfExists(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        ControlSocket socket = new ControlSocket(desk, path, server);
        Threads.start("journal-control", socket::accept);
        return socket;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                Threads.start("journal-control-client", () -> serve(client));
            } catch (IOException e) {
                // closed
                return;
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(client), StandardCharsets.US_ASCII));
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0 && c != '\n' && line.length() < LONGEST_LINE; c = in.read()) {
                line.append((char) c);
            }
            int blank = line.indexOf(" ");
            String answer = blank < 0
                    ? "error one word is missing"
                    : desk.ask(
                            line.substring(0, blank), line.substring(blank + 1).strip());
            Channels.newOutputStream(client).write((answer.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();
            // Closing over what it still sends would take the answer away from it.
            for (int rest = 0; rest < MOST_REST && in.read() >= 0; rest++) {}
        } catch (IOException e) {
            LOG.debug("a command that asked has gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.debug("closing the control socket failed", e);
        }
    }
}
