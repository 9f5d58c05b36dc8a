package io.nucleon.trigger.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronParserTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Instant after(String schedule, String moment) {
        Instant instant = Instant.parse(moment);
        return CronParser.parse(schedule, ZoneOffset.UTC, instant).after(instant);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 20 * * *          | 2026-03-01T20:00:00Z | 2026-03-02T20:00:00Z
            0 20 * * *          | 2026-03-01T19:59:59.5Z | 2026-03-01T20:00:00Z
            */15 * * * *        | 2026-03-01T10:07:00Z | 2026-03-01T10:15:00Z
            5/20 * * * *        | 2026-03-01T10:26:00Z | 2026-03-01T10:45:00Z
            0 0 1 1 *           | 2026-03-01T00:00:00Z | 2027-01-01T00:00:00Z
            0 0 29 2 *          | 2026-03-01T00:00:00Z | 2028-02-29T00:00:00Z
            0 0 31 * *          | 2026-03-31T00:00:00Z | 2026-05-31T00:00:00Z
            0 9 * * mon-fri     | 2026-03-06T09:00:00Z | 2026-03-09T09:00:00Z
            0 9 * * 7           | 2026-03-02T00:00:00Z | 2026-03-08T09:00:00Z
            0 9 13 * FRI        | 2026-03-02T00:00:00Z | 2026-03-06T09:00:00Z
            0 9 13 * *          | 2026-03-02T00:00:00Z | 2026-03-13T09:00:00Z
            0 9 */2 * FRI       | 2026-03-02T00:00:00Z | 2026-03-13T09:00:00Z
            30 0 9 * * *        | 2026-03-02T09:00:10Z | 2026-03-02T09:00:30Z
            * 0 9 * * *         | 2026-03-02T09:00:10Z | 2026-03-03T09:00:00Z
            */10 * * * * *      | 2026-03-02T09:00:10Z | 2026-03-02T09:00:20Z
            1,2,40-42 3 * Jan ? | 2026-03-02T09:00:10Z | 2027-01-01T03:01:00Z
            @hourly             | 2026-03-02T09:00:00Z | 2026-03-02T10:00:00Z
            @Weekly             | 2026-03-02T09:00:00Z | 2026-03-08T00:00:00Z
            @every 90m          | 2026-03-02T09:00:00Z | 2026-03-02T10:30:00Z
            TZ=Asia/Tokyo 0 9 * * *      | 2026-03-02T01:00:00Z | 2026-03-03T00:00:00Z
            CRON_TZ=Asia/Tokyo @daily    | 2026-03-02T01:00:00Z | 2026-03-02T15:00:00Z
            """)
    void findsTheNextTime(String schedule, String moment, String next) {
        assertThat(after(schedule, moment)).isEqualTo(Instant.parse(next));
    }

    @Test
    void aDateThatNeverComesHasNoNextTime() {
        assertThat(after("0 0 30 2 *", "2026-03-01T00:00:00Z")).isNull();
    }

    @Test
    void anHourThatClocksSkipDoesNotCome() {
        Schedule schedule = CronParser.parse("30 2 * * *", BERLIN, Instant.EPOCH);
        Instant before = LocalDateTime.of(2026, 3, 28, 3, 0).atZone(BERLIN).toInstant();

        assertThat(schedule.after(before))
                .isEqualTo(LocalDateTime.of(2026, 3, 30, 2, 30).atZone(BERLIN).toInstant());
    }

    @Test
    void anHourThatClocksShowTwiceComesOnce() {
        Schedule schedule = CronParser.parse("30 2 * * *", BERLIN, Instant.EPOCH);
        Instant first = Instant.parse("2026-10-25T00:30:00Z");

        assertThat(schedule.after(Instant.parse("2026-10-24T12:00:00Z"))).isEqualTo(first);
        assertThat(schedule.after(first)).isEqualTo(Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void whatRunsEachHourGoesOnWhileClocksGoBack() {
        Schedule schedule = CronParser.parse("0 * * * *", BERLIN, Instant.EPOCH);

        assertThat(schedule.after(Instant.parse("2026-10-25T00:00:00Z"))).isEqualTo("2026-10-25T01:00:00Z");
        assertThat(schedule.after(Instant.parse("2026-10-25T01:00:00Z"))).isEqualTo("2026-10-25T02:00:00Z");
    }

    @Test
    void anIntervalDoesNotDrift() {
        Instant beginning = Instant.parse("2026-03-01T00:00:00Z");
        Schedule schedule = CronParser.parse("@every 10s", ZoneOffset.UTC, beginning);

        assertThat(schedule.after(beginning.plusMillis(10_700))).isEqualTo(beginning.plusSeconds(20));
        assertThat(schedule.after(beginning.plusSeconds(20))).isEqualTo(beginning.plusSeconds(30));
        assertThat(schedule.after(beginning.minusSeconds(3))).isEqualTo(beginning);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            61 * * * *      | minute 61 is not in 0-59
            * * * *         | 4 fields
            ''              | 0 fields
            * * 0 * *       | day 0 is not in 1-31
            * * * foo *     | month 'foo' is no number
            5-1 * * * *     | begins after its end
            1-2-3 * * * *   | is no range
            */0 * * * *     | minute 0 is not in 1-59
            */2/3 * * * *   | more than one step
            @often          | @hourly
            @every often    | no length of time
            @every 10ms     | a second or more
            TZ=Mars/Base 0 0 * * * | no time zone is called 'Mars/Base'
            99999999999 * * * * | is no number
            """)
    void saysWhatIsWrong(String schedule, String why) {
        assertThatThrownBy(() -> CronParser.parse(schedule, ZoneOffset.UTC, Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
