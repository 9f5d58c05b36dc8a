package io.nucleon.app;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Clock;
import io.nucleon.worker.PoolListener;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears of the lives of the workers of one of a function's pools. */
final class PoolSupervisor implements PoolListener {

    private static final Logger LOG = LoggerFactory.getLogger(PoolSupervisor.class);

    private final HostedFunction function;
    private final String pool;
    private final Clock clock;
    private volatile long median;
    private volatile long medianUntil;

    PoolSupervisor(HostedFunction function, String pool, Clock clock) {
        this.function = function;
        this.pool = pool;
        this.clock = clock;
        this.medianUntil = clock.nanoTime();
    }

    /** Of the whole function. Taken at most once a second: it is asked for with each event that is refused. */
    @Override
    public long medianHandlerNanos() {
        long now = clock.nanoTime();
        if (now - medianUntil >= 0) {
            medianUntil = now + TimeUnit.SECONDS.toNanos(1);
            median = function.metrics().counts().handler().percentileNanos(0.5);
        }
        return median;
    }

    @Override
    public void acked(String topic, int partition, long streamOffset) {
        function.acked(pool, topic, partition, streamOffset);
    }

    @Override
    public void ready() {
        function.poolReady();
    }

    @Override
    public void workerLost(int worker, ErrorMessage why, boolean permanent) {
        boolean reported = permanent && function.failsToStart(why);
        if (!reported && !why.code().equals(ErrorCode.DRAINING)) {
            LOG.error("{}", why.line());
        }
    }
}
