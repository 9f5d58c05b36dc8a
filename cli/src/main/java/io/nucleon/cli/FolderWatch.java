package io.nucleon.cli;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs something once, then again whenever a file in a folder or below has changed. Confined to one thread. */
final class FolderWatch {
    /** Editors write a file in several steps. */
    private static final long QUIET_MILLIS = 50;

    private static final Set<String> SKIPPED = Set.of(
            ".git",
            ".venv",
            "venv",
            "node_modules",
            "bin",
            "obj",
            "target",
            "__pycache__",
            ".nucleon",
            ".pytest_cache");

    private final Path folder;

    FolderWatch(Path folder) {
        this.folder = folder;
    }

    /** Until the thread is interrupted or the process ends. */
    int each(Runnable work) {
        try (WatchService watcher = FileSystems.getDefault().newWatchService()) {
            while (true) {
                // Before the work: what changes while it runs is not missed. Folders that are new since are watched
                // from now on.
                register(watcher);
                work.run();
                awaitChange(watcher);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.FILE_UNREADABLE,
                            folder + " can't be watched",
                            String.valueOf(e.getMessage()),
                            "raise fs.inotify.max_user_watches, or leave --watch out")
                    .toException(e);
        }
    }

    private static void awaitChange(WatchService watcher) throws InterruptedException {
        boolean changed = false;
        for (WatchKey key = watcher.take(); ; key = watcher.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS)) {
            if (key == null) {
                if (changed) {
                    return;
                }
                key = watcher.take();
            }
            changed |= key.pollEvents().stream().anyMatch(event -> !SKIPPED.contains(String.valueOf(event.context())));
            key.reset();
        }
    }

    private void register(WatchService watcher) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path one, BasicFileAttributes attributes) throws IOException {
                if (!one.equals(folder) && SKIPPED.contains(one.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                one.register(
                        watcher,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
