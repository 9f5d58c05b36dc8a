package io.nucleon.trigger.cron;

import java.time.Instant;

/** When a trigger fires. Immutable. */
interface Schedule {

    /** The first moment after that one; null if there is none within five years. */
    Instant after(Instant moment);
}
