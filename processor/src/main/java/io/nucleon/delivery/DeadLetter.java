package io.nucleon.delivery;

import io.nucleon.invoke.DurableEvent;

/**
 * An event that can't be done, or not yet, and why.
 *
 * @param id the id of the invocation that failed first; what the journal calls the event
 * @param event readable until {@link DeadLetters.Receipt} has been called
 * @param code {@code NUC-4030}, …
 * @param reason one line for people: the error's name, message and place
 * @param attempts tries, the last one included
 * @param crashes workers that died with it
 * @param firstNanos when it failed first, wall clock, ns since 1970
 * @param lastNanos when it failed last
 */
public record DeadLetter(
        String id,
        DurableEvent event,
        String trigger,
        String code,
        String reason,
        int attempts,
        int crashes,
        long firstNanos,
        long lastNanos) {}
