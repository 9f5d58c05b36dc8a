package io.nucleon.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageTextTest {
    private static final ErrorMessage TYPO = Samples.of(ErrorCode.HANDLER_MISSING);

    @Test
    void coloursOnlyWordLabelsAndTheWayOn() {
        String text = MessageText.terminal(TYPO, new Look(true, true));

        assertThat(text).isEqualTo("""
                        \u001b[31merror\u001b[0m[NUC-4021]: orders/main.py has no function 'handler'
                          \u001b[2mwhy\u001b[0m   function.yaml:4 says handler: main:handler; main.py defines: handle, load
                          \u001b[2mdo\u001b[0m    did you mean 'handle'?   set spec.handler: main:handle
                                \u001b[2mnucleon explain NUC-4021\u001b[0m
                        """);
    }

    @Test
    void putsTheCaretUnderTheColumnWhateverTheColours() {
        String text = MessageText.terminal(Samples.of(ErrorCode.SOURCE_INVALID), new Look(true, true));

        assertThat(text.replaceAll("\u001b\\[\\d+m", ""))
                .isEqualTo(MessageText.terminal(Samples.of(ErrorCode.SOURCE_INVALID), Look.PLAIN));
        assertThat(text).contains("\u001b[31m^\u001b[0m");
    }

    @Test
    void usesAsciiTwinsWhereTheLocaleHasNoSymbols() {
        String text = MessageText.terminal(Samples.of(ErrorCode.PYTHON_MISSING), new Look(false, false));

        assertThat(text)
                .startsWith("error[NUC-4001]: no python >= 3.9 found\n  why   looked for python3.13...3.9")
                .matches("\\p{ASCII}*");
    }

    @Test
    void givesLongActionsALineEach() {
        String longOne = "set spec.triggers.http.attributes.maxRequestBodySize: 16777216 in the function.yaml";
        ErrorMessage message = new ErrorMessage(
                ErrorCode.BODY_TOO_LARGE, "body too large", "", List.of(longOne, "or send a link to it"));

        assertThat(MessageText.terminal(message, Look.PLAIN))
                .contains("  do    " + longOne + "\n        or send a link to it\n");
    }

    @Test
    void showsThreeOfAKindAndCountsTheRest() {
        List<ErrorMessage> many = IntStream.range(0, 6)
                .mapToObj(i -> ErrorMessage.of(ErrorCode.FIELD_UNKNOWN, "field " + i, "", ""))
                .toList();

        assertThat(MessageText.terminal(many, Look.PLAIN)).isEqualTo("""
                        error[NUC-1012]: field 0
                        error[NUC-1012]: field 1
                        error[NUC-1012]: field 2
                                3 more like this
                                nucleon explain NUC-1012
                        """);
    }

    @Test
    void letsNoControlCharacterOfAUserThrough() {
        ErrorMessage hostile = ErrorMessage.of(
                ErrorCode.HANDLER_NOT_FOUND, "no \u001b[2J handler\r in \u202ex", "a\u0007\nb\u009b", "do\u0000it");

        assertThat(MessageText.terminal(hostile, Look.PLAIN)).isEqualTo("""
                        error[NUC-4020]: no \\u001b[2J handler\\u000d in \\u202ex
                          why   a\\u0007
                                b\\u009b
                          do    do\\u0000it
                                nucleon explain NUC-4020
                        """);
        assertThat(MessageText.line(hostile)).doesNotContain("\n", "\u001b", "\r");
    }

    @Test
    void fitsALogLineWhateverTheParts() {
        assertThat(Samples.of(ErrorCode.WORKER_CRASHED).line())
                .isEqualTo(
                        "NUC-3006 worker 2 of orders crashed (SIGSEGV) while handling event 01J9Z7A1: last lines of its stderr: |"
                                + "   | Fatal Python error: Segmentation fault |   | File \"orders/main.py\", line 31 in score; fix: worker"
                                + " restarted in 84 ms; HTTP is not retried, it was answered 500");
        assertThat(TYPO.line())
                .isEqualTo(
                        "NUC-4021 orders/main.py has no function 'handler': function.yaml:4 says handler: main:handler; main.py"
                                + " defines: handle, load; fix: did you mean 'handle'?; or: set spec.handler: main:handle");
    }

    @Test
    void hasAllPartsInJson() {
        ErrorMessage full =
                Samples.of(ErrorCode.SOURCE_INVALID).about("01J9Z7A1").with("line 1\n\"line 2\"");

        assertThat(MessageText.json(full))
                .isEqualTo(
                        "{\"error\":{\"code\":\"NUC-4022\",\"title\":\"orders/main.py:12:12 invalid syntax\",\"why\":null,"
                                + "\"fix\":[\"fix the line and save\"],\"file\":\"orders/main.py\",\"line\":12,\"column\":12,"
                                + "\"event\":\"01J9Z7A1\",\"exit\":4,\"detail\":\"line 1\\n\\\"line 2\\\"\"}}");
    }

    @Test
    void callsAWarningAWarningInJson() {
        assertThat(MessageText.json(Samples.of(ErrorCode.FIELD_UNKNOWN)))
                .startsWith("{\"warning\":{\"code\":\"NUC-1012\"")
                .contains("\"file\":null,\"line\":null,\"column\":null,\"event\":null,\"exit\":0,\"detail\":null");
    }

    @Test
    void leavesOutACaretThatPointsNowhere() {
        ErrorMessage message = Samples.of(ErrorCode.SOURCE_INVALID).at(new Place("a.py", 3, 999, "x = 1", ""));

        assertThat(MessageText.terminal(message, Look.PLAIN))
                .contains("3 | x = 1\n")
                .doesNotContain("^");
    }
}
