package io.nucleon.admin;

/**
 * What a function's journal holds.
 *
 * @param bytes on the disk
 * @param maxBytes that it may take
 * @param living events that are not done
 * @param livingBytes that those take
 * @param appended entries since it was opened
 * @param refused entries for which there was no room
 * @param damaged records that could not be read
 */
public record JournalCounts(
        long bytes, long maxBytes, long living, long livingBytes, long appended, long refused, long damaged) {

    /** Nothing is known. */
    static final JournalCounts NONE = new JournalCounts(0, 0, 0, 0, 0, 0, 0);
}
