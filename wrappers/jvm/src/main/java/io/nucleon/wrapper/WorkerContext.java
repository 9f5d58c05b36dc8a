package io.nucleon.wrapper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.wrapper.handler.HandlerLogger;
import io.nucleon.wrapper.handler.WorkerPlatform;
import io.nuclio.Context;
import io.nuclio.Logger;
import io.nuclio.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The worker's context. Its logger may be used by any thread; records of the main thread carry the event in hand, those of other threads
 * none.
 */
final class WorkerContext implements Context {

    private final int worker;
    private final Connection connection;
    private final Platform platform;
    private final Thread main = Thread.currentThread();
    private final Logger logger;
    private long correlation;

    /** The calling thread is the one that runs handlers. */
    WorkerContext(int worker, Connection connection, Platform platform) {
        this.worker = worker;
        this.platform = new WorkerPlatform(platform, this::ack);
        this.connection = connection;
        this.logger = new HandlerLogger(worker, this::send);
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

    /** The event in hand, 0 for none. */
    void inHand(long newCorrelation) {
        correlation = newCorrelation;
    }

    private void ack(String topic, int partition, long offset) {
        try {
            connection.send(Outgoing.ack(topic.getBytes(UTF_8), partition, offset));
            connection.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException("the processor is gone, or the topic's name is too long for it", gone);
        }
    }

    private void send(int level, String message, String with) {
        boolean onMain = Thread.currentThread() == main;
        try {
            connection.send(
                    Outgoing.log(level, onMain ? correlation : 0, message.getBytes(UTF_8), with.getBytes(UTF_8)));
            // At once: what a handler says before it hangs or crashes is what its user needs most.
            connection.flush();
        } catch (IOException e) {
            // The processor is gone, which the main thread sees too, or the record is too long for a frame.
            System.err.println("log record lost (" + e.getMessage() + "): " + message);
        }
    }
}
