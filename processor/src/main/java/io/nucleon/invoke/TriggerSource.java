package io.nucleon.invoke;

/**
 * Where an event came from.
 *
 * @param index place of the trigger in its function's table, 0 to 254
 * @param kind as handlers see it ({@code http}, {@code kafka-cluster}); empty when the worker pool is shared
 * @param className {@code sync} or {@code async}
 */
public record TriggerSource(int index, String name, String kind, String className) {

    public TriggerSource {
        if (index < 0 || index > 254) {
            throw new IllegalArgumentException("trigger index " + index + " is not in 0..254");
        }
    }
}
