package io.nucleon.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP/1.1 server for operators: one address, some pages, a virtual thread per request. Serves from {@link #start} until
 * {@link #close}; safe for many threads.
 *
 * <p>Limits of time, size and connections are the JDK server's, set in the file of JVM flags.
 */
public final class AdminServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int NO_BODY = -1;

    private final String what;
    private final HttpServer server;
    private final ExecutorService threads;
    private final boolean moved;

    private AdminServer(String what, HttpServer server, ExecutorService threads, boolean moved) {
        this.what = what;
        this.server = server;
        this.threads = threads;
        this.moved = moved;
    }

    /**
     * Listens and serves.
     *
     * @param what it serves, for messages: {@code health}
     * @param elsewhere whether to take any free port of that host if this one is taken; see {@link #hasMoved()}
     * @throws io.nucleon.error.NucleonException NUC-5001 when the port is taken, NUC-7021 when the address can't be had otherwise
     */
    public static AdminServer start(String what, InetSocketAddress address, boolean elsewhere, Pages pages) {
        HttpServer server;
        boolean moved = false;
        try {
            server = HttpServer.create(address, 0);
        } catch (BindException e) {
            if (!elsewhere || !isTaken(e)) {
                throw refused(what, address, e).toException(e);
            }
            server = anyPort(what, address.getAddress());
            moved = true;
        } catch (IOException | IllegalArgumentException e) {
            throw refused(what, address, e).toException(e);
        }
        ExecutorService threads = Threads.perRequest(what);
        server.createContext("/", exchange -> serve(exchange, pages));
        server.setExecutor(threads);
        server.start();
        return new AdminServer(what, server, threads, moved);
    }

    /** What it serves, for messages. */
    public String what() {
        return what;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Whether its port was taken and it listens on another one. */
    public boolean hasMoved() {
        return moved;
    }

    /** Ends it at once, open requests included. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static HttpServer anyPort(String what, InetAddress host) {
        InetSocketAddress address = new InetSocketAddress(host, 0);
        try {
            return HttpServer.create(address, 0);
        } catch (IOException e) {
            throw refused(what, address, e).toException(e);
        }
    }

    private static void serve(HttpExchange exchange, Pages pages) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange, pages);
            byte[] body = answer.bytes();
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(answer.status(), NO_BODY);
                return;
            }
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? NO_BODY : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Answer answer(HttpExchange exchange, Pages pages) {
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getRawQuery();
        try {
            return pages.answer(new Request(
                    exchange.getRequestMethod(), stripped(path == null ? "/" : path), query == null ? "" : query));
        } catch (RuntimeException e) {
            LOG.error("NUC-9001 serving an admin page failed", e);
            return Answer.text(500, "NUC-9001 the page can't be shown; the log says why\n");
        }
    }

    private static String stripped(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private static boolean isTaken(BindException e) {
        return String.valueOf(e.getMessage()).contains("in use");
    }

    private static ErrorMessage refused(String what, InetSocketAddress address, Exception e) {
        boolean taken = e instanceof BindException bind && isTaken(bind);
        return ErrorMessage.of(
                taken ? ErrorCode.PORT_TAKEN : ErrorCode.ADMIN_ADDRESS_REFUSED,
                "serving " + what + " on " + address.getHostString() + ":" + address.getPort() + " failed",
                taken ? "the port is taken by another process" : String.valueOf(e.getMessage()),
                "set another 'listenAddress' in platform.yaml, or 'enabled: false'");
    }
}
