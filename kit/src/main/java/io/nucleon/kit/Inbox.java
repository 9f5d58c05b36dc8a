package io.nucleon.kit;

import io.nucleon.transport.FrameLayout;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What has come from a worker and nobody has asked for yet. The event loop adds, the check takes and waits; safe for both. */
final class Inbox {

    /** A wait ends when something comes; this is how often it looks at what tells nobody, such as a file. */
    private static final long LOOK_MILLIS = 5;

    private static final int MOST_SHOWN = 3;

    private final Clock clock;
    private final Duration patience;
    private final List<Received> frames = new ArrayList<>();
    private String end = "";
    private long changes;

    Inbox(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    synchronized void add(Received frame) {
        frames.add(frame);
        changes++;
        notifyAll();
    }

    /** Nothing more will come; the first word counts. */
    synchronized void ended(String why) {
        if (end.isEmpty()) {
            end = why;
        }
        changes++;
        notifyAll();
    }

    /** Why nothing more will come; empty while more may. */
    synchronized String end() {
        return end;
    }

    /** Takes the first frame that fits. */
    synchronized Optional<Received> poll(Predicate<Received> wanted) {
        for (int i = 0; i < frames.size(); i++) {
            if (wanted.test(frames.get(i))) {
                return Optional.of(frames.remove(i));
            }
        }
        return Optional.empty();
    }

    /** Everything that has come and was not taken. */
    synchronized List<Received> rest() {
        return List.copyOf(frames);
    }

    /** Waits for a frame and takes it. */
    Received take(Predicate<Received> wanted, String sent) throws Failed {
        List<Received> found = new ArrayList<>();
        awaitHere(() -> poll(wanted).map(found::add).isPresent() || !end().isEmpty(), sent);
        // What came before the end may have come with it.
        if (found.isEmpty()) {
            poll(wanted).ifPresent(found::add);
        }
        if (found.isEmpty()) {
            throw new Failed(sent, came());
        }
        return found.getFirst();
    }

    /** Waits for a frame, and leaves it here; if none comes that is no failure yet. */
    void awaitAny(Predicate<Received> wanted, String sent) throws Failed {
        awaitHere(() -> rest().stream().anyMatch(wanted) || !end().isEmpty(), sent);
    }

    /** Waits for the whole answer to an event. */
    Answer answer(long correlation, String sent) throws Failed {
        Received first = take(frame -> is(frame, FrameLayout.RESPONSE, correlation), sent);
        List<Received> chunks = new ArrayList<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(first.body());
        Received last = first;
        while (last.has(FrameLayout.FLAG_MORE)) {
            last = take(frame -> is(frame, FrameLayout.CHUNK, correlation), sent);
            chunks.add(last);
            body.writeBytes(last.body());
        }
        return new Answer(first, chunks, body.toByteArray());
    }

    private static boolean is(Received frame, int type, long correlation) {
        return frame.type() == type && frame.correlation() == correlation;
    }

    /** Waits until a condition holds. */
    void await(BooleanSupplier holds, String sent, String otherwise) throws Failed {
        if (!awaitHere(holds, sent)) {
            throw new Failed(sent, otherwise);
        }
    }

    /** The condition is looked at without the lock, so that it may wait for the event loop. */
    private boolean awaitHere(BooleanSupplier holds, String sent) throws Failed {
        long until = clock.millis() + patience.toMillis();
        long seen = changes();
        while (!holds.getAsBoolean()) {
            if (clock.millis() >= until) {
                return false;
            }
            seen = awaitChange(seen, sent);
        }
        return true;
    }

    private synchronized long changes() {
        return changes;
    }

    private synchronized long awaitChange(long seen, String sent) throws Failed {
        long until = clock.millis() + LOOK_MILLIS;
        try {
            while (changes == seen && clock.millis() < until) {
                wait(LOOK_MILLIS);
            }
            return changes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed(sent, "the check was interrupted");
        }
    }

    /** What came instead of what was waited for; records are never that. */
    synchronized String came() {
        List<Received> others =
                frames.stream().filter(frame -> frame.type() != FrameLayout.LOG).toList();
        String nothing = end.isEmpty() ? "nothing else in " + patience.toMillis() + " ms" : end;
        if (others.isEmpty()) {
            return nothing.replace("nothing else", "nothing");
        }
        String shown = others.stream().limit(MOST_SHOWN).map(Received::shown).collect(Collectors.joining("; "));
        String more = others.size() > MOST_SHOWN ? " and " + (others.size() - MOST_SHOWN) + " more" : "";
        return shown + more + "; then " + nothing;
    }
}
