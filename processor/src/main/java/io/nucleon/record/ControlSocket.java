package io.nucleon.record;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket by which commands of the same user ask for what only the function's process can do, in a folder that lets nobody else in:
 * {@code control} in its journal's, and one that {@code run} makes known. One line asks ({@code replay ID}, {@code discard ID}, {@code send} or
 * {@code check} with a JSON object), lines answer; a thread for each connection. docs/local-state.md describes them.
 */
public final class ControlSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
    /** In a journal's folder. */
    static final String NAME = "control";

    private static final String SEND = "send ";
    private static final String CHECK = "check ";
    private static final int LONGEST_LINE = 256;
    /** Of events that are sent: as the largest body that an answer may have. */
    private static final int LONGEST_EVENTS = 64 << 20;

    private static final int MOST_REST = 1 << 20;

    private final DeadLetterDesk desk;
    private final SentEvents sent;
    private final Path path;
    private final ServerSocketChannel server;

    private ControlSocket(DeadLetterDesk desk, SentEvents sent, Path path, ServerSocketChannel server) {
        this.desk = desk;
        this.sent = sent;
        this.path = path;
        this.server = server;
    }

    /** Listens; what is found there must be a dead process's, as it is in a journal's folder once its lock is held. */
    static ControlSocket open(Path path, DeadLetterDesk desk, SentEvents sent) throws IOException {
        Files.createDirectories(
                path.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.deleteIfExists(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        ControlSocket socket = new ControlSocket(desk, sent, path, server);
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
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8));
            OutputStream out = Channels.newOutputStream(client);
            String line = read(in);
            if (line.startsWith(SEND)) {
                sent.send(line.substring(SEND.length()), text -> write(out, text));
            } else if (line.startsWith(CHECK)) {
                sent.check(line.substring(CHECK.length()), text -> write(out, text));
            } else {
                int blank = line.indexOf(' ');
                write(
                        out,
                        blank < 0
                                ? "error one word is missing"
                                : desk.ask(
                                        line.substring(0, blank),
                                        line.substring(blank + 1).strip()));
            }
            client.shutdownOutput();
            // Closing over what it still sends would take the answer away from it.
            for (int rest = 0; rest < MOST_REST && in.read() >= 0; rest++) {}
        } catch (IOException e) {
            LOG.debug("a command that asked has gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String read(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        int longest = LONGEST_LINE;
        for (int c = in.read(); c >= 0 && c != '\n' && line.length() < longest; c = in.read()) {
            line.append((char) c);
            if (SEND.contentEquals(line) || CHECK.contentEquals(line)) {
                longest = LONGEST_EVENTS;
            }
        }
        return line.toString();
    }

    private static void write(OutputStream out, String line) throws IOException {
        out.write((line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
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
