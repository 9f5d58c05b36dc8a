package io.nucleon.journal;

/**
 * A journal at one moment.
 *
 * @param bytes on the disk
 * @param maxBytes that it may take
 * @param segments files it consists of
 * @param living events that are not done
 * @param livingBytes that those take; new ones are refused when they are most of what the journal may take
 * @param appended entries since it was opened
 * @param refused entries for which there was no room
 * @param damaged records that could not be read
 * @param waitingBytes of entries that are on their way to the disk
 */
public record JournalStats(
        long bytes,
        long maxBytes,
        int segments,
        long living,
        long livingBytes,
        long appended,
        long refused,
        long damaged,
        long waitingBytes) {}
