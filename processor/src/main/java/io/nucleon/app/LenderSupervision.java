package io.nucleon.app;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.Order;
import io.nucleon.host.WorkerCount;
import io.nucleon.invoke.Clock;
import io.nucleon.os.LendingSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The container that holds the function's port, at a Unix socket in a volume that both have: it lends its listening socket with the order to
 * serve. When it goes this process ends with 1, so that whatever starts containers again starts this one, which asks the next holder.
 */
final class LenderSupervision implements Supervision, AutoCloseable {
    /** Both containers may be started at once, as after a restart of the machine. */
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(60);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private final LendingSocket lender;
    private int socket = LendingSocket.NOTHING;

    private LenderSupervision(LendingSocket lender) {
        this.lender = lender;
    }

    /**
     * Says that this version is ready.
     *
     * @param place the lender's socket
     * @param version its name there
     * @param url where the function can be tried inside of this container; empty for one without HTTP
     * @param workers it has
     * @throws io.nucleon.error.NucleonException NUC-8007 if nobody is there in time
     */
    static LenderSupervision connect(Path place, String version, String url, WorkerCount workers) {
        long until = Clock.system().nanoTime() + CONNECT_LIMIT.toNanos();
        while (true) {
            try {
                return introduce(LendingSocket.connect(place), version, url, workers);
            } catch (IOException e) {
                if (Clock.system().nanoTime() - until > 0) {
                    throw ErrorMessage.of(
                                    ErrorCode.HOST_NOT_STARTED,
                                    "the container that holds the function's port is not there",
                                    e.getMessage(),
                                    "see that it runs, or deploy the function again")
                            .toException(e);
                }
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
    }

    private static LenderSupervision introduce(LendingSocket lender, String version, String url, WorkerCount workers)
            throws IOException {
        try {
            lender.send(
                    "ready " + version + (url.isEmpty() ? "" : " " + url) + " " + workers.toWord(),
                    LendingSocket.NOTHING);
            return new LenderSupervision(lender);
        } catch (IOException e) {
            lender.close();
            throw e;
        }
    }

    @Override
    public Optional<Order> order() throws IOException {
        for (String line = lender.line(); line != null; line = lender.line()) {
            Optional<Order> order = Order.of(line);
            if (order.isPresent()) {
                keepLent();
                return order;
            }
        }
        return Optional.empty();
    }

    private synchronized void keepLent() {
        int lent = lender.takeLent();
        socket = lent == LendingSocket.NOTHING ? socket : lent;
    }

    @Override
    public void done(Order order) {
        try {
            lender.send(order.done(), LendingSocket.NOTHING);
        } catch (IOException e) {
            // Gone: the reading side finds that too, and ends this process.
            lender.end();
        }
    }

    @Override
    public synchronized int socket() {
        return socket;
    }

    @Override
    public int exitWhenAlone() {
        return 1;
    }

    @Override
    public void close() {
        lender.end();
    }
}
