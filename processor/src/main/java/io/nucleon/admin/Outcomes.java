package io.nucleon.admin;

import io.nucleon.invoke.Outcome;

/** How outcomes are called in metrics and statistics, and where they are counted. */
final class Outcomes {

    /** How many there are. */
    static final int COUNT = Outcome.values().length;

    private Outcomes() {}

    static String nameOf(Outcome outcome) {
        return switch (outcome) {
            case RESPONDED -> "responded";
            case FAILED -> "failed";
            case TIMED_OUT -> "timed_out";
            case WORKER_LOST -> "worker_lost";
            case UNAVAILABLE -> "unavailable";
            case CANCELLED -> "cancelled";
        };
    }

    /** Its place in an array of counters. */
    static int placeOf(Outcome outcome) {
        return switch (outcome) {
            case RESPONDED -> 0;
            case FAILED -> 1;
            case TIMED_OUT -> 2;
            case WORKER_LOST -> 3;
            case UNAVAILABLE -> 4;
            case CANCELLED -> 5;
        };
    }
}
