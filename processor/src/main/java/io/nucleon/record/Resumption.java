package io.nucleon.record;

import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.journal.Entry;
import io.nucleon.journal.EntryKind;
import io.nucleon.journal.Journal;
import io.nucleon.journal.Stored;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the events that waited when the last processor ended to their trigger's deliverer, so many at a time. On a thread of its own. */
final class Resumption implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);
    private static final int MOST_OPEN = 256;

    private final Journal journal;
    private final String function;
    private final TriggerSource source;
    private final Deliverer deliverer;
    private final Semaphore room = new Semaphore(MOST_OPEN);

    Resumption(Journal journal, String function, TriggerSource source, Deliverer deliverer) {
        this.journal = journal;
        this.function = function;
        this.source = source;
        this.deliverer = deliverer;
    }

    @Override
    public void run() {
        try {
            for (Stored one : journal.living()) {
                if (isOurs(one.entry())) {
                    room.acquire();
                    deliverer.deliver(List.of(new Resumed(one.entry())));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (NucleonException e) {
            LOG.error("events of trigger '{}' that waited are not gone on with: {}", source.name(), e.getMessage());
        }
    }

    private boolean isOurs(Entry entry) {
        return entry.kind() == EntryKind.PENDING
                && entry.function().equals(function)
                && entry.event()
                        .filter(event -> event.trigger().equals(source.name()))
                        .isPresent();
    }

    private final class Resumed extends KeptEvent {

        Resumed(Entry entry) {
            super(entry, source);
        }

        @Override
        public void ack() {
            room.release();
        }

        @Override
        public void nack(long delayNanos) {
            room.release();
        }

        @Override
        public void hold() {
            room.release();
        }
    }
}
