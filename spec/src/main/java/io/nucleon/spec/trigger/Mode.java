package io.nucleon.spec.trigger;

import io.nucleon.spec.field.Choice;

/** How many events a worker has open. */
public enum Mode implements Choice {
    /** One at a time, as nuclio promises. */
    SYNC("sync"),
    /** Several at once, for handlers that return a coroutine, promise or task. */
    ASYNC("async");

    private final String word;

    Mode(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
