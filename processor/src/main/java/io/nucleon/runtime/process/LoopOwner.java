package io.nucleon.runtime.process;

import io.netty.channel.EventLoop;
import io.nucleon.runtime.Owner;

/** An event loop as a worker's owner. */
record LoopOwner(EventLoop loop) implements Owner {

    @Override
    public boolean isCurrent() {
        return loop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }
}
