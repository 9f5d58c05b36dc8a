package io.nucleon.builder.source;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Unpacks an archive into an empty folder and nowhere else. What it is, its first bytes tell, not its name. Confined to one thread.
 *
 * <p>Files are made new, never written through: a path that is there already is refused, so no entry reaches what an earlier one made.
 * Links are made last, and each is then followed by the system: one that leads out makes the archive refused. Owners, times and special
 * bits are left out.
 */
public final class Unpacker {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MEMORY_KIB = 256 * 1024;
    private static final int EXECUTABLE = 0100;
    private static final int LONGEST_LINK = 4096;

    private final String name;
    private final Path target;
    private final CodeLimits.Count count;
    private final Map<Path, String> links = new LinkedHashMap<>();

    private Unpacker(String name, Path target, CodeLimits limits) {
        this.name = name;
        this.target = target;
        this.count = limits.count(name);
    }

    /**
     * Unpacks a file.
     *
     * @param name of the archive in messages
     * @param target an empty folder
     * @throws io.nucleon.error.NucleonException NUC-6003 if it is no archive that can be read, NUC-6004 if it holds what it must not
     */
    public static void unpack(Path archive, String name, Path target, CodeLimits limits) {
        Unpacker unpacker = new Unpacker(name, target, limits);
        try {
            switch (ArchiveKind.of(archive)) {
                case ZIP -> unpacker.zip(archive);
                case SEVEN_Z -> unpacker.sevenZ(archive);
                case RAR ->
                    throw unpacker.unreadable(
                            "it is a RAR archive, which only its maker's tools may read; pack it as zip");
                case TAR -> unpacker.tar(archive);
                case NONE ->
                    throw unpacker.unreadable(
                            "Downloaded file type is not supported. (expected an archive: zip, tar, tar.gz, tar.bz2, "
                                    + "tar.xz, tar.lz4, tar.sz, 7z)");
            }
            unpacker.makeLinks();
            CodeTree.entries(target);
        } catch (IOException e) {
            throw unpacker.unreadable(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            // The library's word for sizes and names that can't be.
            throw unpacker.unreadable("it is damaged: " + e.getMessage());
        }
    }

    private void zip(Path archive) throws IOException {
        long packed = Files.size(archive);
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            for (var entries = zip.getEntries(); entries.hasMoreElements(); ) {
                ZipArchiveEntry entry = entries.nextElement();
                if (entry.getGeneralPurposeBit().usesEncryption()) {
                    throw unreadable(entry.getName() + " is encrypted");
                }
                Path path = pathOf(entry.getName());
                if (entry.isDirectory()) {
                    folder(path);
                } else if (entry.isUnixSymlink()) {
                    link(path, zip.getUnixSymlink(entry));
                } else if (isSpecial(entry.getUnixMode())) {
                    throw refused(entry.getName(), "it is a device, a socket or a pipe, not a file");
                } else {
                    try (InputStream in = zip.getInputStream(entry)) {
                        file(path, in, entry.getUnixMode(), Math.max(1, entry.getCompressedSize()), packed);
                    }
                }
            }
        }
    }

    /** Set in the mode, if there is one: neither a regular file nor a folder. */
    private static boolean isSpecial(int mode) {
        int kind = mode & 0170000;
        return kind != 0 && kind != 0100000 && kind != 0040000;
    }

    private void tar(Path archive) throws IOException {
        long packed = Files.size(archive);
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), BUFFER_BYTES);
                TarArchiveInputStream tar = new TarArchiveInputStream(ArchiveKind.unpressed(file, MEMORY_KIB))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = pathOf(entry.getName());
                if (entry.isDirectory()) {
                    folder(path);
                } else if (entry.isSymbolicLink()) {
                    link(path, entry.getLinkName());
                } else if (entry.isLink()) {
                    hardLink(path, entry.getLinkName());
                } else if (!entry.isFile() || entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO()) {
                    throw refused(entry.getName(), "it is a device, a socket or a pipe, not a file");
                } else {
                    file(path, tar, entry.getMode(), 0, packed);
                }
            }
        }
    }

    private void sevenZ(Path archive) throws IOException {
        long packed = Files.size(archive);
        try (SevenZFile file = SevenZFile.builder()
                .setPath(archive)
                .setMaxMemoryLimitKiB(MEMORY_KIB)
                .get()) {
            for (SevenZArchiveEntry entry = file.getNextEntry(); entry != null; entry = file.getNextEntry()) {
                Path path = pathOf(entry.getName());
                int mode = entry.getHasWindowsAttributes() ? entry.getWindowsAttributes() >>> 16 : 0;
                if (entry.isDirectory()) {
                    folder(path);
                } else if (entry.isAntiItem() || isSpecial(mode)) {
                    throw refused(entry.getName(), "it is a link or a device, not a file");
                } else {
                    try (InputStream in = file.getInputStream(entry)) {
                        file(path, in, mode, 0, packed);
                    }
                }
            }
        }
    }

    /** Where an entry goes; refused unless it names a place below the target in plain words. */
    private Path pathOf(String entry) {
        String plain = entry.endsWith("/") ? entry.substring(0, entry.length() - 1) : entry;
        while (plain.startsWith("./")) {
            plain = plain.substring(2);
        }
        if (plain.isEmpty() || plain.equals(".")) {
            return target;
        }
        if (plain.startsWith("/")
                || plain.indexOf('\\') >= 0
                || plain.indexOf('\0') >= 0
                || plain.matches("[A-Za-z]:.*")) {
            throw refused(entry, "it names an absolute path or one of another system");
        }
        for (String part : plain.split("/", -1)) {
            if (part.equals("..") || part.isEmpty()) {
                throw refused(entry, "it names a place outside of the archive");
            }
        }
        try {
            return target.resolve(plain);
        } catch (InvalidPathException e) {
            throw refused(entry, "its name can't be one");
        }
    }

    private void folder(Path path) throws IOException {
        count.file();
        if (!path.equals(target)) {
            makeParents(path);
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(path);
            }
        }
    }

    /** No link is there yet, so that none is followed. */
    private void makeParents(Path path) throws IOException {
        for (Path parent = path.getParent(); !parent.equals(target); parent = parent.getParent()) {
            if (links.containsKey(parent)) {
                throw refused(target.relativize(path).toString(), "it lies below a link");
            }
        }
        Files.createDirectories(path.getParent());
    }

    private void file(Path path, InputStream in, int mode, long packedEntry, long packed) throws IOException {
        count.file();
        makeParents(path);
        boolean executable = (mode & EXECUTABLE) != 0;
        try {
            Files.createFile(
                    path,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--")));
        } catch (FileAlreadyExistsException e) {
            throw refused(target.relativize(path).toString(), "it is there twice");
        }
        byte[] buffer = new byte[BUFFER_BYTES];
        long written = 0;
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                written += read;
                count.bytes(read, packed);
                // Entries of a zip may lie over each other: each is measured by itself too.
                if (packedEntry > 0 && written > CodeLimits.RATIO_FROM_BYTES && written / packedEntry > 1100) {
                    throw refused(target.relativize(path).toString(), "it unpacks to more than 1,100 times its size");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private void link(Path path, String to) throws IOException {
        count.file();
        makeParents(path);
        if (to == null || to.isEmpty() || to.length() > LONGEST_LINK || to.startsWith("/") || to.indexOf('\0') >= 0) {
            throw refused(target.relativize(path).toString(), "it is a link to an absolute path");
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) || links.put(path, to) != null) {
            throw refused(target.relativize(path).toString(), "it is there twice");
        }
    }

    /** A second name for a file before it: here a copy, since files may be changed one by one later. */
    private void hardLink(Path path, String to) throws IOException {
        Path first = pathOf(to);
        if (!Files.isRegularFile(first, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(target.relativize(path).toString(), "it is a link to what is not before it in the archive");
        }
        try (InputStream in = Files.newInputStream(first)) {
            file(path, in, Files.isExecutable(first) ? EXECUTABLE : 0, 0, 0);
        }
    }

    private void makeLinks() throws IOException {
        for (Map.Entry<Path, String> link : links.entrySet()) {
            if (Files.exists(link.getKey(), LinkOption.NOFOLLOW_LINKS)) {
                throw refused(target.relativize(link.getKey()).toString(), "it is there twice");
            }
            Files.createSymbolicLink(link.getKey(), Path.of(link.getValue()));
        }
    }

    private RuntimeException refused(String entry, String why) {
        return ErrorMessage.of(
                        ErrorCode.CODE_REFUSED,
                        name + " is refused: its entry '" + entry + "'",
                        why,
                        "pack the archive from the function's folder, with files alone")
                .toException();
    }

    private RuntimeException unreadable(String why) {
        return ErrorMessage.of(
                        ErrorCode.ARCHIVE_UNREADABLE,
                        name + " can't be unpacked",
                        why,
                        "check that it is a whole archive: zip, tar.gz")
                .toException();
    }
}
