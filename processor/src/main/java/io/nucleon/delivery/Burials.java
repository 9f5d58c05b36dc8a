package io.nucleon.delivery;

import io.nucleon.invoke.Deliverer;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the events that an engine has given up to where dead letters go. One that finds no place there (the journal is full, the topic is
 * missing) is homeless: it stays open at its source, its lane rests, and it is offered again, later each time, until it is taken or its
 * source has it back. While there is one, its source is to pause ({@link Deliverer#isCongested}): what it read on would most likely only
 * add to them.
 *
 * <p>Everything that concerns an event happens on its lane's loop; {@link #isAnyHomeless} may be asked by any thread.
 */
final class Burials {

    private static final Logger LOG = LoggerFactory.getLogger(Burials.class);

    /** Short enough for a broker that was only away for a moment. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** Long enough for a full disk not to be asked all the time, short enough for people who have made room and wait to see it. */
    private static final long MOST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(16);

    private static final double JITTER = 0.2;

    private final DeliveryEngine engine;
    private final String function;
    private final DeadLetters place;
    private final RetryDelays pauses = new RetryDelays(
            FIRST_PAUSE_NANOS,
            MOST_PAUSE_NANOS,
            JITTER,
            () -> ThreadLocalRandom.current().nextDouble());
    private final AtomicInteger homeless = new AtomicInteger();

    Burials(DeliveryEngine engine, String function, DeadLetters place) {
        this.engine = engine;
        this.function = function;
        this.place = place;
    }

    /** Whether an event waits for a place, one that is being offered again included. */
    boolean isAnyHomeless() {
        return homeless.get() > 0;
    }

    /** An event is given up: its source may want it, else it goes to the dead letters. */
    void bury(Attempt attempt, DeadLetter letter) {
        Optional<String> rejected = attempt.event.reject();
        if (rejected.isPresent()) {
            engine.givenUp(attempt, letter.notice(function, "rejected", rejected.get()));
        } else {
            offer(attempt, letter);
        }
    }

    private void offer(Attempt attempt, DeadLetter letter) {
        DeadLetters.Receipt receipt =
                failure -> DeliveryEngine.onLoop(attempt.lane.table, () -> told(attempt, letter, failure));
        try {
            place.put(letter, receipt);
        } catch (RuntimeException e) {
            // its lane would rest for ever
            receipt.told(e);
        }
    }

    private void told(Attempt attempt, DeadLetter letter, Throwable failure) {
        if (failure == null) {
            leave(attempt);
            engine.givenUp(attempt, letter.notice(function, "dead-lettered", place.place()));
            attempt.event.bury();
        } else {
            LOG.error("{}", failure.getMessage());
            engine.stats().deadLettersRefused.increment();
            if (attempt.offers++ == 0) {
                homeless.incrementAndGet();
            }
            engine.restOrGiveBack(attempt, pauses.afterFailures(attempt.offers), () -> offer(attempt, letter));
        }
        attempt.lane.table.pump(engine);
    }

    /** It is somebody else's again, homeless or not. */
    void leave(Attempt attempt) {
        if (attempt.offers > 0) {
            attempt.offers = 0;
            homeless.decrementAndGet();
        }
    }
}
