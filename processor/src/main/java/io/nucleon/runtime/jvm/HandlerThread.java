package io.nucleon.runtime.jvm;

import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Clock;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread of one worker: makes its handler, then runs what its ring brings until the ring is halted. It never replies itself; the
 * loop does.
 */
final class HandlerThread implements Runnable {

    /** Answers wait that long at most for the rest of their batch before a sleeping loop is woken: about what a wake costs. */
    private static final long WAKE_AFTER_NANOS = 50_000;

    private final JvmWorker worker;
    private final SlotRing ring = new SlotRing();
    private final Thread thread;
    private final Clock clock;
    private final HandlerCall call;
    private final SpinGate gate;
    private volatile boolean ended;

    /** A thread that {@link #start} starts; {@code name} shows in dumps. */
    HandlerThread(JvmWorker worker, HandlerCall call, Clock clock, boolean spin, String name) {
        this.gate = new SpinGate(spin, clock);
        this.worker = worker;
        this.call = call;
        this.clock = clock;
        this.thread = Threads.forHandler(name, this);
    }

    void start() {
        thread.start();
    }

    SlotRing ring() {
        return ring;
    }

    /** How handlers are called; also by the loop, when they never wait. */
    HandlerCall call() {
        return call;
    }

    boolean hasEnded() {
        return ended;
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    /** Asks the handler to end; it need not. */
    void interrupt() {
        thread.interrupt();
    }

    /** Where it is now. */
    StackTraceElement[] stackTrace() {
        return thread.getStackTrace();
    }

    @Override
    public void run() {
        Throwable died = null;
        try {
            thread.setContextClassLoader(call.classLoader());
            call.prepare();
            worker.execute(() -> worker.started(this));
            serve();
        } catch (NucleonException e) {
            worker.execute(() -> worker.startFailed(this, e.error()));
        } catch (Throwable e) {
            died = e;
        } finally {
            ended = true;
            Throwable cause = died;
            worker.execute(() -> worker.ended(this, cause));
        }
    }

    private void serve() {
        long position = 0;
        long batch = 1;
        while (true) {
            long filled = ring.filled();
            if (filled == position) {
                if (!awaitWork(position, batch == 1)) {
                    return;
                }
                continue;
            }
            batch = filled - position;
            long wakeAt = clock.nanoTime() + WAKE_AFTER_NANOS;
            while (position < filled) {
                long begun = clock.nanoTime();
                call.starts(begun);
                if (!ring.claim(position)) {
                    position = ring.passBy();
                    if (position < 0) {
                        wakeLoop();
                        return;
                    }
                    continue;
                }
                long over = call.runAll(ring.slot(position), begun, HandlerThread::mayStay);
                ring.finish(++position);
                if (over - wakeAt > 0) {
                    wakeLoop();
                    wakeAt = over + WAKE_AFTER_NANOS;
                }
            }
            wakeLoop();
        }
    }

    /** However long handlers take, this is their thread. */
    private static boolean mayStay(@SuppressWarnings("unused") long tookNanos) {
        return true;
    }

    private void wakeLoop() {
        if (ring.mustWakeLoop()) {
            worker.wakeLoop();
        }
    }

    /** False when halted. Looks for a while first when events come one by one. */
    private boolean awaitWork(long position, boolean look) {
        if (look && gate.await(() -> ring.filled() != position)) {
            return true;
        }
        while (ring.prepareThreadSleep(position)) {
            LockSupport.park(this);
            // An interrupt that came after its handler had ended must not keep the thread from sleeping.
            Thread.interrupted();
        }
        ring.threadAwake();
        return !ring.isHalted();
    }
}
