package io.nucleon.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code seal} of a segment that is written no more: which ids it holds and when it was written, so that it need not be read for
 * that. Little-endian.
 *
 * <pre>
 * head  magic 4 | crc32c 4 (of the head behind it) | ids 4 | 0 4 | firstNanos 8 | lastNanos 8 | bytes 8
 * ids   key 8 | sequence 4, for each, sorted by key
 * </pre>
 *
 * <p>Written by the journal's thread under another name and renamed, then never changed. A seal that is torn is as good as none: its
 * segment is read instead.
 *
 * @param bytes what the segment takes on the disk
 */
record Seal(Path file, int ids, long firstNanos, long lastNanos, long bytes) {

    private static final String NAME = "seal";
    private static final int MAGIC = 0x314C4A4E;
    private static final int HEAD = 40;
    private static final int CRC_FROM = 8;
    private static final int ID = 12;
    private static final int BUFFER = 64 * 1024;

    /** Writes the seal of a segment. */
    static Seal write(Path folder, IdList ids, long firstNanos, long lastNanos, long bytes, boolean sync)
            throws IOException {
        long[] sorted = ids.sorted();
        try (SideFile out = SideFile.create(folder, NAME)) {
            ByteBuffer head = SideFile.buffer(HEAD);
            head.putInt(MAGIC).putInt(0).putInt(sorted.length / 2).putInt(0);
            head.putLong(firstNanos).putLong(lastNanos).putLong(bytes).flip();
            head.putInt(Integer.BYTES, SideFile.crc(head, CRC_FROM));
            out.write(head);
            ByteBuffer part = SideFile.buffer(BUFFER);
            for (int i = 0; i < sorted.length; i += 2) {
                part.putLong(sorted[i]).putInt((int) sorted[i + 1]);
                if (part.remaining() < ID) {
                    out.write(part.flip());
                    part.clear();
                }
            }
            out.write(part.flip());
            Path file = out.finish(sync);
            return new Seal(file, sorted.length / 2, firstNanos, lastNanos, bytes);
        }
    }

    /** The seal of a segment; empty if there is none, or if it is torn. */
    static Optional<Seal> read(Path folder) {
        Path file = folder.resolve(NAME);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer head = SideFile.read(in, 0, HEAD);
            int ids = head.getInt(8);
            boolean whole = head.getInt(0) == MAGIC
                    && head.getInt(Integer.BYTES) == SideFile.crc(head, CRC_FROM)
                    && in.size() == HEAD + (long) ids * ID;
            return whole
                    ? Optional.of(new Seal(file, ids, head.getLong(16), head.getLong(24), head.getLong(32)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Where entries of that id stand, in order. */
    List<Integer> find(long key) throws IOException {
        List<Integer> found = new ArrayList<>();
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            int low = 0;
            int high = ids;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (SideFile.read(in, HEAD + (long) middle * ID, ID).getLong() < key) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            for (int at = low; at < ids; at++) {
                ByteBuffer id = SideFile.read(in, HEAD + (long) at * ID, ID);
                if (id.getLong() != key) {
                    break;
                }
                found.add(id.getInt());
            }
        }
        return found;
    }

    /** What it takes on the disk itself. */
    long fileBytes() {
        return HEAD + (long) ids * ID;
    }
}
