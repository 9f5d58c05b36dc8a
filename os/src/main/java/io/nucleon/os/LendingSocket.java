package io.nucleon.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A Unix socket over which processes tell each other lines and lend each other descriptors, which Java's own channels can't. Each side may
 * read with one thread, which also closes it, and write with any; {@link #end} ends a read that waits.
 */
public final class LendingSocket implements AutoCloseable {
    /** For {@link #send}: nothing is lent. */
    public static final int NOTHING = -1;

    // asm-generic/socket.h, linux/socket.h, linux/net.h; the same for x86-64 and aarch64
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int BOTH_WAYS = 2;

    /** {@code sun_path} of sockaddr_un, with the NUL behind it. */
    private static final int LONGEST_PATH = 108;

    private static final int BACKLOG = 64;

    /** struct msghdr and struct iovec of 64-bit Linux. */
    private static final int MESSAGE_BYTES = 56;

    private static final int MESSAGE_PART = 16;
    private static final int MESSAGE_PARTS = 24;
    private static final int MESSAGE_CONTROL = 32;
    private static final int MESSAGE_CONTROL_BYTES = 40;

    /** struct cmsghdr with one int: length, level, type, the descriptor; padded to a long. */
    private static final int CONTROL_BYTES = 24;

    private static final int CONTROL_LEVEL = 8;
    private static final int CONTROL_TYPE = 12;
    private static final int CONTROL_DESCRIPTOR = 16;
    private static final int CONTROL_LENGTH = 20;

    /** Words, names and addresses; who sends longer ones is no peer. */
    private static final int LONGEST_LINE = 4096;

    private final int fd;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final StringBuilder waiting = new StringBuilder();
    private int lent = NOTHING;

    private LendingSocket(int fd) {
        this.fd = fd;
    }

    /** A socket that others connect to. */
    public static final class Place implements AutoCloseable {
        private final int fd;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Place(int fd) {
            this.fd = fd;
        }

        /**
         * Waits for the next one.
         *
         * @throws IOException when the place was ended
         */
        public LendingSocket accept() throws IOException {
            int result;
            do {
                result = LinuxCalls.accept(fd, CLOEXEC);
            } while (result == -LinuxCalls.EINTR);
            return new LendingSocket(check("waiting for a connection", result));
        }

        /** Lets nobody in any more: whoever waits hears of it. For any thread. */
        public void end() {
            LinuxCalls.shutdown(fd, BOTH_WAYS);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                LinuxCalls.close(fd);
            }
        }
    }

    /**
     * Listens at a path where nothing is.
     *
     * @throws IOException when it can't be had
     */
    public static Place listen(Path path) throws IOException {
        int fd = check("making a socket", LinuxCalls.socket(AF_UNIX, SOCK_STREAM | CLOEXEC));
        try (Arena arena = Arena.ofConfined()) {
            check("binding " + path, LinuxCalls.bind(fd, address(arena, path)));
            check("listening at " + path, LinuxCalls.listen(fd, BACKLOG));
            return new Place(fd);
        } catch (IOException e) {
            LinuxCalls.close(fd);
            throw e;
        }
    }

    /**
     * Connects to a place.
     *
     * @throws IOException when nobody listens there
     */
    public static LendingSocket connect(Path path) throws IOException {
        int fd = check("making a socket", LinuxCalls.socket(AF_UNIX, SOCK_STREAM | CLOEXEC));
        try (Arena arena = Arena.ofConfined()) {
            check("connecting to " + path, LinuxCalls.connect(fd, address(arena, path)));
            return new LendingSocket(fd);
        } catch (IOException e) {
            LinuxCalls.close(fd);
            throw e;
        }
    }

    private static MemorySegment address(Arena arena, Path path) throws IOException {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length >= LONGEST_PATH) {
            throw new IOException(path + " is too long for a socket's path");
        }
        MemorySegment address = arena.allocate(Short.BYTES + name.length + 1L, Short.BYTES);
        address.set(JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(name, 0, address, JAVA_BYTE, Short.BYTES, name.length);
        return address;
    }

    /**
     * Sends a line, and with it a descriptor that stays open here.
     *
     * @param line without its end; ASCII
     * @param descriptor to lend, or {@link #NOTHING}
     * @throws IOException when the other side is gone or this one was closed
     */
    public synchronized void send(String line, int descriptor) throws IOException {
        if (closed.get()) {
            // its number may be somebody else's by now
            throw new IOException("sending failed: the socket was closed");
        }
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(bytes.length);
            MemorySegment.copy(bytes, 0, text, JAVA_BYTE, 0, bytes.length);
            int lends = descriptor;
            for (long at = 0; at < bytes.length; ) {
                MemorySegment message = message(arena, text.asSlice(at), lends != NOTHING);
                if (lends != NOTHING) {
                    MemorySegment control = control(message);
                    control.set(JAVA_LONG, 0, CONTROL_LENGTH);
                    control.set(JAVA_INT, CONTROL_LEVEL, SOL_SOCKET);
                    control.set(JAVA_INT, CONTROL_TYPE, SCM_RIGHTS);
                    control.set(JAVA_INT, CONTROL_DESCRIPTOR, lends);
                }
                int sent = LinuxCalls.sendmsg(fd, message, MSG_NOSIGNAL);
                if (sent != -LinuxCalls.EINTR) {
                    at += check("sending", sent);
                    lends = NOTHING;
                }
            }
        }
    }

    /**
     * Waits for a line.
     *
     * @return it without its end; null when the other side is gone or this one was closed
     * @throws IOException when the line is too long to be one
     */
    public String line() throws IOException {
        for (int end = waiting.indexOf("\n"); ; end = waiting.indexOf("\n")) {
            if (end >= 0) {
                String line = waiting.substring(0, end);
                waiting.delete(0, end + 1);
                return line;
            }
            if (waiting.length() > LONGEST_LINE) {
                throw new IOException("a line is too long");
            }
            if (!receive()) {
                return null;
            }
        }
    }

    private boolean receive() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(LONGEST_LINE);
            MemorySegment message = message(arena, text, true);
            int got;
            do {
                got = LinuxCalls.recvmsg(fd, message, MSG_CMSG_CLOEXEC);
            } while (got == -LinuxCalls.EINTR);
            // Whatever the reason, no more comes from there.
            if (got <= 0) {
                return false;
            }
            keep(message);
            byte[] bytes = text.asSlice(0, got).toArray(JAVA_BYTE);
            waiting.append(new String(bytes, StandardCharsets.US_ASCII));
            return true;
        }
    }

    private void keep(MemorySegment message) {
        if (message.get(JAVA_LONG, MESSAGE_CONTROL_BYTES) < CONTROL_LENGTH) {
            return;
        }
        MemorySegment control = control(message);
        if (control.get(JAVA_INT, CONTROL_LEVEL) == SOL_SOCKET && control.get(JAVA_INT, CONTROL_TYPE) == SCM_RIGHTS) {
            if (lent != NOTHING) {
                LinuxCalls.close(lent);
            }
            lent = control.get(JAVA_INT, CONTROL_DESCRIPTOR);
        }
    }

    /** The descriptor that came with the lines read so far, which is the caller's from now on; {@link #NOTHING} for none. */
    public int takeLent() {
        int taken = lent;
        lent = NOTHING;
        return taken;
    }

    private static MemorySegment message(Arena arena, MemorySegment text, boolean lends) {
        MemorySegment part = arena.allocate(2L * Long.BYTES, Long.BYTES);
        part.set(JAVA_LONG, 0, text.address());
        part.set(JAVA_LONG, Long.BYTES, text.byteSize());
        MemorySegment message = arena.allocate(MESSAGE_BYTES, Long.BYTES);
        message.set(JAVA_LONG, MESSAGE_PART, part.address());
        message.set(JAVA_LONG, MESSAGE_PARTS, 1);
        if (lends) {
            message.set(
                    JAVA_LONG,
                    MESSAGE_CONTROL,
                    arena.allocate(CONTROL_BYTES, Long.BYTES).address());
            message.set(JAVA_LONG, MESSAGE_CONTROL_BYTES, CONTROL_BYTES);
        }
        return message;
    }

    private static MemorySegment control(MemorySegment message) {
        return MemorySegment.ofAddress(message.get(JAVA_LONG, MESSAGE_CONTROL)).reinterpret(CONTROL_BYTES);
    }

    private static int check(String what, int result) throws IOException {
        if (result < 0) {
            throw new IOException(what + " failed: " + Errno.text(-result));
        }
        return result;
    }

    /** Takes and gives nothing more: a read that waits finds the end. For any thread. */
    public void end() {
        if (!closed.get()) {
            LinuxCalls.shutdown(fd, BOTH_WAYS);
        }
    }

    /** Closes it; what was lent over it stays open on the other side. */
    @Override
    public void close() {
        // a line that is being sent ends with this, too
        end();
        synchronized (this) {
            if (closed.compareAndSet(false, true)) {
                LinuxCalls.close(fd);
            }
        }
    }
}
