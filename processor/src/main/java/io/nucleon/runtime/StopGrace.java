package io.nucleon.runtime;

import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The time that a stopped worker has left; when it is stopped again, the later word counts. Confined to the worker's loop. */
public final class StopGrace {

    private final EventLoop loop;
    private Future<?> timer;

    public StopGrace(EventLoop loop) {
        this.loop = loop;
    }

    /** Runs {@code over} when so much time has passed, unless {@link #end} or another limit comes before. */
    public void limit(long nanos, Runnable over) {
        end();
        timer = loop.schedule(over, nanos, TimeUnit.NANOSECONDS);
    }

    /** The worker has ended: keeps nothing of it for the rest of its time. */
    public void end() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
