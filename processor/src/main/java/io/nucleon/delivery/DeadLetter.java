package io.nucleon.delivery;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Severity;
import io.nucleon.invoke.DurableEvent;

/**
 * An event that can't be done, or not yet, and why.
 *
 * @param id the id of the invocation that failed first; what the journal calls the event
 * @param event readable until {@link DeadLetters.Receipt} has been called
 * @param code {@code NUC-4030}, …
 * @param reason one line for people: the error's name, message and place
 * @param attempts tries, the last one included
 * @param mostAttempts tries that its trigger allows
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
        int mostAttempts,
        int crashes,
        long firstNanos,
        long lastNanos) {

    /**
     * NUC-3005, which says that nobody here will try it again.
     *
     * @param how {@code dead-lettered}, {@code rejected}
     * @param place where it is now, as a sentence; empty for the journal, which commands can look into
     */
    ErrorMessage notice(String function, String how, String place) {
        String crashed = crashes == 0 ? "" : crashes + " workers died with it";
        return ErrorMessage.of(
                        ErrorCode.DEAD_LETTERED,
                        "event " + (id.isEmpty() ? "of trigger '" + trigger + "'" : id) + " is " + how + " after "
                                + attempts + (attempts == 1 ? " try: " : " tries: ") + reason,
                        crashed + (crashed.isEmpty() || place.isEmpty() ? "" : "; ") + place,
                        place.isEmpty() ? "nucleon events dead list " + function : "")
                .as(Severity.WARNING);
    }
}
