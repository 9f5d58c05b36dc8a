package io.nucleon.wrapper;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A processor written from PROTOCOL.md alone: starts the real wrapper in a JVM of its own and speaks both kinds of connection. One thread.
 */
final class FakeProcessor implements AutoCloseable {

    static final int EPOCH = 7;

    private static final int RING = 1 << 16;
    private static final int ARENA = 4 << 16;
    private static final int CHUNK = 1 << 16;
    private static final int INLINE = 4096;
    private static final int REQUEST = 1024;
    private static final int RESPONSE = 2048;

    private final Path folder;
    private final boolean shm;
    private final Process process;
    private final ServerSocketChannel listener;
    private final SocketChannel channel;
    private final ByteBuffer segment;
    private final Deque<Received> received = new ArrayDeque<>();
    final List<Received> logs = new ArrayList<>();
    private ByteBuffer in = ByteBuffer.allocate(0);
    private long lastCorrelation;
    private long head;

    /** A wrapper for the code in {@code folder/code}, greeted; READY or FAULT is the next frame. */
    FakeProcessor(Path folder, String kind, String handler, String extraHello, String... options) {
        this.folder = folder;
        this.shm = kind.equals("shm");
        try {
            Path socket = folder.resolve("s");
            listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(socket));
            process = start(socket, options);
            segment = makeSegment();
            channel = listener.accept();
            Received hello = read(channel);
            if (hello.type() != 2
                    || !hello.text().contains("\"token\":\"secret\"")
                    || !hello.text().contains("\"fd\":false")) {
                throw new AssertionError("a HELLO like this: " + hello);
            }
            write(hello(kind, handler, extraHello));
            channel.configureBlocking(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(Path socket, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.nucleon.wrapper.Wrapper"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("NUCLEON_SOCKET", socket.toString());
        builder.environment().put("NUCLEON_TOKEN", "secret");
        builder.environment().put("NUCLEON_WORKER", "3");
        return builder.start();
    }

    private ByteBuffer makeSegment() throws IOException {
        int ring = shm ? RING : 0;
        int arena = shm ? ARENA : 0;
        int size = 4096 + 2 * ring + 2 * arena;
        try (FileChannel file = FileChannel.open(
                folder.resolve("segment"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            ByteBuffer memory =
                    file.map(FileChannel.MapMode.READ_WRITE, 0, size).order(ByteOrder.LITTLE_ENDIAN);
            memory.put(0, "NUCLEON\1".getBytes(UTF_8)).putShort(8, (short) 1).putInt(12, 4096);
            memory.putLong(16, size).putLong(24, EPOCH);
            long[] areas = {ring, ring, arena, arena};
            long offset = 4096;
            for (int i = 0; i < areas.length; i++) {
                memory.putLong(32 + 16 * i, offset).putLong(40 + 16 * i, areas[i]);
                offset += areas[i];
            }
            return memory.putInt(96, CHUNK);
        }
    }

    private byte[] hello(String kind, String handler, String extra) {
        String json = """
                {"protocol":[1,0],"transport":"%s","epoch":7,"segment":{"size":%d,"fd":false,"path":"%s"},
                 "inlineLimit":%d,"maxFrame":%d,"inFlight":1,"mode":"sync","spin":true,
                 "methods":["GET","POST"],"triggers":[{"kind":"http","name":"web","class":"sync"}],
                 "function":{"name":"f","handler":"%s","directory":"%s"},"worker":3,
                 "terminationTimeoutMillis":5000%s}
                """.formatted(
                        kind,
                        segment.capacity(),
                        folder.resolve("segment"),
                        INLINE,
                        RING / 4,
                        handler,
                        folder.resolve("code"),
                        extra);
        Sent hello = new Sent().body(json);
        hello.type = 2;
        hello.path = new byte[0];
        return hello.bytes();
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (channel.write(buffer) == 0) {
                drain();
            }
        }
    }

    private static Received read(SocketChannel channel) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, header);
        ByteBuffer frame = ByteBuffer.allocate(header.getInt(0)).order(ByteOrder.LITTLE_ENDIAN);
        frame.put(header.flip());
        readFully(channel, frame);
        return Received.read(frame, 0);
    }

    private static void readFully(SocketChannel channel, ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) {
                throw new IOException("the worker is gone");
            }
        }
    }

    // Sending

    /** Sends an event with a new correlation, which is returned. */
    long send(Sent event) {
        event.correlation = ++lastCorrelation;
        raw(event.bytes());
        return event.correlation;
    }

    /** A frame of that type without sections. */
    void control(int type, long correlation) {
        Sent frame = new Sent();
        frame.type = type;
        frame.correlation = correlation;
        frame.path = new byte[0];
        raw(frame.bytes());
    }

    /** Sends an event whose body goes as chunks of so many bytes. */
    long sendInChunks(Sent event, int size) {
        byte[] body = event.body;
        event.body = Arrays.copyOf(body, size);
        event.flags |= 1;
        long correlation = send(event);
        for (int from = size; from < body.length; from += size) {
            Sent chunk = new Sent().body(Arrays.copyOfRange(body, from, Math.min(from + size, body.length)));
            chunk.type = 6;
            chunk.correlation = correlation;
            chunk.path = new byte[0];
            chunk.flags = from + size < body.length ? 1 : 0;
            raw(chunk.bytes());
        }
        return correlation;
    }

    /** Puts the body into the request arena and refers to it. */
    long sendInArena(Sent event) {
        int at = 4096 + 2 * RING;
        segment.put(at, event.body);
        event.arena = at;
        return send(event);
    }

    private void raw(byte[] frame) {
        try {
            if (shm) {
                put(frame);
            } else {
                write(frame);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(byte[] frame) throws IOException {
        int padded = (frame.length + 63) & -64;
        int index = (int) head & (RING - 1);
        if (index + padded > RING) {
            awaitRoom(RING - index);
            segment.putInt(4096 + index, RING - index).put(4096 + index + 4, (byte) 1);
            head += RING - index;
            index = 0;
        }
        awaitRoom(padded);
        segment.put(4096 + index, frame);
        head += padded;
        VarHandle.fullFence();
        segment.putLong(REQUEST, head);
        VarHandle.fullFence();
        if (segment.getLong(REQUEST + 384) != 0) {
            segment.putLong(REQUEST + 384, 0);
            write(new byte[] {1});
        }
    }

    private void awaitRoom(int bytes) throws IOException {
        while (head + bytes - word(REQUEST + 256) > RING) {
            drain();
        }
    }

    private long word(int at) {
        VarHandle.fullFence();
        long value = segment.getLong(at);
        VarHandle.fullFence();
        return value;
    }

    /** {@code claimed}. */
    long claimed() {
        return word(REQUEST + 128);
    }

    /** Takes back what has not begun, as PROTOCOL.md §5.2 says; the position from which it is the processor's again. */
    long revoke() {
        segment.putLong(REQUEST + 640, word(REQUEST + 640) + 1);
        long from = claimed();
        segment.putLong(REQUEST + 648, from).putLong(REQUEST + 656, head);
        VarHandle.fullFence();
        segment.putLong(REQUEST + 640, word(REQUEST + 640) + 1);
        VarHandle.fullFence();
        return from;
    }

    // Receiving

    /** The next frame that fits, chunks put together; log records are kept too. */
    Received await(Predicate<Received> wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() - end < 0) {
            try {
                drain();
            } catch (IOException e) {
                throw new AssertionError("the worker is gone: " + output(), e);
            }
            while (!received.isEmpty()) {
                Received frame = received.poll();
                if (frame.type() == 7) {
                    logs.add(frame);
                }
                if (wanted.test(frame)) {
                    return frame.has(1) ? together(frame) : frame;
                } else if (frame.type() == 15) {
                    throw new AssertionError("the worker failed: " + frame.text());
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no such frame within 20 s; the wrapper says: " + output());
    }

    private Received together(Received first) {
        ByteBuffer whole = ByteBuffer.allocate(16 << 20).put(first.body().duplicate());
        while (true) {
            Received chunk = await(frame -> frame.type() == 6 && frame.correlation() == first.correlation());
            whole.put(chunk.body().duplicate());
            if (!chunk.has(1)) {
                return first.with(whole.flip(), chunk.flags());
            }
        }
    }

    Received awaitType(int type) {
        return await(frame -> frame.type() == type);
    }

    void awaitLog() {
        awaitType(7);
    }

    Received answer(long correlation) {
        return await(frame -> frame.type() == 5 && frame.correlation() == correlation);
    }

    Received call(Sent event) {
        return answer(send(event));
    }

    private void drain() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        int read = channel.read(buffer);
        if (read < 0) {
            if (shm && received.isEmpty()) {
                drainRing(); // what it published before it left counts
            }
            if (received.isEmpty()) {
                throw new IOException("end of file");
            }
            return;
        }
        if (shm) {
            drainRing();
            return;
        }
        in = ByteBuffer.allocate(in.remaining() + Math.max(read, 0))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(in)
                .put(buffer.flip())
                .flip();
        while (in.remaining() >= 64 && in.remaining() >= in.getInt(in.position())) {
            received.add(Received.read(in, in.position()));
            in.position(in.position() + in.getInt(in.position()));
        }
    }

    private void drainRing() throws IOException {
        long published = word(RESPONSE);
        long tail = segment.getLong(RESPONSE + 256);
        while (tail < published) {
            int at = 4096 + RING + (int) (tail & (RING - 1));
            int length = segment.getInt(at);
            if (segment.get(at + 4) != 1) {
                received.add(Received.read(segment, at));
            }
            tail += (length + 63) & -64;
            segment.putLong(RESPONSE + 256, tail);
            VarHandle.fullFence();
            if (segment.getLong(RESPONSE + 512) != 0) {
                segment.putLong(RESPONSE + 512, 0);
                write(new byte[] {1});
            }
        }
    }

    // Ends

    /** Closes the socket, as a dying processor does. */
    void hangUp() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process process() {
        return process;
    }

    int awaitExit() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the wrapper did not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What the wrapper and its user printed. */
    String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        channel.close();
        listener.close();
        awaitExit();
    }
}
