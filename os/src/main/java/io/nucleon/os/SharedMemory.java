package io.nucleon.os;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory that can be given to another process: a memfd sealed against shrinking and growing, or a file of mode 0600. All its blocks are
 * allocated when it is made, so that a full file system is an error here and not a SIGBUS later. Owned by its maker; {@link #close()}
 * gives the descriptor back, mappings stay.
 */
public final class SharedMemory implements AutoCloseable {

    // linux/memfd.h, linux/fcntl.h, asm-generic/fcntl.h
    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_SEAL_SEAL = 1;
    private static final int F_SEAL_SHRINK = 2;
    private static final int F_SEAL_GROW = 4;
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    // With O_CREAT it refuses symbolic links too; O_NOFOLLOW, whose value is each architecture's own, would add
    // nothing.
    private static final int O_EXCL = 0x80;
    private static final int O_CLOEXEC = 0x80000;
    private static final int OWNER_ONLY = 0600;

    private final int fd;
    private final long size;
    private final Path path;
    private boolean closed;

    private SharedMemory(int fd, long size, Path path) {
        this.fd = fd;
        this.size = size;
        this.path = path;
    }

    /** Memory without a name. Fails where the kernel has no memfd or no memory. */
    public static SharedMemory anonymous(String name, long size) throws IOException {
        int fd = LinuxCalls.memfdCreate(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
        check(fd, "memfd_create");
        return fill(new SharedMemory(fd, size, null), true);
    }

    /** Memory as a new file of mode 0600, for those who can't receive a descriptor; its folder should be 0700 and on a tmpfs. */
    public static SharedMemory file(Path path, long size) throws IOException {
        int fd = LinuxCalls.open(path.toString(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, OWNER_ONLY);
        check(fd, "open " + path);
        return fill(new SharedMemory(fd, size, path), false);
    }

    /** Allocates blocks of a file that is open elsewhere, so that a full disk shows now. */
    public static void allocate(int fd, long offset, long length) throws IOException {
        check(LinuxCalls.fallocate(fd, 0, offset, length), "fallocate");
    }

    /**
     * A little-endian buffer over memory that something else has mapped. Valid as long as that mapping is: the caller sees to it that
     * nobody uses the buffer afterwards.
     */
    public static ByteBuffer view(long address, int size) {
        return MemorySegment.ofAddress(address).reinterpret(size).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    public int fd() {
        return fd;
    }

    public long size() {
        return size;
    }

    /** The file's path; null if it has no name. */
    public Path path() {
        return path;
    }

    /** A path by which this process can open the memory again. */
    public Path ownPath() {
        return Path.of("/proc/self/fd/" + fd);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            LinuxCalls.close(fd);
        }
    }

    private static SharedMemory fill(SharedMemory memory, boolean seal) throws IOException {
        try {
            check(LinuxCalls.ftruncate(memory.fd, memory.size), "ftruncate");
            check(LinuxCalls.fallocate(memory.fd, 0, 0, memory.size), "fallocate of " + memory.size + " bytes");
            if (seal) {
                check(LinuxCalls.fcntl(memory.fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL), "sealing");
            }
            return memory;
        } catch (IOException e) {
            memory.close();
            if (memory.path != null) {
                Files.deleteIfExists(memory.path);
            }
            throw e;
        }
    }

    private static void check(int result, String call) throws IOException {
        if (result < 0) {
            throw new IOException(call + " failed: " + Errno.text(-result));
        }
    }
}
