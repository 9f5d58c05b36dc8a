package io.nucleon.kit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.JsonReader;
import io.nucleon.transport.Connection;
import io.nucleon.transport.FrameHandler;
import io.nucleon.transport.FrameLayout;
import io.nucleon.transport.FrameView;
import io.nucleon.transport.shm.BellHandler;
import io.nucleon.transport.shm.Segment;
import io.nucleon.transport.shm.ShmConnection;
import io.nucleon.transport.shm.SocketDoorbell;
import io.nucleon.transport.unix.UnixConnection;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/**
 * The processor's side of one wrapper, played: the wrapper is a real process, the connection the transport's own. Methods are called by the
 * thread of the check; what touches the connection runs on its event loop. {@link #close()} leaves nothing.
 */
final class Worker implements FrameHandler, AutoCloseable {

    /** Index of every worker that is started; not 0, so that a wrapper that ignores it shows. */
    static final int INDEX = 3;

    private static final long FIRST_CORRELATION = 0xFEDC_BA98_7654_3210L;

    private final Bench bench;
    private final Start start;
    private final Stage stage;
    private final Inbox inbox;
    private final Map<Long, FrameBytes> lent = new HashMap<>();
    private Greeting.Hello hello;
    private Map<String, Object> said = Map.of();
    private Connection connection;
    private long correlation = FIRST_CORRELATION;
    /** Both belong to the loop: only when the process has ended and its socket was read to the end has everything come. */
    private boolean exited;

    private boolean closed;
    private int bells;

    private Worker(Bench bench, Start start, Stage stage) {
        this.bench = bench;
        this.start = start;
        this.stage = stage;
        this.inbox = new Inbox(bench.setting().clock(), bench.setting().patience());
    }

    /** Starts a wrapper and waits for its HELLO. */
    static Worker begin(Bench bench, Start start) throws Failed {
        Worker worker = new Worker(bench, start, Stage.set(bench, start));
        try {
            worker.awaitHello();
            return worker;
        } catch (Failed | RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    private void awaitHello() throws Failed {
        WrapperProcess process = stage.process();
        process.onExit(() -> bench.loop().execute(this::processEnded));
        inbox.await(
                () -> stage.hello().isDone() || !inbox.end().isEmpty(),
                "started it with NUCLEON_SOCKET, NUCLEON_TOKEN and NUCLEON_WORKER",
                "no connection in " + bench.setting().patience().toMillis() + " ms");
        Failed.unless(stage.hello().isDone(), "started it", inbox.end());
        hello = stage.hello().join();
        Failed.unless(hello.problem().isEmpty(), "started it", hello.problem() + " in place of a HELLO");
        said = JsonReader.object(hello.json())
                .orElseThrow(() -> new Failed("started it", "a HELLO whose body is no JSON object"));
    }

    private void processEnded() {
        exited = true;
        endIfRead();
    }

    private void endIfRead() {
        if (!exited || (connection != null && !closed)) {
            return;
        }
        if (connection != null) {
            connection.drainRest();
        }
        inbox.ended(stage.process().end());
    }

    /** How often it rang; on the loop. */
    int bells() {
        return bells;
    }

    /** What it said of itself. */
    Map<String, Object> said() {
        return said;
    }

    /** The header's epoch of its HELLO. */
    int helloEpoch() {
        return hello.epoch();
    }

    Start start() {
        return start;
    }

    WrapperProcess process() {
        return stage.process();
    }

    Path folder() {
        return stage.folder();
    }

    Inbox inbox() {
        return inbox;
    }

    Connection connection() {
        return connection;
    }

    Segment segment() {
        return stage.segment();
    }

    /** Answers its HELLO; from here on frames travel. */
    Worker greet() throws Failed {
        onLoop(() -> {
            EpollDomainSocketChannel channel = hello.channel();
            if (bench.isShm()) {
                connection = new ShmConnection(
                        stage.segment(), FrameBytes.EPOCH, new SocketDoorbell(channel), this, () -> false);
                channel.pipeline().addLast(new BellCounter()).addLast(new BellHandler(this));
            } else {
                UnixConnection unix = new UnixConnection(channel, FrameBytes.EPOCH, stage.segment(), revokes(), this);
                channel.pipeline().addLast(unix);
                connection = unix;
            }
            bench.pass().add(connection);
            boolean byDescriptor = !start.isByPath() && !Boolean.FALSE.equals(said.get("fd"));
            String json = HelloJson.of(bench, start, stage, connection, byDescriptor);
            channel.write(Unpooled.wrappedBuffer(helloFrame(start.isHelloCut() ? json.substring(0, 40) : json)));
            if (byDescriptor) {
                channel.write(new FileDescriptor(stage.segment().memory().fd()));
            }
            channel.flush();
            return null;
        });
        return this;
    }

    /** Whether it follows what is taken back; on shared memory every worker must. */
    boolean revokes() {
        return bench.isShm() || Boolean.TRUE.equals(said.get("revoke"));
    }

    /** Counts what comes on the socket beside a segment. */
    private final class BellCounter extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            bells++;
            ctx.fireChannelRead(message);
        }
    }

    private static byte[] helloFrame(String json) {
        return FrameBytes.of(FrameLayout.HELLO).body(json).bytes();
    }

    /** Waits for READY and gives its JSON; takes the records of the init hook with {@code logs}. */
    Received awaitReady() throws Failed {
        Received ready =
                inbox.take(frame -> frame.type() == FrameLayout.READY || frame.type() == FrameLayout.FAULT, "HELLO");
        Failed.unless(ready.type() == FrameLayout.READY, "HELLO", ready.shown());
        return ready;
    }

    // Sending

    /** An event with the next correlation. */
    FrameBytes event(String path) {
        correlation += 0x1_0000_0001L;
        return FrameBytes.of(FrameLayout.EVENT)
                .code(1)
                .correlation(correlation)
                .time(bench.setting().clock().millis() * 1_000_000)
                .path(path);
    }

    /** Sends a frame; a body above what goes into one travels as the processor would send it. Gives the position behind its first frame. */
    long send(FrameBytes frame) throws Failed {
        byte[] body = frame.body();
        if (body.length <= connection.inlineLimit()) {
            return write(frame.bytes());
        }
        long[] at = new long[1];
        long position = written(() -> {
            at[0] = connection.claimBody(body.length);
            if (at[0] <= 0) {
                return at[0] < 0 ? Long.MAX_VALUE : -1L;
            }
            connection.body(at[0], body.length).put(body);
            return writeNow(frame.arena(at[0]).bytes());
        });
        if (position == Long.MAX_VALUE) {
            return sendChunks(frame, body);
        }
        lent.put(frame.correlation(), frame);
        return position;
    }

    private long sendChunks(FrameBytes frame, byte[] body) throws Failed {
        int size = connection.maxFrame() / 2;
        long position = write(frame.flags(frame.flags() | FrameLayout.FLAG_MORE)
                .body(new byte[0])
                .bytes());
        for (int from = 0; from < body.length; from += size) {
            int to = Math.min(body.length, from + size);
            write(chunk(frame.correlation(), to < body.length ? FrameLayout.FLAG_MORE : 0)
                    .body(java.util.Arrays.copyOfRange(body, from, to))
                    .bytes());
        }
        return position;
    }

    static FrameBytes chunk(long correlation, int flags) {
        return FrameBytes.of(FrameLayout.CHUNK).correlation(correlation).flags(flags);
    }

    /** A frame without sections. */
    void control(int type, long controlCorrelation) throws Failed {
        write(FrameBytes.of(type).correlation(controlCorrelation).bytes());
    }

    /** Writes bytes as one frame, whatever they say; gives the position behind it. */
    long write(byte[] frame) throws Failed {
        return written(() -> writeNow(frame));
    }

    private long written(Callable<Long> attempt) throws Failed {
        long[] position = {-1};
        String what = "more frames than its ring or socket holds";
        inbox.await(
                () -> {
                    try {
                        position[0] = onLoop(attempt);
                        return position[0] >= 0;
                    } catch (Failed e) {
                        return true;
                    }
                },
                what,
                "it makes no room; " + inbox.came());
        return position[0];
    }

    /** On the loop: −1 if there is no room. */
    private long writeNow(byte[] frame) {
        ByteBuffer room = connection.claim(frame.length);
        if (room == null) {
            return -1;
        }
        room.put(frame);
        return connection.commit(frame.length);
    }

    /** Writes into the segment where only a processor may. */
    void poke(long offset, byte[] bytes) {
        stage.poke(offset, bytes);
    }

    /** Bytes on the socket that are no frame of the connection's. */
    void raw(byte[] bytes) throws Failed {
        onLoop(() -> {
            ByteBuf copy = Unpooled.wrappedBuffer(bytes);
            hello.channel().writeAndFlush(copy);
            return null;
        });
    }

    // Receiving

    /** Sends an event and waits for its answer. */
    Answer call(FrameBytes event, String sent) throws Failed {
        send(event);
        return answer(event, sent);
    }

    /** Waits for the answer to an event; what was lent for its body goes back. */
    Answer answer(FrameBytes event, String sent) throws Failed {
        Answer answer = inbox.answer(event.correlation(), sent);
        FrameBytes borrowed = lent.remove(event.correlation());
        if (borrowed != null) {
            onLoop(() -> {
                connection.releaseBody(arenaOf(borrowed), borrowed.body().length);
                return null;
            });
        }
        return answer;
    }

    private static long arenaOf(FrameBytes frame) {
        return ByteBuffer.wrap(frame.bytes())
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getLong(FrameLayout.ARENA_OFFSET);
    }

    Received take(Predicate<Received> wanted, String sent) throws Failed {
        return inbox.take(wanted, sent);
    }

    /** Waits until a file is there, which says that a handler runs. */
    void awaitFile(Path file, String sent) throws Failed {
        inbox.await(
                () -> Files.exists(file) || !inbox.end().isEmpty(),
                sent,
                "no " + file.getFileName() + "; " + inbox.came());
        Failed.unless(Files.exists(file), sent, inbox.came());
    }

    /** Waits for the end of the process. */
    int awaitExit(String sent) throws Failed {
        inbox.await(() -> !stage.process().isAlive() && !inbox.end().isEmpty(), sent, "it lives on; " + inbox.came());
        return stage.process().exitValue();
    }

    /** Closes the connection, as a processor does that ends. */
    void hangUp() throws Failed {
        onLoop(() -> {
            hello.channel().close();
            return null;
        });
    }

    /** Runs something on the loop that owns the connection and waits for it. */
    <T> T onLoop(Callable<T> action) throws Failed {
        try {
            return bench.loop().submit(action).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("", "the check was interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the kit's own side of the connection failed", e.getCause());
        }
    }

    @Override
    public void onFrame(FrameView frame) {
        inbox.add(Received.of(frame));
    }

    @Override
    public void onViolation(ErrorMessage why) {
        inbox.ended("a frame that breaks the protocol: " + why.why());
    }

    @Override
    public void onClosed() {
        closed = true;
        endIfRead();
    }

    @Override
    public void close() {
        stage.process().killTree();
        try {
            onLoop(() -> {
                if (connection != null) {
                    bench.pass().remove(connection);
                    connection.close();
                }
                if (stage.hello().isDone()) {
                    stage.hello().join().channel().close();
                }
                stage.strike();
                return null;
            });
        } catch (Failed interrupted) {
            // The loop does it all the same.
        }
    }
}
