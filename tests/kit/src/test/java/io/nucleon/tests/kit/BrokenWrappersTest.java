package io.nucleon.tests.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.kit.CheckedWrapper;
import io.nucleon.kit.Verdict;
import io.nucleon.kit.Verdict.State;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code broken.py} is a wrapper with one thing broken; the rule that it breaks says so, in words that tell what came. */
@Execution(ExecutionMode.CONCURRENT)
class BrokenWrappersTest {

    /** So long each rule that waits in vain takes; long enough for a start on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token                  | hello                 | unix | token is guessed, not c0ffee.*",
                "worker                 | hello                 | unix | worker is 0, not 3",
                "pid                    | hello                 | unix | pid is 1, not \\d+",
                "why                    | hello                 | unix | shm is false, and there is no 'why'",
                "protocol               | hello                 | unix | protocol is .*, not \\[1,0\\]",
                "no-ready               | ready                 | unix | nothing in 8000 ms",
                "ready-is-no-json       | ready                 | unix | a READY whose body is no JSON object.*",
                "two-readies            | ready                 | unix | READY twice",
                "long-length            | ready                 | unix | .*breaks the protocol.*",
                "wrong-type             | ready                 | unix | .*breaks the protocol: unknown type 16.*",
                "wrong-epoch            | ready                 | unix | .*nothing.* in 8000 ms",
                "any-segment            | other-segment         | shm  | it lives on.*",
                "wrong-id               | answer                | unix | RESPONSE of correlation .*",
                "cut-id                 | answer-once           | unix | answer 1 with correlation .*, not .*",
                "twice                  | answer-once           | unix | 80 RESPONSE frames.*",
                "twice                  | answer-once           | shm  | 80 RESPONSE frames.*",
                "never                  | answer                | unix | .*nothing.* in 8000 ms",
                "no-status              | answer                | unix | code 200, not 201",
                "no-type                | answer                | shm  | content type '', not 'text/x-checker'",
                "no-headers             | answer                | unix | headers \\{}, without X-Checker.*",
                "no-time                | answer-time           | unix | time 0 ns.*",
                "not-failed             | failure               | unix | .* without flag FAILED",
                "dies-by-exceptions     | failure               | unix | .*the process ended \\(exit 3\\)",
                "log-of-nobody          | log                   | unix | LOG of correlation 0.*",
                "log-level              | log                   | unix | level 1, message 'one', not level 0.*",
                "no-logs                | log                   | unix | fewer than four LOG frames.*",
                "stream-ends-well       | stream-break          | unix | a last CHUNK without flag FAILED",
                "no-no-ack              | no-ack                | unix | .* without flag NO_ACK",
                "ack-elsewhere          | ack                   | unix | an ACK of orders, shard 9, offset .*",
                "one-id                 | event-id              | unix | the same id twice.*",
                "cuts-bodies            | body-sizes            | unix | an answer of 60000 bytes that differs at 60000.*",
                "answers-first-of-batch | batch                 | unix | .*nothing.* in 8000 ms",
                "never-claims           | claimed               | unix | claimed 0 while.*",
                "claims-too-much        | claimed               | unix | claimed \\d+ while.*",
                "ignores-drain          | drain                 | unix | .*nothing.* in 8000 ms",
                "done-of-nobody         | drain                 | unix | DONE of correlation 0, not.*",
                "drains-only-once       | drain                 | unix | .* without flag DISCARDED",
                "runs-drained           | drain                 | shm  | .* without flag DISCARDED",
                "ignores-continue       | drain                 | unix | an answer of 0 bytes.*",
                "ignores-stop           | stop                  | unix | it lives on.*",
                "stops-badly            | stop                  | unix | exit 4",
                "keeps-running          | end-idle              | unix | it lives on.*",
                "no-parent              | parent                | unix | the worker lives on",
                "believes-everything    | hostile-type-unknown  | unix | it lives on.*",
                "dies-of-hostile-frames | hostile-type-zero     | unix | its end by SIGSEGV.*",
                "refuses-with-success   | hostile-length-short  | unix | exit 0, as if all were well",
                "takes-old-epochs       | old-epoch             | unix | .*old.*",
                "no-bells               | ring-sleep            | shm  | their answers, and no byte.*",
                "never-frees-the-ring   | ring-wrap             | shm  | it makes no room.*",
                "ignores-revoke         | revoke                | shm  | an answer to one that was taken back",
                "ignores-revoke         | hostile-revoke        | shm  | it lives on.*",
                "waits-for-any-even-revoke | hostile-revoke     | shm  | it lives on.*",
                "waits-for-any-even-revoke | hostile-revoke     | unix | it lives on.*",
                "first-trigger          | trigger               | unix | .*checker-http.*",
                "trigger-of-the-table   | trigger               | unix | .*checker-kafka.*",
            })
    void isCaughtByTheRuleThatItBreaks(String fault, String rule, String way, String came) {
        List<Verdict> verdicts = Checks.run(broken(fault), List.of(way), Set.of(rule), PATIENCE);

        assertThat(verdicts).hasSize(1);
        Verdict verdict = verdicts.getFirst();
        assertThat(verdict.state()).as(fault + ": " + verdict.came()).isEqualTo(State.FAILED);
        assertThat(verdict.came()).matches(Pattern.compile(came, Pattern.DOTALL));
        assertThat(verdict.sent()).isNotEmpty();
        assertThat(verdict.rule().read()).startsWith("§");
    }

    @Test
    void whatIsNotBrokenPasses() {
        Set<String> some =
                Set.of("hello", "answer-once", "drain", "claimed", "hostile-type-zero", "revoke", "ring-full");

        assertThat(Checks.run(broken("none"), List.of("unix", "shm"), some, PATIENCE))
                .hasSizeGreaterThan(some.size())
                .allMatch(verdict -> verdict.state() == State.OK);
    }

    @Test
    void aCommandThatIsNoWrapperIsToldOf() {
        List<Verdict> verdicts =
                Checks.run(Checks.command("sh -c 'echo oops; exit 3'", "python"), List.of("unix"), Set.of(), PATIENCE);

        assertThat(verdicts).hasSize(1);
        assertThat(verdicts.getFirst().came()).isEqualTo("the process ended (exit 3); its last words: oops");
    }

    private static CheckedWrapper broken(String fault) {
        return Checks.command("python3 -u tests/kit/broken.py " + fault, "python");
    }
}
