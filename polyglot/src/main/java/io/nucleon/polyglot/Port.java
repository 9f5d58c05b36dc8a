package io.nucleon.polyglot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.wrapper.Connection;
import io.nucleon.wrapper.Frame;
import io.nucleon.wrapper.Hello;
import io.nucleon.wrapper.Layout;
import io.nucleon.wrapper.Outgoing;
import io.nucleon.wrapper.Outgoing.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * A context's side of the worker's connection: frames in and out, and which events are open. It outlives the context, so that what a
 * context that had to be ended leaves behind can be answered. Confined to the worker's thread, but for {@link #send} and {@link #wake}.
 */
final class Port {

    private final Connection connection;
    private final Hello hello;
    private final Set<Long> open = new HashSet<>();
    private Frame inHand;
    private boolean claimed;
    private boolean readySent;
    private int exitStatus = -1;

    Port(Connection connection, Hello hello) {
        this.connection = connection;
        this.hello = hello;
    }

    Hello hello() {
        return hello;
    }

    int maxFrame() {
        return connection.maxFrame();
    }

    /** The frame in hand, else the next one; null for none. */
    Frame poll() throws IOException {
        if (inHand == null) {
            inHand = connection.poll();
            claimed = false;
        }
        return inHand;
    }

    /** The event in hand begins; false if the processor has taken it back. */
    boolean claim() throws IOException {
        long correlation = inHand.correlation();
        claimed = true;
        boolean ours = connection.claim();
        if (ours) {
            open.add(correlation);
        }
        return ours;
    }

    /** The frame in hand is done with, and views of it are over. */
    void release() throws IOException {
        if (inHand != null) {
            inHand = null;
            connection.release();
        }
    }

    /** Sends a frame; READY once only, since a second context is no news. Any thread. */
    void send(Outgoing frame) throws IOException {
        if (frame.type() == Layout.READY) {
            if (readySent) {
                return;
            }
            readySent = true;
        }
        boolean ends = frame.type() == Layout.RESPONSE || frame.type() == Layout.CHUNK;
        if (ends && (frame.flags() & Layout.MORE) == 0) {
            closed(frame.correlation());
        }
        connection.send(frame);
    }

    private void closed(long correlation) {
        open.remove(correlation);
    }

    void flush() throws IOException {
        connection.flush();
    }

    /** Waits for a frame, so long at most ({@link Connection#FOREVER} for no limit), or until {@link #wake}. */
    void await(long nanos) throws IOException {
        connection.await(nanos);
    }

    void makeWakeable() throws IOException {
        connection.makeWakeable();
    }

    /** Ends a wait. Any thread. */
    void wake() {
        connection.wake();
    }

    /** Correlations of CANCEL frames behind the one in hand. */
    long[] cancelled() throws IOException {
        java.util.stream.LongStream.Builder found = java.util.stream.LongStream.builder();
        connection.upcoming(frame -> {
            if (frame.type() == Layout.CANCEL) {
                found.add(frame.correlation());
            }
        });
        return found.build().toArray();
    }

    /** The code asked for the end of its process. */
    void exit(int status) {
        exitStatus = status & 0xFF;
    }

    /** What it asked for; −1 if it did not. */
    int exitStatus() {
        return exitStatus;
    }

    /** Whether the context had an event. */
    boolean hasOpen() {
        return !open.isEmpty();
    }

    /** Answers what a context has left open, that is its fault, and lets go of the frame in hand if it had begun. */
    void failOpen(String text) throws IOException {
        for (long correlation : open) {
            Section empty = Section.EMPTY;
            connection.send(Outgoing.plain(
                    Layout.RESPONSE,
                    Layout.FAILED,
                    500,
                    correlation,
                    0,
                    empty,
                    section("text/plain"),
                    empty,
                    empty,
                    section(text)));
        }
        open.clear();
        if (claimed) {
            release();
        }
        connection.flush();
    }

    static Section section(String text) {
        return text.isEmpty() ? Section.EMPTY : Section.of(text.getBytes(UTF_8));
    }

    static Section section(ByteBuffer bytes) {
        return new Section(bytes);
    }
}
