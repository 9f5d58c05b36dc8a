package io.nucleon.builder.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** Makes archives, honest and hostile ones. */
final class Archives {
    private Archives() {}

    /** What a zip holds. */
    interface ZipContent {
        void write(ZipArchiveOutputStream zip) throws IOException;
    }

    /** What a tar holds. */
    interface TarContent {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    static Path zip(Path file, ZipContent content) throws IOException {
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
            content.write(zip);
        }
        return file;
    }

    static void file(ZipArchiveOutputStream zip, String name, String text) throws IOException {
        entry(zip, name, UnixStat.FILE_FLAG | 0644, text.getBytes(StandardCharsets.UTF_8));
    }

    static void entry(ZipArchiveOutputStream zip, String name, int mode, byte[] content) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setUnixMode(mode);
        zip.putArchiveEntry(entry);
        zip.write(content);
        zip.closeArchiveEntry();
    }

    static void link(ZipArchiveOutputStream zip, String name, String to) throws IOException {
        entry(zip, name, UnixStat.LINK_FLAG | 0777, to.getBytes(StandardCharsets.UTF_8));
    }

    static Path tar(Path file, TarContent content) throws IOException {
        return Files.write(file, tar(content));
    }

    static byte[] tar(TarContent content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            content.write(tar);
        }
        return bytes.toByteArray();
    }

    static void file(TarArchiveOutputStream tar, String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        // As written, not made harmless by the library.
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    static void special(TarArchiveOutputStream tar, String name, byte kind, String to) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
        entry.setLinkName(to);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    static void link(TarArchiveOutputStream tar, String name, String to) throws IOException {
        special(tar, name, TarConstants.LF_SYMLINK, to);
    }

    /** @param kind by the library's names: {@code gz}, {@code bzip2}, {@code xz}, {@code lz4-framed}, {@code snappy-framed} */
    static Path pressed(Path file, String kind, byte[] tar) throws IOException {
        try (OutputStream out =
                new CompressorStreamFactory().createCompressorOutputStream(kind, Files.newOutputStream(file))) {
            out.write(tar);
        } catch (CompressorException e) {
            throw new IOException(e);
        }
        return file;
    }

    static Path sevenZ(Path file, String name, String text) throws IOException {
        try (SevenZOutputFile out = new SevenZOutputFile(file.toFile())) {
            SevenZArchiveEntry entry = new SevenZArchiveEntry();
            entry.setName(name);
            out.putArchiveEntry(entry);
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.closeArchiveEntry();
        }
        return file;
    }
}
