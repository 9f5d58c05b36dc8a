package io.nucleon.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file {@code living} of the last segment that is written no more: what was not done when it ended. Who opens the journal reads this
 * and the segments behind it. Little-endian.
 *
 * <pre>
 * head    magic 4 | crc32c 4 (of all behind it) | count 4 | 0 4
 * living  key 8 | base 8 | tried 8 | size 4, for each
 * </pre>
 */
final class LivingFile {

    private static final String NAME = "living";
    private static final int MAGIC = 0x31564C4A;
    private static final int HEAD = 16;
    private static final int CRC_FROM = 8;
    private static final int PLACE = 28;

    private LivingFile() {}

    static void write(Path folder, LivingTable table, boolean sync) throws IOException {
        LivingTable.Place[] places = table.all();
        ByteBuffer bytes = SideFile.buffer(HEAD + places.length * PLACE);
        bytes.putInt(MAGIC).putInt(0).putInt(places.length).putInt(0);
        for (LivingTable.Place place : places) {
            bytes.putLong(place.key())
                    .putLong(place.base())
                    .putLong(place.tried())
                    .putInt(place.size());
        }
        bytes.flip();
        bytes.putInt(Integer.BYTES, SideFile.crc(bytes, CRC_FROM));
        try (SideFile out = SideFile.create(folder, NAME)) {
            out.write(bytes);
            out.finish(sync);
        }
    }

    /** Fills a table; false, and nothing filled, if there is no such file or it is torn. */
    static boolean read(Path folder, LivingTable table) {
        try (FileChannel in = FileChannel.open(folder.resolve(NAME), StandardOpenOption.READ)) {
            ByteBuffer bytes = SideFile.read(in, 0, Math.toIntExact(in.size()));
            boolean whole = bytes.limit() >= HEAD
                    && bytes.getInt(0) == MAGIC
                    && bytes.limit() == HEAD + (long) bytes.getInt(CRC_FROM) * PLACE
                    && bytes.getInt(Integer.BYTES) == SideFile.crc(bytes, CRC_FROM);
            if (whole) {
                bytes.position(HEAD);
                while (bytes.hasRemaining()) {
                    table.put(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getInt());
                }
            }
            return whole;
        } catch (IOException | ArithmeticException e) {
            return false;
        }
    }

    static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(NAME));
    }
}
