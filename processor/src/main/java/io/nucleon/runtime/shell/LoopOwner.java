package io.nucleon.runtime.shell;

import io.netty.channel.IoEventLoop;
import io.nucleon.runtime.Owner;

/** An event loop as a worker's owner. Safe for many threads. */
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
