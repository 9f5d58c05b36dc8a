package io.nucleon.admin;

import io.nucleon.invoke.Outcome;

/** How outcomes are called in metrics and statistics. */
final class OutcomeNames {

    private OutcomeNames() {}

    static String of(Outcome outcome) {
        return switch (outcome) {
            case RESPONDED -> "responded";
            case FAILED -> "failed";
            case TIMED_OUT -> "timed_out";
            case WORKER_LOST -> "worker_lost";
            case UNAVAILABLE -> "unavailable";
            case CANCELLED -> "cancelled";
        };
    }
}
