package io.nucleon.app;

import io.nucleon.delivery.DeadLetter;
import io.nucleon.delivery.DeadLetterHeaders;
import io.nucleon.delivery.DeadLetters;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.record.SentEvents;
import io.nucleon.spec.trigger.DeadLetter.Target;
import io.nucleon.spec.trigger.Trigger;
import io.nucleon.trigger.EventPublisher;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/**
 * Where the dead letters of one trigger go, as its file says. The trigger is made after its engine, so its broker is told afterwards
 * ({@link #connect}), before the trigger starts. Safe for many threads.
 */
final class DeadLetterPlaces implements DeadLetters {

    private final Trigger spec;
    private volatile DeadLetters place;

    /** @param addressOf the URL of a function by its name */
    DeadLetterPlaces(Trigger spec, DeadLetters journal, UnaryOperator<String> addressOf) {
        this.spec = spec;
        DeadLetters kept = target() == Target.FUNCTION
                ? new FunctionDeadLetters(spec.delivery().deadLetter().name(), addressOf)
                : journal;
        this.place = SentEvents.noting(kept, isJournal() ? "dead-lettered" : "dead-lettered to " + where(), false);
    }

    /** Whether they go to the function's journal. */
    boolean isJournal() {
        return target() == Target.JOURNAL;
    }

    private String where() {
        return target().word() + " " + spec.delivery().deadLetter().name();
    }

    private Target target() {
        return spec.delivery().deadLetter().target();
    }

    /** @throws NucleonException NUC-5012 when the file wants a topic or queue and the trigger's broker has none to write to */
    void connect(io.nucleon.trigger.Trigger trigger) {
        if (target() == Target.TOPIC || target() == Target.QUEUE) {
            EventPublisher publisher = trigger.publisher().orElseThrow(this::noPublisher);
            place = SentEvents.noting(
                    (letter, receipt) -> publish(publisher, letter, receipt), "would dead-letter to " + where(), true);
        }
    }

    private NucleonException noPublisher() {
        return ErrorMessage.of(
                        ErrorCode.TRIGGER_ATTRIBUTE_INVALID,
                        "trigger '" + spec.name() + "' can't put dead letters into a " + target().word(),
                        "a trigger of kind '" + spec.kind() + "' has no broker to write to",
                        "write deadLetter: journal, or deadLetter: function:NAME")
                .toException();
    }

    private void publish(EventPublisher publisher, DeadLetter letter, Receipt receipt) {
        String name = spec.delivery().deadLetter().name();
        publisher.publish(name, letter.event(), DeadLetterHeaders.of(letter)).whenComplete((done, failure) -> {
            receipt.told(failure == null ? null : refused(name, failure));
        });
    }

    private Throwable refused(String name, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return ErrorMessage.of(
                        ErrorCode.DEAD_LETTER_REFUSED,
                        "putting a dead letter of trigger '" + spec.name() + "' into " + target().word() + " '" + name
                                + "' failed",
                        cause.getMessage(),
                        "see that it exists and may be written to; the event is kept and offered again")
                .toException(cause);
    }

    @Override
    public void put(DeadLetter letter, Receipt receipt) {
        place.put(letter, receipt);
    }

    @Override
    public String place() {
        return isJournal()
                ? ""
                : "it is with " + target().word() + " '"
                        + spec.delivery().deadLetter().name() + "'";
    }
}
