package io.nucleon.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * An entry as documents of a Chronicle queue: one, or several in a row when it is large. Little-endian.
 *
 * <pre>
 *   0       4        5       6
 *   +-------+--------+-------+-----------------
 *   | crc32c| format | flags | part of an entry
 *   +-------+--------+-------+-----------------
 * crc32c  of everything behind it: tells what a loss of power has torn
 * format  1
 * flags   1 first part, 2 last part
 * </pre>
 *
 * <p>Written by the journal's thread alone. Chronicle's own document header makes it seen, as a whole, to readers.
 */
final class RecordLayout {

    static final int CHECKSUM = 0;
    static final int FORMAT = CHECKSUM + Integer.BYTES;
    static final int FLAGS = FORMAT + 1;
    static final int PART = FLAGS + 1;

    static final byte FORMAT_1 = 1;
    static final int FIRST = 1;
    static final int LAST = 2;

    /** A document must fit into a quarter of a block, {@link SegmentQueue#BLOCK_BYTES}; this is a sixteenth. */
    static final int MOST_PART = 1 << 20;

    private RecordLayout() {}

    static int checksum(int flags, byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(FORMAT_1);
        crc.update(flags);
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /** Whether a document is whole and of a format that is known. */
    static boolean isWhole(ByteBuffer document) {
        if (document.remaining() < PART) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(document.slice(FORMAT, document.remaining() - FORMAT));
        return document.getInt(CHECKSUM) == (int) crc.getValue() && document.get(FORMAT) == FORMAT_1;
    }
}
