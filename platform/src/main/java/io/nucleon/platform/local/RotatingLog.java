package io.nucleon.platform.local;

import io.nucleon.error.Look;
import io.nucleon.host.UserFolders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A function's log: {@code 0.log} and, once that is full, {@code 1.log} and so on, oldest last. Whole lines; readable by the user alone. A
 * full disk loses lines, not the function. Safe for many threads.
 */
final class RotatingLog implements AutoCloseable {
    /** Half a day of a function that writes a line a second; six files are kept. */
    static final long FILE_BYTES = 10L << 20;

    private static final int FILES = 6;
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int BLOCK_BYTES = 64 * 1024;

    private final Path folder;
    private final long fileBytes;
    private FileChannel file;
    private long bytes;

    RotatingLog(Path folder, long fileBytes) {
        this.folder = folder;
        this.fileBytes = fileBytes;
    }

    synchronized void line(String line) {
        String shown = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
        ByteBuffer text = StandardCharsets.UTF_8.encode(shown + "\n");
        try {
            if (file == null || bytes + text.remaining() > fileBytes) {
                next();
            }
            bytes += text.remaining();
            while (text.hasRemaining()) {
                file.write(text);
            }
        } catch (IOException e) {
            // Nothing to tell it to; the next line tries a file again.
            closeFile();
        }
    }

    private void next() throws IOException {
        UserFolders.makePrivate(folder);
        if (file != null || size(0) >= fileBytes) {
            closeFile();
            for (int i = FILES - 2; i >= 0; i--) {
                if (Files.exists(path(i))) {
                    Files.move(path(i), path(i + 1), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        file = FileChannel.open(
                path(0),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        bytes = file.size();
    }

    private long size(int index) throws IOException {
        return Files.exists(path(index)) ? Files.size(path(index)) : 0;
    }

    private Path path(int index) {
        return folder.resolve(index + ".log");
    }

    private void closeFile() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // Its lines are lost or not; nothing can be done about it here.
        } finally {
            file = null;
        }
    }

    @Override
    public synchronized void close() {
        closeFile();
    }

    /** The last lines of a function's log, oldest first; read from the ends of its files. */
    static void tail(Path folder, int lines, Consumer<String> to) throws IOException {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < FILES && found.size() < lines; i++) {
            Path file = folder.resolve(i + ".log");
            if (Files.isRegularFile(file)) {
                found.addAll(lastLines(file, lines - found.size()));
            }
        }
        Collections.reverse(found);
        found.forEach(line -> to.accept(Look.harmless(line)));
    }

    /** Newest first. */
    private static List<String> lastLines(Path file, int wanted) throws IOException {
        Deque<byte[]> blocks = new ArrayDeque<>();
        int ends = 0;
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = in.size();
            while (at > 0 && ends <= wanted) {
                int length = (int) Math.min(BLOCK_BYTES, at);
                at -= length;
                ByteBuffer block = ByteBuffer.allocate(length);
                while (block.hasRemaining() && in.read(block, at + block.position()) >= 0) {}
                for (byte one : block.array()) {
                    ends += one == '\n' ? 1 : 0;
                }
                blocks.addFirst(block.array());
            }
        }
        int total = blocks.stream().mapToInt(block -> block.length).sum();
        ByteBuffer all = ByteBuffer.allocate(total);
        blocks.forEach(all::put);
        List<String> lines = new ArrayList<>(
                new String(all.array(), StandardCharsets.UTF_8).lines().toList());
        Collections.reverse(lines);
        return lines.subList(0, Math.min(wanted, lines.size()));
    }
}
