package io.nucleon.journal;

import io.nucleon.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** That one process writes a journal. The system takes the lock back when the process ends, however it ends. */
final class JournalLock implements AutoCloseable {

    private static final String NAME = "lock";
    private static final int MOST_DIGITS = 20;

    private final FileChannel channel;

    /** Somebody else has it. */
    static final class Taken extends IOException {
        private static final long serialVersionUID = 1L;

        private Taken(String owner, Exception cause) {
            super("it is in use by " + owner, cause);
        }

        ErrorCode code() {
            return ErrorCode.JOURNAL_UNUSABLE;
        }
    }

    private JournalLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes it; fails if another process, or another journal of this one, has it. */
    static JournalLock take(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(NAME),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new Taken("process " + owner(folder), null);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new JournalLock(channel);
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new Taken("this process", e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String owner(Path folder) throws IOException {
        String text = Files.readString(folder.resolve(NAME), StandardCharsets.ISO_8859_1)
                .strip();
        return text.length() <= MOST_DIGITS && text.chars().allMatch(Character::isDigit) ? text : "?";
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // the descriptor is gone either way
            return;
        }
    }
}
