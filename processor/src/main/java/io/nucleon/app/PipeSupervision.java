package io.nucleon.app;

import io.nucleon.host.Order;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The daemon of the local platform: at standard input and output, and with the socket as a descriptor that this process got. */
final class PipeSupervision implements Supervision {
    /** {@code ProgramStarter.INHERITED} of the other side. */
    private static final int SOCKET = 3;

    private static final int LONGEST_LINE = 64;

    private final BufferedReader orders;
    private final PrintStream out;

    PipeSupervision(InputStream orders, PrintStream out) {
        this.orders = new BufferedReader(new InputStreamReader(orders, StandardCharsets.US_ASCII));
        this.out = out;
    }

    @Override
    public Optional<Order> order() throws IOException {
        for (String line = orders.readLine(); line != null && line.length() <= LONGEST_LINE; line = orders.readLine()) {
            Optional<Order> order = Order.of(line);
            if (order.isPresent()) {
                return order;
            }
        }
        return Optional.empty();
    }

    @Override
    public void done(Order order) {
        out.println(order.done());
        out.flush();
    }

    @Override
    public int socket() {
        return SOCKET;
    }

    @Override
    public int exitWhenAlone() {
        return 0;
    }
}
