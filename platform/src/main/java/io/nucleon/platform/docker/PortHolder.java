package io.nucleon.platform.docker;

import io.nucleon.host.Order;
import io.nucleon.host.WorkerCount;
import io.nucleon.os.LendingSocket;
import io.nucleon.platform.LentSocket;
import io.nucleon.platform.Threads;
import io.nucleon.platform.WallClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The process of the container that holds a function's port: it listens, takes no connection itself, and lends the socket to the version that
 * serves. Versions connect to it over a Unix socket in a volume that all of them have; commands write {@code serve VERSION} to its
 * standard input. What it knows is kept in the volume, so that after a restart the version that served goes on without any command.
 *
 * <p>Its methods exclude each other; one thread a connection reads.
 */
public final class PortHolder {
    /** Where the volume is. */
    static final Path FOLDER = Path.of("/run/nucleon");

    static final Path SOCKET = FOLDER.resolve("socket");
    static final Path STATE = FOLDER.resolve("port.json");

    /** Journals of versions, whichever user they run as. */
    static final Path JOURNALS = FOLDER.resolve("state");

    private final Clock clock = new WallClock();
    private final List<Peer> peers = new ArrayList<>();
    /** Null for a function without HTTP. */
    private final LentSocket port;

    private PortState state;
    private String switching = "";

    /** A version that is connected. */
    private static final class Peer {
        private final LendingSocket socket;
        private String version = "";
        private WorkerCount workers = WorkerCount.UNKNOWN;
        private boolean serves;
        private boolean leaves;
        private boolean resumed;

        Peer(LendingSocket socket) {
            this.socket = socket;
        }
    }

    private PortHolder(LentSocket port) {
        this.port = port;
        this.state = PortState.read(STATE);
    }

    /**
     * Holds a port until it is ended.
     *
     * @param args the port, 0 for none
     */
    public static void main(String[] args) throws IOException {
        int number = Integer.parseInt(args[0]);
        LentSocket port =
                number == 0 ? null : LentSocket.open(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), number));
        PortHolder holder = new PortHolder(port);
        holder.keep(holder.state.serving(), false, holder.state.workers());
        Files.createDirectories(JOURNALS);
        Files.setPosixFilePermissions(JOURNALS, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.deleteIfExists(SOCKET);
        LendingSocket.Place place = LendingSocket.listen(SOCKET);
        // Only containers of this function have the volume.
        Files.setPosixFilePermissions(SOCKET, PosixFilePermissions.fromString("rw-rw-rw-"));
        Threads.start("orders", holder::readOrders);
        while (true) {
            LendingSocket socket = place.accept();
            Threads.start("version", () -> holder.read(socket));
        }
    }

    private void readOrders() {
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("serve ")) {
                    serve(line.substring("serve ".length()).strip());
                } else {
                    say(PortEvent.Kind.HERE, "", "");
                }
            }
        } catch (IOException e) {
            System.err.println("no orders can be read any more: " + e.getMessage());
        }
    }

    private void read(LendingSocket socket) {
        Peer peer = new Peer(socket);
        try (socket) {
            for (String line = socket.line(); line != null; line = socket.line()) {
                take(peer, line);
            }
        } catch (IOException e) {
            System.err.println("version " + peer.version + ": " + e.getMessage());
        } finally {
            gone(peer);
        }
    }

    private synchronized void take(Peer peer, String line) throws IOException {
        String[] words = line.split(" ");
        if (words[0].equals("ready") && words.length > 1) {
            peer.version = words[1];
            peers.add(peer);
            String url = "";
            for (String word : List.of(words).subList(2, words.length)) {
                Optional<WorkerCount> count = WorkerCount.fromWord(word);
                peer.workers = count.orElse(peer.workers);
                url = count.isPresent() ? url : word;
            }
            say(PortEvent.Kind.READY, peer.version, url);
            if (peer.version.equals(state.serving())) {
                lend(peer);
            }
            return;
        }
        Optional<Order> done = Order.doneIn(line);
        if (done.equals(Optional.of(Order.SERVE))) {
            serves(peer);
        } else if (done.equals(Optional.of(Order.RETIRE))) {
            say(PortEvent.Kind.RETIRED, state.serving(), "");
        }
    }

    private synchronized void serve(String version) throws IOException {
        Optional<Peer> next =
                peers.stream().filter(peer -> peer.version.equals(version)).findFirst();
        if (next.isEmpty()) {
            say(PortEvent.Kind.ABSENT, version, "");
            return;
        }
        switching = version;
        lend(next.get());
    }

    private void lend(Peer peer) throws IOException {
        peer.socket.send(Order.SERVE.word(), port == null ? LendingSocket.NOTHING : port.descriptor());
    }

    private void serves(Peer next) throws IOException {
        next.serves = true;
        boolean isNew = next.version.equals(switching);
        if (!isNew && !next.version.equals(state.serving())) {
            return;
        }
        switching = isNew ? "" : switching;
        keep(next.version, true, next.workers);
        say(PortEvent.Kind.SERVES, next.version, "");
        boolean waits = false;
        for (Peer old : peers) {
            if (old != next && old.serves) {
                waits = true;
                if (!old.leaves) {
                    old.leaves = true;
                    tell(old, Order.RETIRE);
                }
            }
        }
        if (!waits) {
            say(PortEvent.Kind.RETIRED, next.version, "");
            resume(next);
        }
    }

    /** Once: it goes on with what the journal holds, which one process at a time can have. */
    private static void resume(Peer peer) {
        if (!peer.resumed) {
            peer.resumed = true;
            tell(peer, Order.RESUME);
        }
    }

    private static void tell(Peer peer, Order order) {
        try {
            peer.socket.send(order.word(), LendingSocket.NOTHING);
        } catch (IOException e) {
            // It is gone, which its reader finds too.
            peer.socket.end();
        }
    }

    private synchronized void gone(Peer peer) {
        peers.remove(peer);
        try {
            if (peer.leaves) {
                say(PortEvent.Kind.RETIRED, state.serving(), "");
            } else if (peer.version.equals(state.serving())) {
                keep(state.serving(), false, state.workers());
            }
            if (peers.stream().noneMatch(one -> one.leaves)) {
                peers.stream().filter(one -> one.serves).forEach(PortHolder::resume);
            }
        } catch (IOException e) {
            System.err.println(STATE + " can't be written: " + e.getMessage());
        }
    }

    private void keep(String serving, boolean ready, WorkerCount workers) throws IOException {
        state = state.with(serving, ready, workers, clock.millis());
        state.write(STATE);
    }

    private static void say(PortEvent.Kind kind, String version, String url) {
        System.out.println(new PortEvent(kind, version, url).toJson());
        System.out.flush();
    }
}
