package io.nucleon.error;

import java.util.List;

/** Samples of what the verbs bench and test say. */
final class CommandSamples {
    private CommandSamples() {}

    static ErrorMessage of(ErrorCode code) {
        return switch (code) {
            case BROWSER_MISSING ->
                new ErrorMessage(
                                code,
                                "the function can't be shown in a browser",
                                "neither BROWSER nor a display is set (DISPLAY, WAYLAND_DISPLAY)",
                                List.of(
                                        "open it by hand: http://127.0.0.1:8080",
                                        "or name a browser: BROWSER=firefox nucleon run …"))
                        .as(Severity.WARNING);
            case NOT_ON_PATH ->
                ErrorMessage.of(
                                code,
                                "nucleon is not on PATH",
                                "",
                                "link it: ln -s \"$PWD/nucleon\" ~/.local/bin/nucleon")
                        .as(Severity.NOTE);
            case CLOCK_UNFIT ->
                ErrorMessage.of(
                                code,
                                "clock hpet is slow",
                                "each event costs some microseconds more",
                                "see what else the kernel has: cat /sys/devices/system/clocksource/clocksource0/available_clocksource")
                        .as(Severity.NOTE);
            case SETTINGS_WRONG ->
                ErrorMessage.of(code, "nucleon.yaml:2 has an unknown key 'platfrom'", "", "did you mean 'platform'?");
            case BENCH_UNCOMPARABLE ->
                ErrorMessage.of(
                        code,
                        "this bench can't be compared with 'main'",
                        "machine: 8 cores of EPYC 7763, 32 GiB, Linux 6.1.0 then, 2 cores of EPYC 7763 (virtual), 8 GiB, Linux 6.1.0 now",
                        "keep a new one here: --save NAME, or compare all the same: --force");
            case BENCH_MISSING ->
                ErrorMessage.of(
                        code, "no bench 'mian'", "kept in .nucleon/bench: main, before-cache", "did you mean 'main'?");
            case BENCH_UNREADABLE ->
                ErrorMessage.of(
                        code,
                        "bench 'main' can't be read",
                        "it holds no bench",
                        "keep it again: nucleon bench NAME --save main");
            case CHECK_FAILED -> ErrorMessage.of(code, "the bench does not pass 'p99>5ms': p99 is 6.40 ms", "", "");
            case EVENTS_INVALID ->
                ErrorMessage.of(
                        code,
                        "line 3 of events.ndjson is no event",
                        "it is no JSON object",
                        "a line is like {\"method\":\"POST\",\"path\":\"/\",\"headers\":{},\"body\":\"text\"}");
            case TESTS_MISSING ->
                ErrorMessage.of(
                        code,
                        "orders has no tests",
                        "there is no tests/*.yaml in it",
                        "make one of a call: nucleon test orders --record first");
            case TEST_INVALID ->
                ErrorMessage.of(code, "tests/refund.yaml:9 has an unknown key 'stauts'", "", "did you mean 'status'?");
            case FILE_UNWRITABLE ->
                ErrorMessage.of(
                        code,
                        ".nucleon/bench/main.json can't be written",
                        "Permission denied",
                        "see that the folder can be written to");
            case NOTHING_TO_COMPARE ->
                ErrorMessage.of(
                        code,
                        "orders holds no functions",
                        "a matrix compares the functions in the folders of one folder, each with a function.yaml",
                        "bench one function: nucleon bench orders");
            default -> throw new IllegalArgumentException(code.code());
        };
    }
}
