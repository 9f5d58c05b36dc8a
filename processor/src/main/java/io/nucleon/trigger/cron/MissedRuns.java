package io.nucleon.trigger.cron;

import io.nucleon.spec.field.Choice;

/** What becomes of the times that pass while a run is still going on. */
enum MissedRuns implements Choice {
    /** One run at once, however many there were; as nuclio. */
    ONCE("once"),
    /** None: the next run is at the next time. */
    SKIP("skip"),
    /** One run each, at once. */
    ALL("all");

    private final String word;

    MissedRuns(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
