package io.nucleon.watch;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Waits for saves of the files that functions are made of. Where the kernel tells nothing of changes (no watchers left, some network file
 * systems) it looks by itself every now and then. One thread waits; the other methods may be called from any.
 */
public final class SourceWatch implements AutoCloseable {

    /** A save is over when so long nothing more of it came: editors write, rename and set times one after the other. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** What never gets quiet is looked at all the same. */
    private static final long LONGEST_SAVE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Without events of the kernel, and how seldom it is done beside them, for file systems that have none of others' changes. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long LOOK_BESIDE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** With more files the look beside the events would be felt. */
    private static final int MOST_LOOKED_AT_BESIDE = 2_000;

    private final Ignored ignored;
    private final LongSupplier nanoTime;
    private final KernelEvents events;
    private final String refusal;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Code> functions = new ConcurrentHashMap<>();

    /** A function's paths and what the last look saw there. */
    private record Code(List<Path> paths, Map<Path, Stamp> files) {

        /** The same with what was seen earlier, where it was seen. */
        Code since(Code before) {
            Map<Path, Stamp> all = new TreeMap<>(files);
            before.files.forEach((file, stamp) -> {
                if (paths.stream().anyMatch(file::startsWith)) {
                    all.put(file, stamp);
                }
            });
            return new Code(paths, all);
        }
    }

    /**
     * Watches nothing yet.
     *
     * @param nanoTime a clock that does not jump, ns
     */
    public SourceWatch(Ignored ignored, LongSupplier nanoTime) {
        this.ignored = ignored;
        this.nanoTime = nanoTime;
        KernelEvents made = null;
        String why = "";
        try {
            made = new KernelEvents(ignored);
        } catch (IOException e) {
            why = String.valueOf(e.getMessage());
        }
        this.events = made;
        this.refusal = why;
    }

    /**
     * What was saved of a function, sorted.
     *
     * @param changed new or with other contents
     * @param removed not there any more
     */
    public record Saved(String function, List<Path> changed, List<Path> removed) {

        public Saved {
            changed = List.copyOf(changed);
            removed = List.copyOf(removed);
        }

        /** Whether a file of that path is among them. */
        public boolean has(Path path) {
            return changed.contains(path) || removed.contains(path);
        }
    }

    /**
     * Watches these paths for a function: files, and folders with all that is below them. What has been saved since the last look at a path
     * that was watched before is still told of.
     *
     * @param paths absolute; there or not
     */
    public void watch(String function, Collection<Path> paths) {
        List<Path> all = paths.stream().distinct().toList();
        Map<Path, Stamp> now = FileLook.at(all, ignored, (folder, name) -> {});
        functions.merge(function, new Code(all, now), (before, next) -> next.since(before));
    }

    /** How many files are watched. */
    public int files() {
        return (int) functions.values().stream()
                .flatMap(code -> code.files().keySet().stream())
                .distinct()
                .count();
    }

    /** Why it has to look by itself; empty if the kernel tells. */
    public String whyItLooks() {
        return events == null ? refusal : events.refusal();
    }

    /** Waits for a save; each function's by itself. Empty once it is closed. */
    public List<Saved> await() throws InterruptedException {
        boolean quiet = awaitEvent(0); // a save may be under way
        while (closed.getCount() > 0) {
            if (!quiet && !compare(false).isEmpty()) {
                settle();
                quiet = true;
            }
            List<Saved> saved = quiet ? compare(true) : List.of();
            if (!saved.isEmpty()) {
                return saved;
            }
            quiet = awaitEvent(patience());
        }
        return List.of();
    }

    /** True when there were events and they are over. */
    private boolean awaitEvent(long nanos) throws InterruptedException {
        if (events == null) {
            closed.await(nanos, TimeUnit.NANOSECONDS);
            return false;
        }
        try {
            boolean came = events.await(nanos);
            if (came) {
                awaitQuiet();
            }
            return came;
        } catch (ClosedWatchServiceException e) {
            closed.countDown();
            return false;
        }
    }

    private void settle() throws InterruptedException {
        awaitEvent(QUIET_NANOS); // as long as without events, and on while there are some
    }

    private long patience() {
        if (!whyItLooks().isEmpty()) {
            return LOOK_NANOS;
        }
        return files() <= MOST_LOOKED_AT_BESIDE ? LOOK_BESIDE_NANOS : TimeUnit.DAYS.toNanos(1);
    }

    private void awaitQuiet() throws InterruptedException {
        long now = nanoTime.getAsLong();
        long latest = now + LONGEST_SAVE_NANOS;
        long quiet = now + QUIET_NANOS;
        while (now - quiet < 0 && now - latest < 0) {
            boolean more = events.await(quiet - now);
            now = nanoTime.getAsLong();
            if (more) {
                quiet = now + QUIET_NANOS;
            }
        }
    }

    /** @param keep whether what is seen now is what the next look is compared with */
    private List<Saved> compare(boolean keep) {
        List<Saved> saved = new ArrayList<>();
        if (events != null) {
            events.beginRound();
        }
        for (String function : functions.keySet().stream().sorted().toList()) {
            Code before = functions.get(function);
            Map<Path, Stamp> now = at(before.paths());
            List<Path> changed = now.keySet().stream()
                    .filter(path -> !now.get(path).equals(before.files().get(path)))
                    .toList();
            List<Path> removed = before.files().keySet().stream()
                    .filter(path -> !now.containsKey(path))
                    .toList();
            // If other paths were given meanwhile, the next look tells of it.
            boolean told = !keep || functions.replace(function, before, new Code(before.paths(), now));
            if (told && !(changed.isEmpty() && removed.isEmpty())) {
                saved.add(new Saved(function, changed, removed));
            }
        }
        if (events != null) {
            events.endRound();
        }
        return saved;
    }

    private Map<Path, Stamp> at(List<Path> paths) {
        return FileLook.at(paths, ignored, events == null ? (folder, name) -> {} : events);
    }

    @Override
    public void close() {
        closed.countDown();
        if (events != null) {
            events.close();
        }
    }
}
