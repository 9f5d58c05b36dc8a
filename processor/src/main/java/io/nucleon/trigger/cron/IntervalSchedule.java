package io.nucleon.trigger.cron;

import java.time.Duration;
import java.time.Instant;

/** Every so often from a beginning on: what a run takes does not shift the next one. */
record IntervalSchedule(Instant beginning, Duration interval) implements Schedule {

    @Override
    public Instant after(Instant moment) {
        Duration since = Duration.between(beginning, moment);
        long whole = since.isNegative() ? -1 : since.dividedBy(interval);
        return beginning.plus(interval.multipliedBy(whole + 1));
    }
}
