package io.nucleon.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.CRC32C;

/** A small file beside a queue, written under another name and renamed when it is whole. Confined to one thread. */
final class SideFile implements AutoCloseable {

    private final Path fresh;
    private final Path file;
    private final FileChannel out;

    private SideFile(Path fresh, Path file, FileChannel out) {
        this.fresh = fresh;
        this.file = file;
        this.out = out;
    }

    static SideFile create(Path folder, String name) throws IOException {
        Path fresh = folder.resolve(name + ".new");
        Files.deleteIfExists(fresh);
        FileChannel out = FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new SideFile(fresh, folder.resolve(name), out);
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /** Gives it its name. */
    Path finish(boolean sync) throws IOException {
        if (sync) {
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        return file;
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(fresh);
    }

    static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** So many bytes from there on; fails if the file ends before. */
    static ByteBuffer read(FileChannel in, long from, int length) throws IOException {
        ByteBuffer bytes = buffer(length);
        while (bytes.hasRemaining()) {
            if (in.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException("the file ends early");
            }
        }
        return bytes.flip();
    }

    /** CRC-32C of what stands from there to the limit. */
    static int crc(ByteBuffer bytes, int from) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(from, bytes.limit() - from));
        return (int) crc.getValue();
    }
}
