package io.nucleon.app;

import io.nucleon.host.Order;
import java.io.IOException;
import java.util.Optional;

/** Who gives orders to a {@link SupervisedRun}. One thread reads, another answers. */
interface Supervision {

    /**
     * Waits for the next one.
     *
     * @return empty when nobody supervises any more
     */
    Optional<Order> order() throws IOException;

    /** Says that one was carried out. */
    void done(Order order);

    /** The descriptor of the function's socket; asked for when it is to serve. */
    int socket();

    /** What the process ends with when nobody supervises it any more. */
    int exitWhenAlone();
}
