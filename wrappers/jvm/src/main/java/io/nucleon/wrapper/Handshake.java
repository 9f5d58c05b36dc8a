package io.nucleon.wrapper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.wrapper.handler.JsonText;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connects to the processor and agrees with it on a kind of connection (PROTOCOL.md §4). Stateless. */
public final class Handshake {

    private static final int MAX_HELLO = 1 << 20;
    /** As the other wrappers: 1 MiB doubled the rate of large bodies on the socket. */
    private static final int SEND_BUFFER = 1 << 20;

    private Handshake() {}

    /** A connection and what was agreed on. */
    public record Agreed(Connection connection, Hello hello) {}

    /**
     * The hand-shake up to point 3. The calling thread is the connection's main thread.
     *
     * @param memory the caller's, in which the shared memory is mapped; nothing touches the connection once it is closed
     */
    public static Agreed connect(Path socket, String token, int worker, String language, Arena memory)
            throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
        channel.connect(UnixDomainSocketAddress.of(socket));
        greet(channel, token, worker, language);
        Hello hello = answer(channel);
        Segment segment = open(hello, memory);
        LocalSocket local = new LocalSocket(channel);
        Connection connection =
                hello.shm() ? new ShmConnection(local, hello, segment) : new UnixConnection(local, hello, segment);
        return new Agreed(connection, hello);
    }

    private static Segment open(Hello hello, Arena memory) {
        try {
            return Segment.open(Path.of(hello.segmentPath()), hello.segmentSize(), hello.epoch(), memory);
        } catch (IOException e) {
            throw Errors.noSegment(hello.segmentPath(), e);
        }
    }

    private static void greet(SocketChannel channel, String token, int worker, String language) throws IOException {
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("protocol", List.of(Layout.MAJOR, Layout.MINOR));
        members.put("token", token);
        members.put("worker", worker);
        members.put("pid", ProcessHandle.current().pid());
        members.put("language", language);
        members.put("version", Runtime.version().toString());
        members.put("shm", little);
        members.put("why", little ? "" : "this machine is big-endian");
        members.put("revoke", true);
        // Java receives no descriptors.
        members.put("fd", false);
        byte[] json = JsonText.object(members).getBytes(UTF_8);
        Outgoing frame = Outgoing.of(Layout.HELLO, 0, 0, json);
        ByteBuffer bytes = ByteBuffer.allocate(frame.length()).order(ByteOrder.LITTLE_ENDIAN);
        frame.write(bytes, 0, 0, 0);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static Hello answer(SocketChannel channel) throws IOException {
        ByteBuffer header = readExactly(channel, Layout.HEADER);
        Frame frame = new Frame().over(header, 0);
        int length = frame.length();
        if (frame.type() != Layout.HELLO || length < Layout.HEADER || length > MAX_HELLO) {
            throw Errors.violation("a first frame of type " + frame.type() + " and " + length + " bytes, no HELLO");
        }
        ByteBuffer whole = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        whole.put(header).put(readExactly(channel, length - Layout.HEADER));
        frame.over(whole, 0).check(length, 0, 0);
        return Hello.of(new String(frame.body(), UTF_8), frame.epoch());
    }

    private static ByteBuffer readExactly(SocketChannel channel, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the processor closed the connection");
            }
        }
        return bytes.flip();
    }
}
