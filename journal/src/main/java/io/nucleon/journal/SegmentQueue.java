package io.nucleon.journal;

import java.nio.file.Path;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.posix.PosixAPI;

/** How segments are opened as Chronicle queues. Stateless. */
final class SegmentQueue {

    /** What Chronicle maps at a time; a quarter more of address space. Files have that length at least, their blocks only what is used. */
    static final int BLOCK_BYTES = 16 << 20;

    static final RollCycles ROLL = RollCycles.FAST_DAILY;

    /** How long a header that its writer was killed over is waited for. */
    private static final long TIMEOUT_MILLIS = 500;

    static {
        // Pages are written back by AllocatedFile.sync; loading the C library for Chronicle's own way takes 60 ms of
        // CPU.
        PosixAPI.useNoOpPosixApi();
    }

    private SegmentQueue() {}

    /**
     * A queue that never rolls: its time stands still.
     *
     * @param bornMillis decides the data file's name
     */
    static ChronicleQueue writable(Path folder, long bornMillis) {
        return builder(folder).timeProvider(() -> bornMillis).build();
    }

    /** For a segment that nobody in this process writes. */
    static ChronicleQueue readable(Path folder) {
        return builder(folder).readOnly(true).build();
    }

    /** Name of the data file. */
    static String dataFile(long bornMillis) {
        return java.time.format.DateTimeFormatter.ofPattern(ROLL.format())
                        .withZone(java.time.ZoneOffset.UTC)
                        .format(java.time.Instant.ofEpochMilli(bornMillis))
                + ".cq4";
    }

    private static SingleChronicleQueueBuilder builder(Path folder) {
        return SingleChronicleQueueBuilder.binary(folder)
                .rollCycle(ROLL)
                .blockSize(BLOCK_BYTES)
                .timeoutMS(TIMEOUT_MILLIS);
    }
}
