package io.nucleon.runtime.jvm;

import io.netty.channel.IoEventLoop;
import io.nucleon.runtime.Owner;

/** An event loop as the owner of a worker. Safe for many threads. */
record LoopOwner(IoEventLoop loop) implements Owner {

    @Override
    public boolean isCurrent() {
        return loop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }
}
