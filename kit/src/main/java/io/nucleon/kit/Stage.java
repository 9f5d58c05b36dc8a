package io.nucleon.kit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.nucleon.os.SharedMemory;
import io.nucleon.transport.shm.Segment;
import io.nucleon.transport.shm.SegmentLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What a worker is started with: folder, socket, segment, process. Made by the check's thread; {@link #strike} removes all of it. */
final class Stage {

    /** As the processor sets it. */
    private static final int BUFFER_BYTES = 1 << 20;

    private static final String TOKEN = "c0ffee00c0ffee00c0ffee00c0ffee00";

    private final Path folder;
    private final Segment segment;
    private final CompletableFuture<Greeting.Hello> hello = new CompletableFuture<>();
    private final Channel listener;
    private final WrapperProcess process;

    private Stage(Bench bench, Start start) throws IOException {
        folder = Files.createTempDirectory(
                "nucleon-kit-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        segment = makeSegment(bench, start);
        listener = listen(bench);
        process = WrapperProcess.start(
                bench.setting(),
                folder.resolve("output"),
                start.isBehindAnother(),
                Map.of(
                        "NUCLEON_SOCKET", socket().toString(),
                        "NUCLEON_TOKEN", TOKEN,
                        "NUCLEON_WORKER", Integer.toString(Worker.INDEX)));
    }

    static Stage set(Bench bench, Start start) throws Failed {
        try {
            return new Stage(bench, start);
        } catch (IOException e) {
            throw new Failed("started " + String.join(" ", bench.setting().command()), String.valueOf(e.getMessage()));
        }
    }

    private Segment makeSegment(Bench bench, Start start) throws IOException {
        SegmentLayout layout = bench.isShm() ? SegmentLayout.STANDARD : SegmentLayout.STATUS_PAGE;
        SharedMemory memory = start.isByPath()
                ? SharedMemory.file(folder.resolve("segment"), layout.size())
                : SharedMemory.anonymous("nucleon-kit", layout.size());
        Segment made = new Segment(memory, layout, FrameBytes.EPOCH);
        try (FileChannel channel =
                FileChannel.open(memory.ownPath(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            start.spoiler().spoil(channel);
        }
        return made;
    }

    private Channel listen(Bench bench) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(bench.loop())
                .channel(EpollServerDomainSocketChannel.class)
                .childOption(ChannelOption.SO_SNDBUF, BUFFER_BYTES)
                .childOption(ChannelOption.SO_RCVBUF, BUFFER_BYTES)
                .childHandler(new ChannelInitializer<EpollDomainSocketChannel>() {
                    @Override
                    protected void initChannel(EpollDomainSocketChannel channel) {
                        channel.pipeline().addLast(new Greeting(hello));
                    }
                });
        var bound = bootstrap.bind(new DomainSocketAddress(socket().toFile())).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("binding " + socket() + " failed", bound.cause());
        }
        return bound.channel();
    }

    private Path socket() {
        return folder.resolve("socket");
    }

    static String token() {
        return TOKEN;
    }

    Path folder() {
        return folder;
    }

    Segment segment() {
        return segment;
    }

    CompletableFuture<Greeting.Hello> hello() {
        return hello;
    }

    WrapperProcess process() {
        return process;
    }

    /** Writes a word of the segment, as only a processor may. */
    void poke(long offset, byte[] bytes) {
        try (FileChannel channel =
                FileChannel.open(segment.memory().ownPath(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(bytes), offset);
        } catch (IOException e) {
            throw new UncheckedIOException("writing into the segment failed", e);
        }
    }

    /** On the loop, after the connection was closed. */
    void strike() {
        listener.close();
        segment.close();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("removing " + folder + " failed", e);
        }
    }
}
