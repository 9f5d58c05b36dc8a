package io.nucleon.spec.trigger;

import io.nucleon.spec.field.Choice;

/** Which events of an ordered source wait for one another. */
public enum Ordering implements Choice {
    /** Those of one partition or shard; while one is retried the partition stands still. */
    PARTITION("partition"),
    /** Those with the same key. */
    KEY("key"),
    /** None. */
    NONE("none");

    private final String word;

    Ordering(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
