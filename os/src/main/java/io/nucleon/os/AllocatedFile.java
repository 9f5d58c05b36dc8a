package io.nucleon.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A file whose blocks are allocated before something else, that has mapped it, writes to them: a full disk is then an answer here and not
 * a SIGBUS there. Owned by its maker; confined to one thread at a time.
 */
public final class AllocatedFile implements AutoCloseable {

    // asm-generic/fcntl.h
    private static final int O_RDONLY = 0;
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    private static final int O_CLOEXEC = 0x80000;
    private static final int OWNER_ONLY = 0600;

    // linux/falloc.h
    private static final int FALLOC_FL_KEEP_SIZE = 1;
    private static final int FALLOC_FL_PUNCH_HOLE = 2;

    private static final int ZEROS = 64 * 1024;

    private final int fd;
    private boolean closed;

    private AllocatedFile(int fd) {
        this.fd = fd;
    }

    /** Opens it for reading and writing, or makes it with mode 0600. */
    public static AllocatedFile open(Path path) throws IOException {
        int fd = LinuxCalls.open(path.toString(), O_RDWR | O_CREAT | O_CLOEXEC, OWNER_ONLY);
        check(fd, "open " + path);
        return new AllocatedFile(fd);
    }

    /** Makes what was made, renamed or removed in a folder outlast a loss of power. */
    public static void syncFolder(Path folder) throws IOException {
        int fd = LinuxCalls.open(folder.toString(), O_RDONLY | O_CLOEXEC, 0);
        check(fd, "open " + folder);
        try (AllocatedFile opened = new AllocatedFile(fd)) {
            opened.sync();
        }
    }

    /**
     * Allocates blocks and lets the file grow to hold them; they read as zeros. The range must not have been written to before.
     *
     * @return false if the disk, the quota or the file's size limit leaves no room; nothing may be written there then
     * @throws IOException if the disk fails otherwise
     */
    public boolean allocate(long offset, long length) throws IOException {
        int result;
        do {
            result = LinuxCalls.fallocate(fd, 0, offset, length);
        } while (result == -LinuxCalls.EINTR);
        if (result == -LinuxCalls.EOPNOTSUPP || result == -LinuxCalls.ENOSYS) {
            return writeZeros(offset, length);
        }
        return hasRoom(result, "fallocate");
    }

    /** Where the file system can't allocate (NFS), writing does. */
    private boolean writeZeros(long offset, long length) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment zeros = arena.allocate(ZEROS);
            for (long at = offset; at < offset + length; ) {
                int written = LinuxCalls.pwrite(fd, zeros, Math.min(ZEROS, offset + length - at), at);
                if (written == -LinuxCalls.EINTR) {
                    continue;
                }
                if (!hasRoom(written, "pwrite")) {
                    return false;
                }
                at += written;
            }
            return true;
        }
    }

    private static boolean hasRoom(int result, String call) throws IOException {
        if (result == -LinuxCalls.ENOSPC || result == -LinuxCalls.EDQUOT || result == -LinuxCalls.EFBIG) {
            return false;
        }
        check(result, call);
        return true;
    }

    /** Gives the blocks of a range back, as far as the file system can; it reads as zeros then and the file keeps its length. */
    public void free(long offset, long length) {
        LinuxCalls.fallocate(fd, FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE, offset, length);
    }

    /** Returns when what was written, through mappings too, would outlast a loss of power. */
    public void sync() throws IOException {
        int result;
        do {
            result = LinuxCalls.fdatasync(fd);
        } while (result == -LinuxCalls.EINTR);
        check(result, "fdatasync");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            LinuxCalls.close(fd);
        }
    }

    private static void check(int result, String call) throws IOException {
        if (result < 0) {
            throw new IOException(call + " failed: " + Errno.text(-result));
        }
    }
}
