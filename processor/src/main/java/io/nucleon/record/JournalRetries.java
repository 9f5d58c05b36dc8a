package io.nucleon.record;

import io.nucleon.delivery.DeadLetter;
import io.nucleon.delivery.Retries;
import io.nucleon.journal.Entry;
import io.nucleon.journal.RecordedEvent;
import io.nucleon.journal.Tries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waiting events in the journal. Safe for many threads. */
final class JournalRetries implements Retries {

    private static final Logger LOG = LoggerFactory.getLogger(JournalRetries.class);

    private final FunctionJournal journal;
    private final boolean journalsDeadLetters;

    JournalRetries(FunctionJournal journal, boolean journalsDeadLetters) {
        this.journal = journal;
        this.journalsDeadLetters = journalsDeadLetters;
    }

    @Override
    public void waits(DeadLetter soFar, long dueNanos) {
        Tries tries = tries(soFar, dueNanos);
        Entry entry = soFar.attempts() > 1 && !soFar.id().isEmpty()
                ? Entry.tried(soFar.id(), journal.now(), journal.function(), tries)
                : Entry.pending(
                        journal.idOf(soFar), journal.now(), journal.function(), EventCopy.of(soFar.event()), tries);
        journal.journal().append(entry, failure -> {
            if (failure != null) {
                LOG.warn(
                        "an event of trigger '{}' is not kept for a restart: {}",
                        soFar.trigger(),
                        failure.getMessage());
            }
        });
    }

    @Override
    public void over(String id, boolean deadLettered) {
        if (!deadLettered || !journalsDeadLetters) {
            journal.journal().append(Entry.resolved(id, journal.now(), journal.function(), "done"), failure -> {
                if (failure != null) {
                    LOG.warn("event {} is done and may be run again after a restart: {}", id, failure.getMessage());
                }
                journal.over(id, deadLettered);
            });
        } else {
            journal.over(id, true);
        }
    }

    static Entry deadLetter(String id, long now, String function, DeadLetter letter) {
        RecordedEvent copy = EventCopy.of(letter.event());
        return Entry.deadLetter(id, now, function, copy, tries(letter, 0));
    }

    private static Tries tries(DeadLetter letter, long dueNanos) {
        return new Tries(
                letter.code(),
                letter.reason(),
                letter.attempts(),
                letter.crashes(),
                letter.firstNanos(),
                letter.lastNanos(),
                dueNanos,
                letter.mostAttempts());
    }
}
