package io.nucleon.cli;

import java.time.Clock;

/** How long ago something was, for people. Stateless. */
final class Ages {
    private Ages() {}

    /** {@code 3 min ago}, of ns since 1970. */
    static String ago(Clock clock, long nanos) {
        long seconds = Math.max(0, (clock.millis() - nanos / 1_000_000) / 1_000);
        if (seconds < 120) {
            return seconds + " s ago";
        }
        return seconds < 7_200 ? seconds / 60 + " min ago" : seconds / 3_600 + " h ago";
    }
}
