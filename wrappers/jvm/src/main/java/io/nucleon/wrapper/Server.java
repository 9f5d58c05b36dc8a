package io.nucleon.wrapper;

import io.nucleon.wrapper.handler.Answer;
import io.nuclio.EventHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/** Runs the handler for one event after the other. Confined to the main thread, but for {@link #finish}. */
final class Server {

    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private final Connection connection;
    private final Hello hello;
    private final WorkerContext context;
    private final EventHandler handler;
    private final Control control;
    private final Answer answer = new Answer();
    /** What came between the chunks of a body, for after its event. */
    private final Deque<Order> between = new ArrayDeque<>();

    private volatile boolean busy;
    private volatile boolean stopping;

    /** A frame that is no event's. */
    private record Order(int type, long correlation) {}

    Server(Connection connection, Hello hello, WorkerContext context, EventHandler handler) {
        this.connection = connection;
        this.hello = hello;
        this.context = context;
        this.handler = handler;
        this.control = new Control(connection);
    }

    /** Until STOP or {@link #finish}; by exception when the processor is gone. */
    void serve() throws IOException {
        while (!stopping) {
            Frame frame = connection.next();
            if (frame.type() == Layout.EVENT) {
                serve(frame);
            } else {
                between.add(new Order(frame.type(), frame.correlation()));
            }
            connection.release();
            while (!between.isEmpty()) {
                obey(between.poll());
            }
        }
    }

    private void obey(Order order) throws IOException {
        switch (order.type()) {
            case Layout.DRAIN, Layout.TERMINATE -> control.drain(order.correlation());
            case Layout.CONTINUE -> control.resume();
            case Layout.STOP -> {
                stopping = true;
                connection.flush();
            }
            case Layout.CANCEL -> {
                // Offered to asynchronous handlers only; a synchronous one runs on.
            }
            default -> throw Errors.violation("a frame of type " + order.type());
        }
    }

    private void serve(Frame frame) throws IOException {
        long correlation = frame.correlation();
        busy = true;
        boolean ours = connection.claim() && !stopping;
        Frame whole = frame.has(Layout.MORE) ? withChunks(frame) : frame;
        if (ours && control.isDiscarding()) {
            control.discard(correlation);
        } else if (ours) {
            run(whole, correlation);
        }
        busy = false;
    }

    /** A frame of its own with the whole body; the last chunk is the frame in hand afterwards. */
    private Frame withChunks(Frame first) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(first.body());
        long correlation = first.correlation();
        Frame copy = first.with(new byte[0]);
        boolean more = true;
        while (more) {
            connection.release();
            Frame chunk = connection.next();
            if (chunk.type() != Layout.CHUNK && chunk.type() != Layout.EVENT) {
                between.add(new Order(chunk.type(), chunk.correlation()));
                continue;
            }
            if (chunk.type() != Layout.CHUNK || chunk.correlation() != correlation) {
                throw Errors.violation("a frame of type " + chunk.type() + " between the chunks of a body");
            }
            body.writeBytes(chunk.body());
            more = chunk.has(Layout.MORE);
        }
        return copy.with(body.toByteArray());
    }

    private void run(Frame frame, long correlation) throws IOException {
        WireEvent event = new WireEvent(frame, hello);
        context.inHand(correlation);
        long begun = Stopwatch.nanos();
        answer.run(handler, context, event);
        // What interrupted this call is not meant for the next one, and would close the socket.
        Thread.interrupted();
        long took = Stopwatch.nanos() - begun;
        context.inHand(0);
        event.revoke();
        Outgoing response = Outgoing.response(correlation, took, answer);
        if (response.headLength() > connection.maxFrame()) {
            answer.refuse("headers of " + response.headers().length() + " bytes are too long");
            response = Outgoing.response(correlation, took, answer);
        }
        connection.send(response);
        answer.clear();
    }

    /** Any thread: begins no other event and waits until the one in hand has been answered, for so long at most. */
    void finish(long millis) {
        stopping = true;
        long end = Stopwatch.nanos() + millis * 1_000_000;
        while (busy && Stopwatch.nanos() - end < 0) {
            LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
        }
        try {
            connection.flush();
        } catch (IOException gone) {
            stopping = true;
        }
    }
}
