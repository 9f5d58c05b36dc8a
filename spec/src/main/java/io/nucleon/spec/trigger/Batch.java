package io.nucleon.spec.trigger;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Choice;
import io.nucleon.spec.field.Fields;
import java.time.Duration;

/**
 * Batching of a trigger's events.
 *
 * @param size most events in a batch
 * @param timeout the longest that an event waits for its batch to fill
 */
public record Batch(boolean enabled, int size, Duration timeout) {
    /** The words of {@code batch.mode}. */
    enum Switch implements Choice {
        DISABLE("disable"),
        ENABLE("enable");

        private final String word;

        Switch(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** As nuclio. */
    public static final Batch OFF = new Batch(false, 10, Duration.ofSeconds(1));

    private static final int LARGEST = 1_000_000;

    static Batch read(Fields batch) {
        boolean enabled = batch.choice("mode", Switch.DISABLE) == Switch.ENABLE;
        int size =
                batch.optionalInteger("batchSize", Integer.MIN_VALUE, LARGEST).orElse(OFF.size);
        if (size < 1) {
            batch.report(ErrorCode.FIELD_OUT_OF_RANGE, "batchSize")
                    .what("is out of range")
                    .why("Batch size should be 1 or higher, but it is " + size)
                    .fix("write a number between 1 and " + LARGEST)
                    .add();
            size = OFF.size;
        }
        var read = new Batch(enabled, size, batch.duration("timeout", OFF.timeout));
        batch.done();
        return read;
    }
}
