package io.nucleon.runtime.process;

import io.nucleon.error.Amounts;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.os.SharedMemory;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.transport.shm.Segment;
import io.nucleon.transport.shm.SegmentLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Makes the segment of an incarnation: a memfd, else a file in a 0700 folder of /dev/shm, else (with {@code transport: auto}) the status
 * page alone and the reason. {@code -Dnucleon.segment=file} leaves the memfd out.
 */
final class SegmentMaker {

    private static final Path TMPFS = Path.of("/dev/shm");

    private SegmentMaker() {}

    /**
     * A segment and, if it holds no rings although it could have, why.
     *
     * @param file to be unlinked once the worker has it; null for a memfd
     */
    record Made(Segment segment, Path file, String whyNotShm) {}

    /** Takes a few ms: for the starter's thread. */
    static Made make(RuntimeSetting setting, String name, long epoch) {
        String transport = setting.transport();
        if (transport.equals("unix")) {
            return statusPage(name, epoch, "");
        }
        try {
            return make(SegmentLayout.STANDARD, name, epoch, "");
        } catch (IOException e) {
            ErrorMessage why = tooSmall(setting, e);
            if (transport.equals("shm")) {
                throw why.toException(e);
            }
            return statusPage(name, epoch, why.line());
        }
    }

    private static ErrorMessage tooSmall(RuntimeSetting setting, IOException cause) {
        long segment = SegmentLayout.STANDARD.size();
        String needed = Amounts.bytes(setting.workers() * segment) + " needed";
        return ErrorMessage.of(
                ErrorCode.SHM_TOO_SMALL,
                "shared memory is too small: "
                        + size().map(size -> Amounts.bytes(size) + ", ").orElse("") + needed,
                setting.workers() + (setting.workers() == 1 ? " worker × " : " workers × ") + Amounts.bytes(segment)
                        + " segments; containers often get 64 MiB (" + cause.getMessage() + ")",
                "docker run --shm-size=256m, or lower --workers");
    }

    private static Optional<Long> size() {
        try {
            return Optional.of(Files.getFileStore(TMPFS).getTotalSpace());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * One page, for a worker whose frames travel on its socket.
     *
     * @param why it gets no rings; empty if it should have none
     */
    static Made statusPage(String name, long epoch, String why) {
        try {
            return make(SegmentLayout.STATUS_PAGE, name, epoch, why);
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.SHM_UNAVAILABLE,
                            "making the status page of worker " + name + " failed",
                            e.getMessage(),
                            "free memory, or mount a tmpfs on /dev/shm")
                    .toException(e);
        }
    }

    private static Made make(SegmentLayout layout, String name, long epoch, String why) throws IOException {
        IOException noMemfd = null;
        if (!"file".equals(System.getProperty("nucleon.segment"))) {
            try {
                SharedMemory memory = SharedMemory.anonymous("nucleon-" + name, layout.size());
                return new Made(map(memory, layout, epoch), null, why);
            } catch (IOException e) {
                noMemfd = e;
            }
        }
        Path folder = Files.createTempDirectory(
                Files.isDirectory(TMPFS) ? TMPFS : Path.of(System.getProperty("java.io.tmpdir")),
                "nucleon-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path file = folder.resolve("segment");
        try {
            return new Made(map(SharedMemory.file(file, layout.size()), layout, epoch), file, why);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
            if (noMemfd != null) {
                e.addSuppressed(noMemfd);
            }
            throw e;
        }
    }

    private static Segment map(SharedMemory memory, SegmentLayout layout, long epoch) throws IOException {
        try {
            return new Segment(memory, layout, epoch);
        } catch (IOException | RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    /** Removes a segment's file and its folder; the mappings stay. */
    static void unlink(Path file) {
        if (file == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.getParent());
        } catch (IOException e) {
            // a folder of ours that somebody else emptied or filled; it holds nothing that we need
        }
    }
}
