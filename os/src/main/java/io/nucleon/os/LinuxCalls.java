package io.nucleon.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * System calls. Each returns the call's value, or {@code -errno}. Safe for many threads.
 *
 * <p>All go through the C library's {@code syscall}, so that there is one signature to bind: each takes the JVM about 10 ms of its start
 * (measured with an AOT cache: seven signatures 61 ms of CPU, one 8 ms), which is what a worker waits for.
 */
final class LinuxCalls {

    /** Errno values that callers tell apart (asm-generic/errno-base.h). */
    static final int ESRCH = 3;

    static final int EINTR = 4;
    static final int ECHILD = 10;
    static final int EFBIG = 27;
    static final int ENOSPC = 28;
    static final int ENOSYS = 38;
    static final int EOPNOTSUPP = 95;
    static final int EDQUOT = 122;

    private static final int AT_FDCWD = -100;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle SYSCALL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno"));
    private static final Numbers NUMBERS = Numbers.of(System.getProperty("os.arch"));

    /** The calls' numbers: arch/x86/entry/syscalls/syscall_64.tbl, and include/uapi/asm-generic/unistd.h for aarch64. */
    private record Numbers(
            int memfdCreate,
            int openat,
            int ftruncate,
            int fallocate,
            int fcntl,
            int close,
            int kill,
            int pwrite64,
            int fdatasync,
            int pipe2,
            int wait4,
            int pidfdOpen,
            int socket,
            int connect,
            int bind,
            int listen,
            int accept4,
            int sendmsg,
            int recvmsg,
            int shutdown) {

        static Numbers of(String architecture) {
            return switch (architecture.toLowerCase(Locale.ROOT)) {
                case "amd64", "x86_64" ->
                    new Numbers(319, 257, 77, 285, 72, 3, 62, 18, 75, 293, 61, 434, 41, 42, 49, 50, 288, 46, 47, 48);
                case "aarch64", "arm64" ->
                    new Numbers(
                            279, 56, 46, 47, 25, 57, 129, 68, 83, 59, 260, 434, 198, 203, 200, 201, 242, 211, 212, 210);
                default ->
                    throw new UnsupportedOperationException(
                            "system calls of " + architecture + " are not known: x86-64 and aarch64 are");
            };
        }
    }

    private LinuxCalls() {}

    static int memfdCreate(String name, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            return call(arena, NUMBERS.memfdCreate, arena.allocateFrom(name).address(), flags, 0, 0);
        }
    }

    static int open(String path, int flags, int mode) {
        try (Arena arena = Arena.ofConfined()) {
            return call(
                    arena, NUMBERS.openat, AT_FDCWD, arena.allocateFrom(path).address(), flags, mode);
        }
    }

    static int ftruncate(int fd, long length) {
        return call(NUMBERS.ftruncate, fd, length, 0, 0);
    }

    static int fallocate(int fd, int mode, long offset, long length) {
        return call(NUMBERS.fallocate, fd, mode, offset, length);
    }

    static int fcntl(int fd, int command, int argument) {
        return call(NUMBERS.fcntl, fd, command, argument, 0);
    }

    static int close(int fd) {
        return call(NUMBERS.close, fd, 0, 0, 0);
    }

    static int pwrite(int fd, MemorySegment bytes, long length, long offset) {
        return call(NUMBERS.pwrite64, fd, bytes.address(), length, offset);
    }

    static int fdatasync(int fd) {
        return call(NUMBERS.fdatasync, fd, 0, 0, 0);
    }

    static int kill(int pid, int signal) {
        return call(NUMBERS.kill, pid, signal, 0, 0);
    }

    /** Writes the two descriptors to {@code ends}, two ints. */
    static int pipe(MemorySegment ends, int flags) {
        return call(NUMBERS.pipe2, ends.address(), flags, 0, 0);
    }

    /** Writes the status to {@code status}, an int; 0 when the child still runs and {@code options} forbid to wait. */
    static int wait(int pid, MemorySegment status, int options) {
        return call(NUMBERS.wait4, pid, status.address(), options, 0);
    }

    static int pidfdOpen(int pid) {
        return call(NUMBERS.pidfdOpen, pid, 0, 0, 0);
    }

    static int socket(int domain, int type) {
        return call(NUMBERS.socket, domain, type, 0, 0);
    }

    static int connect(int fd, MemorySegment address) {
        return call(NUMBERS.connect, fd, address.address(), address.byteSize(), 0);
    }

    static int bind(int fd, MemorySegment address) {
        return call(NUMBERS.bind, fd, address.address(), address.byteSize(), 0);
    }

    static int listen(int fd, int backlog) {
        return call(NUMBERS.listen, fd, backlog, 0, 0);
    }

    /** Waits for a connection; who connects is not told. */
    static int accept(int fd, int flags) {
        return call(NUMBERS.accept4, fd, 0, 0, flags);
    }

    static int sendmsg(int fd, MemorySegment message, int flags) {
        return call(NUMBERS.sendmsg, fd, message.address(), flags, 0);
    }

    static int recvmsg(int fd, MemorySegment message, int flags) {
        return call(NUMBERS.recvmsg, fd, message.address(), flags, 0);
    }

    static int shutdown(int fd, int how) {
        return call(NUMBERS.shutdown, fd, how, 0, 0);
    }

    private static int call(int number, long first, long second, long third, long fourth) {
        try (Arena arena = Arena.ofConfined()) {
            return call(arena, number, first, second, third, fourth);
        }
    }

    private static int call(Arena arena, int number, long first, long second, long third, long fourth) {
        // the captured state is errno alone
        MemorySegment errno = arena.allocate(JAVA_INT);
        try {
            long result = (long) SYSCALL.invokeExact(errno, (long) number, first, second, third, fourth);
            return result >= 0 ? Math.toIntExact(result) : -errno.get(JAVA_INT, 0);
        } catch (Throwable t) {
            throw new IllegalStateException("system call " + number + " failed", t);
        }
    }
}
