package io.nucleon.cli;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * One connection to a function over plain HTTP/1.1. Confined to one thread. A client of 200 lines, since the JDK's own takes longer to
 * load than the rest of the command.
 */
final class HttpConnection implements Closeable {
    private final Clock clock;
    private final URI function;
    private Socket socket;
    private AnswerReader reader;

    /** Connects with the first call. */
    HttpConnection(URI function, Clock clock) {
        this.function = function;
        this.clock = clock;
    }

    /**
     * Makes a call and gives its answer to the sink.
     *
     * @throws SocketTimeoutException if all of it takes longer than the limit
     * @throws java.net.ConnectException if nobody listens
     * @throws IOException if the connection breaks or what comes is not HTTP
     */
    void send(Call call, Duration limit, AnswerSink sink) throws IOException {
        Instant deadline = clock.instant().plus(limit);
        if (socket == null) {
            connect(deadline);
        }
        IOException unsent = write(call);
        boolean keep;
        try {
            keep = reader.read(deadline, call.method().equals("HEAD"), sink);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // The answer to a call that was refused half way counts; without one the first failure is the cause.
            throw unsent == null ? e : unsent;
        }
        if (!keep || unsent != null) {
            close();
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    private void connect(Instant deadline) throws IOException {
        Socket fresh = new Socket();
        try {
            fresh.setTcpNoDelay(true);
            fresh.connect(
                    new InetSocketAddress(function.getHost().replaceAll("^\\[|\\]$", ""), function.getPort()),
                    AnswerReader.millisUntil(deadline, clock));
            reader = new AnswerReader(fresh, clock);
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
        socket = fresh;
    }

    /** Head and body in one piece. A failure is only kept: the server may have answered before it closed. */
    private IOException write(Call call) {
        try {
            socket.getOutputStream().write(call.bytes());
            return null;
        } catch (IOException e) {
            return e;
        }
    }
}
