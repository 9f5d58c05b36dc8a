package io.nucleon.kit;

import io.netty.channel.IoEventLoop;
import io.nucleon.loop.EventLoops;
import io.nucleon.loop.LoopPass;

/**
 * Where a rule is checked: the wrapper, one way to it, the event loop. Immutable.
 *
 * @param way {@code shm} or {@code unix}
 */
record Bench(KitSetting setting, EventLoops loops, String way) {

    boolean isShm() {
        return way.equals("shm");
    }

    IoEventLoop loop() {
        return loops.loop(0);
    }

    LoopPass pass() {
        return loops.passOf(loop());
    }

    String handler(Start start) {
        if (!start.handler().isEmpty()) {
            return start.handler();
        }
        return start.isAsynchronous() ? setting.asyncHandler() : setting.handler();
    }

    /** A worker that has greeted and is ready for events. */
    Worker ready(Start start) throws Failed {
        Worker worker = Worker.begin(this, start);
        try {
            worker.greet().awaitReady();
            return worker;
        } catch (Failed | RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    Worker ready() throws Failed {
        return ready(new Start());
    }
}
