package io.nucleon.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What the kernel tells of watched folders (inotify on Linux). Confined to one thread, but for {@link #close}. */
final class KernelEvents implements FolderWatch, AutoCloseable {

    private final WatchService service;
    private final Ignored ignored;
    private final Map<Path, Watched> folders = new HashMap<>();
    private final Map<WatchKey, Watched> byKey = new HashMap<>();
    private String refusal = "";
    private long round;

    /** A folder; {@code names} are the entries that matter, null for all of them. */
    private static final class Watched {
        final WatchKey key;
        Set<Path> names = new HashSet<>();
        long round;

        Watched(WatchKey key) {
            this.key = key;
        }
    }

    /** @throws IOException if the kernel gives no more watchers to this user */
    KernelEvents(Ignored ignored) throws IOException {
        this.service = FileSystems.getDefault().newWatchService();
        this.ignored = ignored;
    }

    /** Begins to say anew what is watched; what is not named again until {@link #endRound} is forgotten. */
    void beginRound() {
        round++;
        folders.values().removeIf(one -> {
            if (!one.key.isValid()) {
                byKey.remove(one.key);
            }
            return !one.key.isValid();
        });
    }

    @Override
    public void watch(Path folder, Path name) {
        if (!refusal.isEmpty()) {
            return;
        }
        Watched watched = folders.get(folder);
        if (watched == null) {
            watched = register(folder);
            if (watched == null) {
                return;
            }
        }
        if (watched.round != round) {
            watched.round = round;
            watched.names = new HashSet<>();
        }
        if (name == null) {
            watched.names = null;
        } else if (watched.names != null) {
            watched.names.add(name);
        }
    }

    private Watched register(Path folder) {
        try {
            WatchKey key = folder.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
            // the same folder by another path has the same key
            Watched watched = byKey.computeIfAbsent(key, Watched::new);
            folders.put(folder, watched);
            return watched;
        } catch (ClosedWatchServiceException e) {
            return null;
        } catch (IOException e) {
            if (Files.isDirectory(folder) && Files.isReadable(folder)) {
                refusal = String.valueOf(e.getMessage());
            }
            return null;
        }
    }

    void endRound() {
        Iterator<Watched> each = folders.values().iterator();
        while (each.hasNext()) {
            Watched watched = each.next();
            if (watched.round != round) {
                watched.key.cancel();
                byKey.remove(watched.key);
                each.remove();
            }
        }
    }

    /** Why some folders are not watched; empty if all are. */
    String refusal() {
        return refusal;
    }

    /**
     * Waits for something that matters.
     *
     * @return false if there was nothing in that time
     */
    boolean await(long nanos) throws InterruptedException {
        WatchKey key = service.poll(nanos, TimeUnit.NANOSECONDS);
        boolean matters = false;
        while (key != null) {
            Watched watched = byKey.get(key);
            for (WatchEvent<?> event : key.pollEvents()) {
                matters |= watched == null || matters(watched, event);
            }
            matters |= !key.reset(); // the folder is gone
            key = service.poll();
        }
        return matters;
    }

    private boolean matters(Watched watched, WatchEvent<?> event) {
        if (!(event.context() instanceof Path name)) {
            return true; // more than could be told
        }
        if (watched.names != null) {
            return watched.names.contains(name);
        }
        // Of a folder only its coming and going matters.
        return !ignored.file(name) || (!event.kind().equals(ENTRY_MODIFY) && !ignored.folder(name));
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            // nothing is asked of it any more
        }
    }
}
