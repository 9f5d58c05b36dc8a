package io.nucleon.triggers.shards;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Leases in a file of this machine, for the processors of one function on it. Changed under a lock of the system and replaced as a whole, so a killed process leaves it as it was before or
 * after. Each owner holds a lock of its own as long as it lives, which the system takes back when it dies.
 */
public final class FileLeases implements LeaseStore {

    private static final String FILE = "leases";
    private static final String LOCK = "lock";
    private static final String OWNER = "owner-";
    private static final long SAME_PROCESS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int SAME_PROCESS_TRIES = 5_000;

    private final Path folder;
    private final String me;
    private FileChannel life;

    /** @param folder made when it is first needed */
    public FileLeases(Path folder, String me) {
        this.folder = folder;
        this.me = me;
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(Map<String, Lease> leases) throws IOException;
    }

    @Override
    public Map<String, Lease> read() throws InterruptedException {
        return locked(leases -> leases);
    }

    @Override
    public boolean write(Lease lease) throws InterruptedException {
        return locked(leases -> {
            Lease before = leases.get(lease.shard());
            if ((before == null ? 0 : before.version()) != lease.version() - 1) {
                return false;
            }
            leases.put(lease.shard(), lease);
            save(leases);
            return true;
        });
    }

    @Override
    public void remove(Lease lease) throws InterruptedException {
        locked(leases -> {
            Lease before = leases.get(lease.shard());
            if (before != null && before.version() == lease.version()) {
                leases.remove(lease.shard());
                save(leases);
            }
            return null;
        });
    }

    private synchronized <T> T locked(Work<T> work) throws InterruptedException {
        try {
            if (life == null) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                FileChannel channel = open(OWNER + me);
                lock(channel);
                life = channel;
            }
            try (FileChannel channel = open(LOCK)) {
                lock(channel); // until it is closed
                return work.run(load());
            }
        } catch (IOException e) {
            throw new SourceException(
                    SourceException.Kind.UNREACHABLE,
                    ErrorMessage.of(
                            ErrorCode.JOURNAL_UNUSABLE,
                            "keeping leases in " + folder + " failed",
                            String.valueOf(e.getMessage()),
                            "see that the folder can be written to and its disk has room"),
                    e);
        }
    }

    private FileChannel open(String name) throws IOException {
        return FileChannel.open(
                folder.resolve(name),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Waits for other processes; the system does not let threads of one process wait for each other. */
    private static void lock(FileChannel channel) throws IOException, InterruptedException {
        for (int i = 0; i < SAME_PROCESS_TRIES; i++) {
            try {
                channel.lock();
                return;
            } catch (OverlappingFileLockException e) {
                LockSupport.parkNanos(SAME_PROCESS_NANOS);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
        throw new IOException("they are in use by this process");
    }

    private Map<String, Lease> load() throws IOException {
        Path file = folder.resolve(FILE);
        return Files.exists(file) ? LeaseText.read(Files.readString(file, UTF_8)) : new LinkedHashMap<>();
    }

    private void save(Map<String, Lease> leases) throws IOException {
        Path made = folder.resolve(FILE + ".new");
        try (FileChannel channel = open(FILE + ".new")) {
            channel.truncate(0);
            ByteBuffer bytes = UTF_8.encode(LeaseText.write(leases.values()));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            // Without it a loss of power could leave an empty file under the name.
            channel.force(false);
        }
        Files.move(made, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public boolean isGone(String owner) {
        Path file = folder.resolve(OWNER + owner);
        if (owner.equals(me)) {
            return false;
        }
        if (!owner.matches("[0-9a-f]+") || !Files.exists(file)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            if (free != null) {
                Files.deleteIfExists(file);
            }
            return free != null;
        } catch (OverlappingFileLockException e) {
            return false; // another one of this process
        } catch (IOException e) {
            return false; // not known
        }
    }

    /** Removes the sign of life; leases that it still has are free for others at once. */
    @Override
    public synchronized void close() {
        try {
            if (life != null) {
                Files.deleteIfExists(folder.resolve(OWNER + me));
                life.close();
            }
        } catch (IOException e) {
            // the system frees the lock when this process ends
            life = null;
        }
    }
}
