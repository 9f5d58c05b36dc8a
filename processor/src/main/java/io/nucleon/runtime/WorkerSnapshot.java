package io.nucleon.runtime;

/**
 * A worker at one moment, for statistics and banners.
 *
 * @param state {@code starting}, {@code ready}, {@code draining}, {@code lost} or {@code stopped}
 * @param pid of the wrapper, 0 in process
 * @param transport {@code shm}, {@code unix}, {@code pipes} or {@code none}
 * @param transportReason why it is not shm although it could be; empty otherwise
 * @param restarts replacements so far
 * @param lastError one line, empty for none
 */
public record WorkerSnapshot(
        int index,
        String state,
        long pid,
        long epoch,
        String transport,
        String transportReason,
        int open,
        int restarts,
        String lastError) {}
