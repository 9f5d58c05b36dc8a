package io.nucleon.record;

import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.journal.Entry;
import io.nucleon.journal.EntryKind;
import io.nucleon.journal.RecordedEvent;
import io.nucleon.journal.Stored;
import io.nucleon.journal.Tries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends dead letters of a running function again, through their trigger's own delivery, or discards them. Safe for many threads. */
final class DeadLetterDesk {

    private static final long LONGEST_SECONDS = 300;
    /** So that a handler can tell. */
    private static final String REPLAY_OF = "X-Nucleon-Replay-Of";

    private final FunctionJournal journal;
    private final Map<String, Given> deliverers = new ConcurrentHashMap<>();
    /** Dead letters that are with their deliverers. */
    private final Map<String, CompletableFuture<String>> open = new ConcurrentHashMap<>();

    private record Given(TriggerSource source, Deliverer deliverer) {}

    DeadLetterDesk(FunctionJournal journal) {
        this.journal = journal;
    }

    void connect(TriggerSource source, Deliverer deliverer) {
        deliverers.put(source.name(), new Given(source, deliverer));
    }

    /**
     * Does what a command asks and waits for the outcome: {@code done}, {@code failed} when it is a dead letter again, {@code discarded}, or
     * {@code error} with a reason. Waits for the disk and the handler.
     */
    String ask(String what, String id) throws InterruptedException {
        Optional<Entry> letter;
        try {
            letter = journal.journal().living().stream()
                    .map(Stored::entry)
                    .filter(entry ->
                            entry.kind() == EntryKind.DEAD_LETTER && entry.id().equals(id))
                    .findFirst();
        } catch (NucleonException e) {
            return "error " + e.error().what();
        }
        if (letter.isEmpty()) {
            return "error there is no dead letter " + id;
        }
        return switch (what) {
            case "replay" -> replay(letter.get());
            case "discard" -> discard(letter.get());
            default -> "error '" + what + "' is not known";
        };
    }

    private String discard(Entry letter) throws InterruptedException {
        CompletableFuture<String> told = new CompletableFuture<>();
        journal.journal()
                .append(
                        Entry.resolved(letter.id(), journal.now(), journal.function(), "discarded"),
                        failure -> told.complete(
                                failure == null
                                        ? "discarded"
                                        : "error " + failure.error().what()));
        return await(told);
    }

    private String replay(Entry letter) throws InterruptedException {
        Given given = deliverers.get(letter.event().orElseThrow().trigger());
        if (given == null) {
            return "error its trigger '" + letter.event().orElseThrow().trigger() + "' does not run";
        }
        CompletableFuture<String> told = new CompletableFuture<>();
        if (open.putIfAbsent(letter.id(), told) != null) {
            return "error it is being sent again already";
        }
        try {
            Entry fresh =
                    Entry.deadLetter(letter.id(), letter.timeNanos(), letter.function(), againOf(letter), Tries.NONE);
            given.deliverer().deliver(List.of(new Replayed(fresh, given.source(), told)));
            return await(told);
        } finally {
            open.remove(letter.id());
        }
    }

    /** The event, and in a header that it is one that was there before. */
    private static RecordedEvent againOf(Entry letter) {
        RecordedEvent event = letter.event().orElseThrow();
        List<String> headers = new ArrayList<>(event.headers());
        if (event.header(REPLAY_OF).isEmpty()) {
            headers.addAll(List.of(REPLAY_OF, letter.id()));
        }
        return event.withHeaders(headers);
    }

    /** An event is done, or a dead letter again. */
    void over(String id, boolean deadLettered) {
        CompletableFuture<String> waiting = open.get(id);
        if (waiting != null) {
            waiting.complete(deadLettered ? "failed" : "done");
        }
    }

    private static String await(CompletableFuture<String> told) throws InterruptedException {
        try {
            return told.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return "error " + e.getCause().getMessage();
        } catch (TimeoutException e) {
            return "error it has not ended within " + LONGEST_SECONDS + " s; it goes on";
        }
    }

    private static final class Replayed extends KeptEvent {

        private final CompletableFuture<String> told;

        Replayed(Entry entry, TriggerSource source, CompletableFuture<String> told) {
            super(entry, source);
            this.told = told;
        }

        @Override
        public void nack(long delayNanos) {
            told.complete("error the processor drains; it is run by the next one");
        }
    }
}
