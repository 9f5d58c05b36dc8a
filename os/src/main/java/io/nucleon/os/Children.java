package io.nucleon.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** Child processes that {@link ProgramStarter} has started, and their descriptors. Safe for many threads. */
public final class Children {

    private static final int WNOHANG = 1;
    private static final int O_RDONLY = 0;
    private static final int O_CLOEXEC = 0x80000;

    private Children() {}

    /** A descriptor that becomes readable when the child has ended; the caller closes it. */
    public static int descriptorOf(int pid) throws IOException {
        int fd = LinuxCalls.pidfdOpen(pid);
        if (fd < 0) {
            throw new IOException("pidfd_open failed: " + Errno.text(-fd));
        }
        return fd;
    }

    /** How a child has ended, once; null while it runs. Its pid is free afterwards. */
    public static ChildExit reap(int pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
            int result = LinuxCalls.wait(pid, status, WNOHANG);
            if (result == -LinuxCalls.ECHILD) {
                throw new IllegalStateException("process " + pid + " is no child of ours, or was waited for elsewhere");
            }
            return result == pid ? new ChildExit(status.get(ValueLayout.JAVA_INT, 0)) : null;
        }
    }

    /** Ends a child with its group and waits until it has gone. */
    public static void end(int pid) {
        Signals.toGroup(pid, Signals.KILL);
        try (Arena arena = Arena.ofConfined()) {
            LinuxCalls.wait(pid, arena.allocate(ValueLayout.JAVA_INT), 0);
        }
    }

    /** A descriptor of a file that is read, which no program inherits; the caller closes it. */
    public static int openToRead(Path file) throws IOException {
        int fd = LinuxCalls.open(file.toString(), O_RDONLY | O_CLOEXEC, 0);
        if (fd < 0) {
            throw new IOException("opening " + file + " failed: " + Errno.text(-fd));
        }
        return fd;
    }

    /** Closes a descriptor. */
    public static void close(int descriptor) {
        LinuxCalls.close(descriptor);
    }
}
