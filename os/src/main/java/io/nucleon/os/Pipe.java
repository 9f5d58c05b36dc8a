package io.nucleon.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A pipe between this process and a program that it will start: our end never blocks, the other one does, as programs expect. Both are
 * closed when a program is started, but for what it gets as standard input, output or error. Immutable; the descriptors belong to whoever
 * made it.
 *
 * @param ours descriptor of our end
 * @param theirs descriptor of the program's end
 */
public record Pipe(int ours, int theirs) {

    // asm-generic/fcntl.h, linux/fcntl.h
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_NONBLOCK = 0x800;
    private static final int F_SETFL = 4;
    private static final int F_SETPIPE_SZ = 1031;

    /** One that the program reads and we write. */
    public static Pipe toProgram() throws IOException {
        return open(1);
    }

    /** One that the program writes and we read. */
    public static Pipe fromProgram() throws IOException {
        return open(0);
    }

    private static Pipe open(int ourEnd) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
            int result = LinuxCalls.pipe(ends, O_CLOEXEC);
            if (result < 0) {
                throw new IOException("making a pipe failed: " + Errno.text(-result));
            }
            Pipe pipe = new Pipe(
                    ends.getAtIndex(ValueLayout.JAVA_INT, ourEnd), ends.getAtIndex(ValueLayout.JAVA_INT, 1 - ourEnd));
            LinuxCalls.fcntl(pipe.ours, F_SETFL, O_NONBLOCK);
            return pipe;
        }
    }

    /** Asks for room for so many bytes; the kernel may give less, or leave it at 64 KiB. */
    public void widen(int bytes) {
        LinuxCalls.fcntl(ours, F_SETPIPE_SZ, bytes);
    }

    /** Closes our end. */
    public void closeOurs() {
        LinuxCalls.close(ours);
    }

    /** Closes the program's end, which it has a copy of. */
    public void closeTheirs() {
        LinuxCalls.close(theirs);
    }
}
