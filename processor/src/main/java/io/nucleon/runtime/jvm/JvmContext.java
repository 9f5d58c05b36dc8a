package io.nucleon.runtime.jvm;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.LogRecord;
import io.nucleon.runtime.FunctionLog;
import io.nucleon.wrapper.handler.HandlerLogger;
import io.nuclio.Context;
import io.nuclio.Logger;
import io.nuclio.Platform;

/**
 * A worker's context. Its logger may be used by any thread; records of the thread that runs the handler carry the event in hand, those
 * of other threads none.
 */
final class JvmContext implements Context {

    private final int worker;
    private final Platform platform;
    private final FunctionLog log;
    private final Clock clock;
    private final Logger logger;
    private Thread runner;
    private Slot current;

    JvmContext(int worker, FunctionLog log, Clock clock, Platform platform) {
        this.worker = worker;
        this.platform = platform;
        this.log = log;
        this.clock = clock;
        this.logger = new HandlerLogger(worker, this::record);
    }

    @Override
    public Logger getLogger() {
        return logger;
    }

    @Override
    public int getWorkerID() {
        return worker;
    }

    @Override
    public Platform getPlatform() {
        return platform;
    }

    /** The calling thread runs the handler with what is in hand of that slot, until {@link #end}. */
    void begin(Slot slot) {
        runner = Thread.currentThread();
        current = slot;
    }

    void end() {
        current = null;
    }

    private void record(int level, String message, String with) {
        LogRecord logged = new LogRecord(level, clock.wallNanos(), worker, message, with);
        // Another thread may see an old pair of these, but never itself as the runner.
        Slot slot = Thread.currentThread() == runner ? current : null;
        Invocation inHand = slot == null ? null : slot.inHand();
        Invocation open = inHand != null && inHand.isOpen() ? inHand : null;
        log.record(open, logged);
        if (open != null && open.reply().capturesLogs()) {
            slot.capture(logged);
        }
    }
}
