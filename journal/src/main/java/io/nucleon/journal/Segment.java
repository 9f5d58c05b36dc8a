package io.nucleon.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A part of the journal that is removed as a whole: a folder with a Chronicle queue and, once it is written no more, its seal. Safe for
 * many threads; changed by the journal's thread alone.
 */
final class Segment {

    private static final int NAME_LENGTH = 10;

    private final int number;
    private final Path folder;
    /** Of the entries in here; null once there is a seal, and for what another process writes. */
    private volatile IdList ids;
    /** Null while it is written. */
    private volatile Seal seal;
    /** Null once it is written no more. */
    private volatile SharedQueue shared;

    private volatile long bytes;
    private volatile long firstNanos;
    private volatile long lastNanos;

    private Segment(int number, Path folder) {
        this.number = number;
        this.folder = folder;
    }

    /** One that is about to be written. */
    static Segment fresh(Path journal, int number) {
        Segment segment = new Segment(number, journal.resolve(name(number)));
        segment.ids = new IdList();
        return segment;
    }

    /** One that was found. It has no ids until it is scanned, unless it is sealed. */
    static Segment found(Path journal, int number) {
        Segment segment = new Segment(number, journal.resolve(name(number)));
        Seal.read(segment.folder).ifPresent(segment::sealed);
        return segment;
    }

    /** Its entries are about to be {@link #added} as they are read. */
    void scanned() {
        ids = new IdList();
    }

    /** Number of a segment by the name of its folder; -1 if it is none. */
    static int number(String folderName) {
        if (folderName.length() != NAME_LENGTH || !folderName.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        long number = Long.parseLong(folderName);
        return number <= Integer.MAX_VALUE ? (int) number : -1;
    }

    private static String name(int number) {
        String digits = Integer.toString(number);
        return "0".repeat(NAME_LENGTH - digits.length()) + digits;
    }

    int number() {
        return number;
    }

    Path folder() {
        return folder;
    }

    boolean isSealed() {
        return seal != null;
    }

    /** Whether {@link #find} knows of its entries; else it must be read. */
    boolean hasIds() {
        return ids != null || seal != null;
    }

    Seal seal() {
        return seal;
    }

    /** What it takes on the disk. */
    long bytes() {
        return bytes;
    }

    /** When its first entry was noted, ns since 1970; 0 if it has none. */
    long firstNanos() {
        return firstNanos;
    }

    long lastNanos() {
        return lastNanos;
    }

    SharedQueue shared() {
        return shared;
    }

    void shares(SharedQueue queue) {
        shared = queue;
    }

    void takes(long onDisk) {
        bytes = onDisk;
    }

    /** An entry was added. */
    void added(long key, int sequence, long timeNanos) {
        ids.add(key, sequence);
        if (firstNanos == 0) {
            firstNanos = timeNanos;
        }
        lastNanos = Math.max(lastNanos, timeNanos);
    }

    /** It is written no more. */
    void seal(boolean sync) throws IOException {
        sealed(Seal.write(folder, ids, firstNanos, lastNanos, bytes, sync));
    }

    private void sealed(Seal written) {
        firstNanos = written.firstNanos();
        lastNanos = written.lastNanos();
        bytes = written.bytes() + written.fileBytes();
        seal = written;
        ids = null;
    }

    /** Where entries of that id stand in here, in order. */
    List<Integer> find(long key) throws IOException {
        IdList open = ids;
        return open != null ? open.find(key) : seal.find(key);
    }

    /** Removes its files. What is mapped of them stays readable to who has it mapped. */
    void remove() throws IOException {
        remove(folder);
    }

    static void remove(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
