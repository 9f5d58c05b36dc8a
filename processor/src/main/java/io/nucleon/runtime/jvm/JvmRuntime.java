package io.nucleon.runtime.jvm;

import io.nucleon.error.Amounts;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Severity;
import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;
import io.nucleon.wrapper.handler.HttpPlatform;
import io.nucleon.wrapper.handler.LoadedHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Java function in this process: what its workers share. Safe for many threads. */
final class JvmRuntime implements FunctionRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(JvmRuntime.class);

    /** From that many on, and at each doubling, a reader is told. */
    private static final int STUCK_WORTH_TELLING = 3;

    private final RuntimeSetting setting;
    private final RuntimeServices services;
    private final LoadedHandler handler;
    private final HttpPlatform platform;
    private final Set<HandlerThread> abandoned = ConcurrentHashMap.newKeySet();
    private volatile boolean onLoops;

    JvmRuntime(RuntimeSetting setting, RuntimeServices services, LoadedHandler handler) {
        this.setting = setting;
        this.services = services;
        this.handler = handler;
        this.platform = new HttpPlatform(
                setting.platform().kind(),
                setting.namespace(),
                setting.platform().urls());
        this.onLoops = handler.isNonBlocking();
    }

    @Override
    public WorkerRuntime open(int index, WorkerListener listener) {
        return new JvmWorker(this, index, listener);
    }

    @Override
    public String describe() {
        return "java " + Runtime.version().feature();
    }

    @Override
    public void close() {
        platform.close();
        handler.close();
    }

    RuntimeSetting setting() {
        return setting;
    }

    RuntimeServices services() {
        return services;
    }

    LoadedHandler handler() {
        return handler;
    }

    /** What all workers' contexts give. */
    HttpPlatform platform() {
        return platform;
    }

    /** Whether handlers are called where events arrive. */
    boolean onLoops() {
        return onLoops;
    }

    /** A handler said that it never waits, but took so long: all workers go on with threads, for good. */
    void leaveLoops(long tookNanos) {
        synchronized (this) {
            if (!onLoops) {
                return;
            }
            onLoops = false;
        }
        LOG.warn(
                "{}",
                ErrorMessage.of(
                                ErrorCode.HANDLER_WAITS,
                                "handler " + handler.className() + " of function '" + setting.name()
                                        + "' is marked @NonBlocking but took "
                                        + Amounts.time(Duration.ofNanos(tookNanos)),
                                "no other connection of its event loop was served meanwhile; it runs on worker threads from now on",
                                "remove @NonBlocking, or make it answer within 10 ms")
                        .as(Severity.WARNING)
                        .line());
    }

    /** A thread was left behind with a handler that doesn't end; true if there are so many that a reader should know. */
    boolean abandoned(HandlerThread thread) {
        abandoned.add(thread);
        if (thread.hasEnded()) {
            abandoned.remove(thread);
        }
        int stuck = abandoned.size();
        boolean worthTelling = stuck % STUCK_WORTH_TELLING == 0 && Integer.bitCount(stuck / STUCK_WORTH_TELLING) == 1;
        if (worthTelling) {
            LOG.error("{}", stuckMessage(stuck).line());
        }
        return worthTelling;
    }

    /** A thread has ended, left behind or not. */
    void ended(HandlerThread thread) {
        abandoned.remove(thread);
    }

    /** How many handlers run on although nobody waits for them. */
    int stuck() {
        return abandoned.size();
    }

    /** NUC-4031. */
    ErrorMessage stuckMessage(int stuck) {
        return ErrorMessage.of(
                ErrorCode.HANDLERS_STUCK,
                stuck + " calls of handler " + handler.className() + " of function '" + setting.name()
                        + "' passed their time limit and still run",
                "each holds a thread and what it has allocated; Java can't end a thread that ignores interrupts",
                "give every call that waits a timeout, or set runtimeAttributes.isolation: process");
    }
}
