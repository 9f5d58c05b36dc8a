package io.nucleon.runtime.process;

import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.nucleon.error.NucleonException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A wrapper that was started for a version that is not there yet: it has its interpreter's start and its own imports behind it, and waits
 * for the processor's HELLO, which tells it what to load (PROTOCOL.md §4). One worker takes it, or it is closed. Safe for many threads, but
 * for what is said of single methods.
 */
final class Spare implements Handshake.Host {

    private final WorkerLaunch launch;
    private final EventLoop loop;
    private final String token = ProcessWorker.newToken();
    /** Its thread lives as long as the process: the kernel's parent-death signal follows it. */
    private final ProcessStarter starter;

    private final CompletableFuture<StartedWorker> started = new CompletableFuture<>();

    /** Of the loop, as the two below. */
    private Handshake.Host taker;

    private EpollDomainSocketChannel channel;
    private Hello.FromWorker hello;

    private Spare(WorkerLaunch launch, EventLoop loop, ProcessStarter starter) {
        this.launch = launch;
        this.loop = loop;
        this.starter = starter;
    }

    /** Begins one, for workers of that index; returns at once. */
    static Spare begin(ProcessRuntime runtime, WorkerLaunch launch, int index) {
        EventLoop loop = runtime.services().loops().loop(index);
        Spare spare =
                new Spare(launch, loop, new ProcessStarter(runtime.setting().name()));
        spare.starter.execute(() -> {
            try {
                spare.started.complete(runtime.start(index, spare.token, spare, loop, spare.starter));
            } catch (IOException | NucleonException e) {
                spare.started.completeExceptionally(
                        e); // the version that would take it starts its own, and says what is wrong
            }
        });
        return spare;
    }

    /** Whether a worker of that loop that is launched so could take it. */
    boolean fits(WorkerLaunch wanted, EventLoop owner) {
        return launch.equals(wanted)
                && loop.equals(owner)
                && !started.isCompletedExceptionally()
                && !(started.isDone() && started.join().exit().isDone());
    }

    @Override
    public String token() {
        return token;
    }

    @Override
    public int uid() {
        return ProcessWorker.ownUid();
    }

    @Override
    public void greeted(EpollDomainSocketChannel newChannel, Hello.FromWorker newHello) {
        if (taker != null) {
            taker.greeted(newChannel, newHello);
        } else if (channel == null) {
            channel = newChannel;
            hello = newHello;
            started.thenAccept(one -> one.socket().close());
        } else {
            newChannel.close(); // a second one with the same token
        }
    }

    /** On the loop: from now on it is that worker's, which waits for the spare's token. */
    void take(Handshake.Host worker) {
        taker = worker;
        if (channel != null) {
            worker.greeted(channel, hello);
        }
    }

    /** Waits until its process was started. */
    StartedWorker await() throws IOException {
        try {
            return started.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof NucleonException known) {
                throw known;
            }
            throw new IOException(e.getCause());
        }
    }

    /** Whoever took it has ended it. */
    void release() {
        starter.end();
    }

    /** Nobody takes it any more. */
    void discard() {
        started.whenComplete((one, failed) -> {
            if (one != null) {
                one.discard();
            }
        });
        starter.end();
    }
}
