package io.nucleon.runtime;

import io.netty.channel.EventLoop;

/** An event loop as a worker's owner. Safe for many threads. */
public record LoopOwner(EventLoop loop) implements Owner {

    @Override
    public boolean isCurrent() {
        return loop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }
}
