package io.nucleon.spec.trigger;

import io.nucleon.spec.field.Choice;

/** Who says that an event of a stream is done. */
public enum ExplicitAck implements Choice {
    /** The processor, when the handler has returned. */
    DISABLE("disable"),
    /** The processor, unless the response says no-ack; then the handler. */
    ENABLE("enable"),
    /** The handler only. */
    EXPLICIT_ONLY("explicitOnly");

    private final String word;

    ExplicitAck(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
