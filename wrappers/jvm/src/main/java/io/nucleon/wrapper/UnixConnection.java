package io.nucleon.wrapper;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * The connection whose frames travel on the socket; the segment is one page that holds {@code claimed}.
 *
 * <p>Answers are collected while handlers are quick and go out together: a write costs several times what an empty event does.
 */
final class UnixConnection implements Connection {

    private static final int CLAIMED = Layout.REQUEST_INDICES + Layout.CLAIMED;
    /** One read takes many small frames; also the least that is collected before it is sent. */
    private static final int BUFFER = 256 * 1024;
    /** An answer waits at most that long behind handlers for company. */
    private static final long HOLD_BACK_NANOS = 100_000;

    private final LocalSocket socket;
    private final Segment segment;
    private final Revocations revocations;
    private final int epoch;
    private final int maxFrame;
    private final Frame frame = new Frame();
    private final Frame behind = new Frame();
    private final Object writing = new Object();
    private final ByteBuffer out = direct(BUFFER);
    private ByteBuffer in = direct(BUFFER);
    private int inHand;
    private long received;
    private long pendingSince;

    UnixConnection(LocalSocket socket, Hello hello, Segment segment) {
        this.socket = socket;
        this.segment = segment;
        this.revocations = new Revocations(segment);
        this.epoch = hello.epoch();
        this.maxFrame = hello.maxFrame();
        in.limit(0);
    }

    private static ByteBuffer direct(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public Frame poll() {
        while (isHere(Layout.HEADER)) {
            int length = frame.over(in, in.position()).length();
            if (length < Layout.HEADER || length > maxFrame) {
                throw Errors.violation("a frame of " + Integer.toUnsignedString(length) + " bytes");
            }
            if (!isHere(length)) {
                return null;
            }
            frame.over(in, in.position()).check(length, 0, 0);
            inHand = length;
            if (frame.epoch() == epoch) {
                return frame;
            }
            release();
        }
        return null;
    }

    /** Whether so many bytes are there; there is room for them if not. */
    private boolean isHere(int length) {
        if (in.remaining() >= length) {
            return true;
        }
        if (!in.hasRemaining()) {
            in.position(0).limit(0);
        }
        if (in.capacity() - in.position() < length) {
            in = (in.capacity() < length ? direct(length).put(in) : in.compact()).flip();
        }
        return false;
    }

    @Override
    public void await(long nanos) throws IOException {
        flush();
        int from = in.position();
        int end = in.limit();
        if (end == in.capacity()) {
            makeRoomBehind();
            from = in.position();
            end = in.limit();
        }
        in.limit(in.capacity()).position(end);
        int read = 0;
        try {
            read = socket.read(in, nanos);
        } finally {
            in.limit(end + read).position(from);
        }
    }

    /** The frame in hand stays where it is: its view is in use. So a new buffer, whose beginning is that frame. */
    private void makeRoomBehind() {
        ByteBuffer larger = direct(in.remaining() + BUFFER).put(in.duplicate()).flip();
        in = larger;
    }

    @Override
    public void upcoming(Consumer<Frame> seen) {
        int at = in.position() + inHand;
        while (in.limit() - at >= Layout.HEADER) {
            int length = behind.over(in, at).length();
            if (length < Layout.HEADER || in.limit() - at < length) {
                return;
            }
            seen.accept(behind);
            at += length;
        }
    }

    @Override
    public boolean claim() throws IOException {
        segment.setOpaque(CLAIMED, received + inHand);
        synchronized (writing) {
            if (out.position() > 0 && Stopwatch.nanos() - pendingSince > HOLD_BACK_NANOS) {
                drain();
            }
        }
        Segment.fence();
        return !revocations.took(received, received + inHand);
    }

    @Override
    public void release() {
        in.position(in.position() + inHand);
        received += inHand;
        inHand = 0;
    }

    @Override
    public void send(Outgoing outgoing) throws IOException {
        if (outgoing.headLength() > maxFrame) {
            throw new IOException("a frame of " + outgoing.headLength() + " bytes without its body is too long");
        }
        synchronized (writing) {
            if (outgoing.length() <= maxFrame) {
                write(outgoing);
                return;
            }
            write(outgoing.withoutBody());
            int most = maxFrame - Layout.HEADER;
            for (int from = 0; from < outgoing.body().length(); from += most) {
                write(outgoing.chunk(from, Math.min(most, outgoing.body().length() - from)));
            }
        }
    }

    private void write(Outgoing outgoing) throws IOException {
        int length = outgoing.length();
        if (length > out.remaining()) {
            drain();
        }
        if (length > out.capacity()) {
            ByteBuffer whole = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            outgoing.write(whole, 0, epoch, 0);
            socket.write(whole);
            return;
        }
        if (out.position() == 0) {
            pendingSince = Stopwatch.nanos();
        }
        out.position(out.position() + outgoing.write(out, out.position(), epoch, 0));
    }

    @Override
    public int maxFrame() {
        return maxFrame;
    }

    @Override
    public void flush() throws IOException {
        synchronized (writing) {
            drain();
        }
    }

    private void drain() throws IOException {
        if (out.position() > 0) {
            out.flip();
            socket.write(out);
            out.clear();
        }
    }

    @Override
    public void makeWakeable() throws IOException {
        socket.makeWakeable();
    }

    @Override
    public void wake() {
        socket.wake();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
