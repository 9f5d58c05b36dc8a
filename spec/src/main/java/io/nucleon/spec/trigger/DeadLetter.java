package io.nucleon.spec.trigger;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NearestName;
import io.nucleon.spec.field.Choice;
import io.nucleon.spec.field.Fields;
import java.util.ArrayList;
import java.util.Objects;

/**
 * Where an event goes that can't be processed. A Nucleon key, written {@code journal}, {@code topic:NAME}, {@code queue:NAME} or
 * {@code function:NAME}.
 *
 * @param name of the topic, queue or function; empty for the journal
 */
public record DeadLetter(Target target, String name) {
    /** What kind of place it is. */
    public enum Target implements Choice {
        /** The processor's own journal. */
        JOURNAL("journal"),
        /** A topic of the broker that the event came from. */
        TOPIC("topic"),
        /** A queue of that broker. */
        QUEUE("queue"),
        /** Another function. */
        FUNCTION("function");

        private final String word;

        Target(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    public static final DeadLetter DEFAULT = new DeadLetter(Target.JOURNAL, "");

    public DeadLetter {
        Objects.requireNonNull(target, "target");
        if (name.isEmpty() != (target == Target.JOURNAL)) {
            throw new IllegalArgumentException("all targets but the journal have a name");
        }
    }

    static DeadLetter read(Fields trigger) {
        String text = trigger.text("deadLetter", Target.JOURNAL.word());
        int colon = text.indexOf(':');
        String word = colon < 0 ? text : text.substring(0, colon);
        String name = colon < 0 ? "" : text.substring(colon + 1).strip();
        var words = new ArrayList<String>();
        for (Target target : Target.values()) {
            if (target.word().equalsIgnoreCase(word) && name.isEmpty() == (target == Target.JOURNAL)) {
                return new DeadLetter(target, name);
            }
            words.add(target == Target.JOURNAL ? target.word() : target.word() + ":NAME");
        }
        trigger.report(ErrorCode.WORD_NOT_ALLOWED, "deadLetter")
                .what("is no place for dead letters")
                .why("'" + text + "' stands there")
                .fix("write one of: " + NearestName.list(words))
                .add();
        return DEFAULT;
    }

    /** The form in a file. */
    @Override
    public String toString() {
        return name.isEmpty() ? target.word() : target.word() + ":" + name;
    }
}
