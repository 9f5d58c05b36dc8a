package io.nucleon.trigger.cron;

import io.nucleon.error.ErrorCode;
import io.nucleon.invoke.Clock;
import io.nucleon.spec.field.Fields;
import io.nucleon.trigger.FixedEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The attributes of a cron trigger; names and defaults are nuclio's, {@code timeZone} and {@code missedRuns} our own.
 *
 * @param schedule null if the attributes were wrong
 */
record CronSetting(Schedule schedule, MissedRuns missedRuns, FixedEvent event) {

    /** What the files of nuclio's Kubernetes mode have besides; nothing here looks at them. */
    private static final String[] OF_CRON_JOBS = {"concurrencyPolicy", "jobBackoffLimit"};

    static CronSetting read(Fields fields, Clock clock) {
        fields.accept(OF_CRON_JOBS);
        return new CronSetting(
                schedule(fields, Instant.EPOCH.plusNanos(clock.wallNanos())),
                fields.choice("missedRuns", MissedRuns.ONCE),
                FixedEvent.read(fields));
    }

    private static Schedule schedule(Fields fields, Instant now) {
        Optional<Duration> interval = fields.optionalDuration("interval");
        Optional<String> schedule = fields.optionalText("schedule");
        String zone = fields.text("timeZone", "");
        if (interval.isPresent()) {
            if (interval.get().isZero() || interval.get().isNegative()) {
                wrong(fields, "interval", "it is " + interval.get().toMillis() + " ms");
                return null;
            }
            return new IntervalSchedule(now, interval.get());
        }
        if (schedule.isEmpty()) {
            wrong(fields, "schedule", "neither schedule nor interval is given");
            return null;
        }
        try {
            ZoneId meant = zone.isEmpty() ? ZoneId.systemDefault() : CronParser.zone(zone);
            return CronParser.parse(schedule.get(), meant, now);
        } catch (IllegalArgumentException e) {
            wrong(fields, "schedule", e.getMessage());
            return null;
        }
    }

    private static void wrong(Fields fields, String name, String why) {
        fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, name)
                .what("says no time to run at")
                .why(why)
                .fix("write schedule: \"0 20 * * *\" (minute, hour, day, month, weekday), or interval: 10s")
                .add();
    }
}
