package io.nucleon.platform;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A socket that listens at a function's address for as long as the function is deployed, and that its processes take connections from. While
 * none of them runs connections wait in the kernel. Owned by one function.
 */
public final class LentSocket implements AutoCloseable {
    /** As many connections may wait as an HTTP trigger of its own lets. */
    private static final int BACKLOG = 4096;

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final ServerSocketChannel channel;
    private final int descriptor;

    private LentSocket(ServerSocketChannel channel, int descriptor) {
        this.channel = channel;
        this.descriptor = descriptor;
    }

    /**
     * Listens on loopback.
     *
     * @param port 0 for any free one
     * @throws io.nucleon.error.NucleonException NUC-5001 if it can't be had
     */
    public static LentSocket open(int port) {
        return open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    }

    /**
     * Listens at an address of IPv4.
     *
     * @throws io.nucleon.error.NucleonException NUC-5001 if it can't be had
     */
    public static LentSocket open(InetSocketAddress address) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.INET);
            try {
                channel.bind(address, BACKLOG);
                // It is one open file for all who have it, and event loops must not wait in accept.
                channel.configureBlocking(false);
                return new LentSocket(channel, descriptorOf(channel));
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.PORT_TAKEN,
                            "port " + address.getPort() + " can't be listened on",
                            String.valueOf(e.getMessage()),
                            "choose another one in spec.triggers.NAME.attributes.port, or remove that")
                    .toException(e);
        }
    }

    /** Listens at a port if that is free, else at any. */
    public static LentSocket openLike(int port) {
        try {
            return open(port);
        } catch (NucleonException e) {
            return open(0);
        }
    }

    public int port() {
        try {
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new IllegalStateException("a socket that listens has an address", e);
        }
    }

    public int descriptor() {
        return descriptor;
    }

    /**
     * The number of its descriptor, which Java keeps to itself: the one of this process that leads to the socket which the kernel lists at
     * the address.
     */
    private static int descriptorOf(ServerSocketChannel channel) throws IOException {
        InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
        String inode = inodeOf(address)
                .orElseThrow(() -> new IOException("the kernel doesn't list port " + address.getPort()));
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path one : all) {
                if (target(one).equals("socket:[" + inode + "]")) {
                    return Integer.parseInt(one.getFileName().toString());
                }
            }
        }
        throw new IOException("no descriptor leads to the socket of port " + address.getPort());
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // The one of the folder that is being read.
            return "";
        }
    }

    /** proc(5): address in hexadecimal, 0A for a socket that listens, the inode as the tenth field. */
    private static Optional<String> inodeOf(InetSocketAddress address) throws IOException {
        byte[] four = address.getAddress().getAddress();
        String local = String.format("%02X%02X%02X%02X:%04X", four[3], four[2], four[1], four[0], address.getPort());
        List<String> lines = Files.readAllLines(Path.of("/proc/self/net/tcp"));
        return lines.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 9 && words[1].equals(local) && words[3].equals("0A"))
                .map(words -> words[9])
                .findFirst();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("closing a socket failed", e);
        }
    }
}
