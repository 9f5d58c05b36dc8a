package io.nucleon.trigger.cron;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * A schedule of cron: second, minute, hour, day of the month, month, day of the week as sets of bits, on the clocks of a zone.
 *
 * <p>As in Vixie's cron, if both kinds of day are restricted, either is enough. A time that clocks skip when they go forward does not
 * come; one that they show twice comes once.
 *
 * @param anyDay whether the day of the month was given as {@code *}
 * @param anyWeekday whether the day of the week was
 */
record CronSchedule(
        long seconds,
        long minutes,
        long hours,
        long days,
        long months,
        long weekdays,
        boolean anyDay,
        boolean anyWeekday,
        ZoneId zone)
        implements Schedule {

    /** Longer than the rarest date, the 29th of February, can be away. */
    private static final int MOST_YEARS = 9;

    @Override
    public Instant after(Instant moment) {
        ZonedDateTime last = moment.atZone(zone);
        ZonedDateTime time = last.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        int lastYear = time.getYear() + MOST_YEARS;
        while (time.getYear() <= lastYear) {
            if (!has(months, time.getMonthValue())) {
                time = time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
            } else if (!isDay(time)) {
                time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!has(hours, time.getHour())) {
                time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!has(minutes, time.getMinute())) {
                time = time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
            } else if (!has(seconds, time.getSecond())) {
                time = time.plusSeconds(1);
            } else if (isRepeated(time)) {
                time = time.plusSeconds(1);
            } else {
                return time.toInstant();
            }
        }
        return null;
    }

    /** Whether clocks showed this time before, when they had not gone back yet. A schedule of each hour or less goes on all the same. */
    private boolean isRepeated(ZonedDateTime time) {
        return Long.bitCount(hours) < 24
                && !time.withEarlierOffsetAtOverlap().getOffset().equals(time.getOffset());
    }

    private boolean isDay(ZonedDateTime time) {
        boolean day = has(days, time.getDayOfMonth());
        DayOfWeek name = time.getDayOfWeek();
        boolean weekday = has(weekdays, name == DayOfWeek.SUNDAY ? 0 : name.getValue());
        return (anyDay || anyWeekday) ? day && weekday : day || weekday;
    }

    private static boolean has(long set, int value) {
        return (set & 1L << value) != 0;
    }
}
