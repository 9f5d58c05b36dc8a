package io.nucleon.runtime.process;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Errors;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/**
 * The Unix socket on which one incarnation's wrapper connects, on the loop that owns the worker; its folder is 0700. It is there only
 * until the wrapper has connected, so that a killed processor leaves no file. Opened on the starter's thread, closed on any.
 */
final class WorkerSocket implements AutoCloseable {

    /** Measured for 1 MiB bodies (2026-11): 1 MiB doubled the rate, more was worse. */
    private static final int BUFFER_BYTES = 1 << 20;

    private static final int FIRST_READ = 4096;

    /** Each but the first because another worker connected in the microseconds between making the folder and the socket. */
    private static final int MOST_TRIES = 100;

    private final Path path;
    private final Channel listener;

    /**
     * Opens the socket.
     *
     * @param accepted gets each new channel, on the loop
     */
    WorkerSocket(Path path, EventLoop loop, Consumer<EpollDomainSocketChannel> accepted) {
        this.path = path;
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerDomainSocketChannel.class)
                .childOption(ChannelOption.SO_SNDBUF, BUFFER_BYTES)
                .childOption(ChannelOption.SO_RCVBUF, BUFFER_BYTES)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, FIRST_READ, BUFFER_BYTES))
                .childHandler(new ChannelInitializer<EpollDomainSocketChannel>() {
                    @Override
                    protected void initChannel(EpollDomainSocketChannel channel) {
                        accepted.accept(channel);
                    }
                });
        ChannelFuture bound;
        int tries = 0;
        do {
            makeFolder(path.getParent());
            bound = bootstrap.bind(new DomainSocketAddress(path.toFile())).awaitUninterruptibly();
        } while (isWithoutFolder(bound.cause()) && ++tries < MOST_TRIES);
        if (!bound.isSuccess()) {
            throw ErrorMessage.of(
                            ErrorCode.SOCKET_UNAVAILABLE,
                            "binding the workers' socket " + path + " failed",
                            bound.cause().getMessage(),
                            "see that its folder exists, is yours, and that the path has under 108 bytes")
                    .toException(bound.cause());
        }
        listener = bound.channel();
    }

    /** Another worker has connected meanwhile: its socket was the last one and took the folder with it. */
    private static boolean isWithoutFolder(Throwable cause) {
        return cause instanceof Errors.NativeIoException failed && failed.expectedErr() == Errors.ERRNO_ENOENT_NEGATIVE;
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.SOCKET_UNAVAILABLE,
                            "making the folder of the workers' sockets failed: " + folder,
                            String.valueOf(e.getMessage()),
                            "see that its parent exists and is yours")
                    .toException(e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        listener.close();
        try {
            Files.deleteIfExists(path);
            Files.deleteIfExists(path.getParent()); // unless other workers are starting
        } catch (IOException e) {
            // not empty: whoever closes the last socket removes it
        }
    }
}
