package io.nucleon.platform.docker;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.UserFolders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Of two calls of one user about one function the second waits for the first, in this process and in others. Stateless but for locks. */
final class FunctionLock {
    private static final Map<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();

    private FunctionLock() {}

    static <T> T hold(UserFolders folders, String function, Supplier<T> work) {
        Path file = folders.runtime().resolve("docker").resolve(function + ".lock");
        ReentrantLock here = HERE.computeIfAbsent(file, path -> new ReentrantLock());
        here.lock();
        try {
            UserFolders.makePrivate(file.getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                return work.get();
            }
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.PLATFORM_STATE_UNUSABLE,
                            "the lock " + file + " can't be used",
                            e.getClass().getSimpleName() + ": " + e.getMessage(),
                            "see that the disk has room and the folder is yours")
                    .toException(e);
        } finally {
            here.unlock();
        }
    }
}
