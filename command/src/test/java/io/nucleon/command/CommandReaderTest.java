package io.nucleon.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nucleon.command.GlobalOptions.Platform;
import io.nucleon.command.RunOptions.Transport;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandReaderTest {
    @Test
    void takesFlagsInAnyOrderAndEitherSpelling() {
        RunOptions options =
                run("--port=0", "a", "--workers", "3", "-e", "A=1", "b", "--env=B=x=y", "-v", "--drain", "1m30s");

        assertThat(options.paths()).containsExactly("a", "b");
        assertThat(options.port()).isZero();
        assertThat(options.workers()).contains(3);
        assertThat(options.env()).containsExactly(Map.entry("A", "1"), Map.entry("B", "x=y"));
        assertThat(options.global().verbosity()).isEqualTo(1);
        assertThat(options.drain()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void pinsTheDefaultsOfRun() {
        RunOptions options = run("orders");

        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.workers()).isEmpty();
        assertThat(options.inFlight()).isEmpty();
        assertThat(options.transport()).isEqualTo(Transport.AUTO);
        assertThat(options.env()).isEmpty();
        assertThat(options.envFile()).isEmpty();
        assertThat(options.interpreter()).isEmpty();
        assertThat(options.strict()).isFalse();
        assertThat(options.drain()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.logFormat()).isEqualTo(RunOptions.LogFormat.TEXT);
        assertThat(options.connects()).isFalse();
        assertThat(run("orders", "--supervised").connects()).isTrue();
        assertThat(run("orders", "--brokers", "on").connects()).isTrue();
    }

    @Test
    void pinsTheDefaultsOfEveryVerb() {
        GlobalOptions options = run("orders").global();

        assertThat(options.output()).isEqualTo(Output.TABLE);
        assertThat(options.namespace()).isEqualTo("nuclio");
        assertThat(options.project()).isEqualTo("default");
        assertThat(options.platform()).isEqualTo(Platform.AUTO);
        assertThat(options.kubeconfig()).isEmpty();
        assertThat(options.context()).isEmpty();
        assertThat(options.verbosity()).isZero();
        assertThat(List.of(options.quiet(), options.noHeader(), options.noInput(), options.yes(), options.help()))
                .containsOnly(false);
        assertThat(options.colour()).isEqualTo(GlobalOptions.Colour.AUTO);
    }

    @Test
    void endsFlagsAtTwoDashes() {
        assertThat(run("--", "--port").paths()).containsExactly("--port");
    }

    @Test
    void takesADashAsAValue() {
        assertThat(invoke("orders", "-b", "-").body()).contains("-");
        assertThat(invoke("orders", "-b", "-5").body()).contains("-5");
        assertThat(invoke("orders", "-b", "@body.json").body()).contains("@body.json");
        assertThat(invoke("orders", "-b", "\"quoted\"").body()).contains("\"quoted\"");
        assertThat(invoke("orders", "-b", "").body()).contains("");
    }

    @Test
    void letsTheLaterOfTwoWin() {
        assertThat(run("a", "--port", "1", "--port", "2").port()).isEqualTo(2);
    }

    @Test
    void readsNucliosProcessorFlagsWithOneDashOrTwo() {
        assertThat(processor("-config", "x.yaml").config()).isEqualTo("x.yaml");
        assertThat(processor("--config=x.yaml").config()).isEqualTo("x.yaml");
        assertThat(processor("-config=x.yaml").config()).isEqualTo("x.yaml");
        assertThat(processor("-platform-config", "p.yaml").platformConfig()).isEqualTo("p.yaml");
        assertThat(processor("-version").showsVersion()).isTrue();
        assertThat(processor("-list-runtimes").listRuntimes()).isTrue();
        assertThat(processor().config()).isEqualTo("/etc/nuclio/config/processor/processor.yaml");
    }

    @Test
    void takesTheEnvironmentBehindTheFlagAndBeforeTheDefault() {
        Map<String, String> env = Map.of(
                "NUCLEON_PORT",
                "9000",
                "NUCTL_NAMESPACE",
                "theirs",
                "NUCTL_PLATFORM",
                "kube",
                "NUCLEON_PLATFORM",
                "local");

        RunOptions options =
                CommandReader.read(Verb.RUN, new RunOptions(), List.of("a", "--port", "1"), FlagSources.variables(env));

        assertThat(options.port()).isEqualTo(1);
        assertThat(options.global().namespace()).isEqualTo("theirs");
        assertThat(options.global().platform()).isEqualTo(Platform.LOCAL);
        assertThat(CommandReader.read(Verb.RUN, new RunOptions(), List.of("a"), FlagSources.variables(env))
                        .port())
                .isEqualTo(9000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a --prot 1          | run has no flag '--prot'                  | did you mean '--port'?",
                "a --frobnicate=7    | run has no flag '--frobnicate'            | see them: nucleon help run",
                "a --port            | --port needs a value: N                   | see its values: nucleon help run",
                "''                  | run needs a word: DIR_OR_FILE             | nucleon run orders",
                "a --port x          | --port can't be 'x'                       | ''",
                "a --port 65536      | --port can't be '65536'                   | ''",
                "a --workers 0       | --workers can't be '0'                    | ''",
                "a --transport shn   | --transport can't be 'shn'                | did you mean 'shm'?",
                "a --transport quick | --transport can't be 'quick'              | values: auto, shm, unix",
                "a --drain soon      | --drain can't be 'soon'                   | ''",
                "a --env =x          | --env can't be '=x'                       | ''",
                "a -Z                | run has no flag '-Z'                      | see them: nucleon help run",
                "a -E x              | run has no flag '-E'                      | did you mean '-e'?",
                "a -port 1           | run has no flag '-port'                   | did you mean '--port'?",
            })
    void saysWhatIsWrongAndGuessesNothing(String words, String what, String fix) {
        ErrorMessage error = refused(Verb.RUN, words.isEmpty() ? List.of() : List.of(words.split(" ")));

        assertThat(error.what()).isEqualTo(what);
        assertThat(error.code()).isEqualTo(ErrorCode.USAGE);
        assertThat(String.join("", error.fix())).isEqualTo(fix);
    }

    @Test
    void saysWhatAMissingWordMayBe() {
        assertThat(refused(Verb.TEMPLATES, List.of()))
                .returns("templates needs a word: WORD", ErrorMessage::what)
                .returns("list, show NAME, pull SOURCE", ErrorMessage::why);
    }

    @Test
    void takesOneTargetOnly() {
        assertThat(refused(Verb.INVOKE, List.of("a", "b")).what()).isEqualTo("invoke has no place for 'b'");
    }

    @Test
    void needsNoTargetToShowHelp() {
        assertThat(invoke("--help").global().help()).isTrue();
        assertThat(run("-h").global().help()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"30s,30000", "1m30s,90000", "250ms,250", "1.5s,1500", "2h,7200000", "15,15000", "0.001ms,0"})
    void readsTimes(String text, long millis) {
        assertThat(new Durations().convert(text).toMillis()).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "1x", "s", "-1s", "1s ", "1s2", "99999999999s", "1m 30s"})
    void refusesTimesThatAreNone(String text) {
        assertThat(refused(Verb.INVOKE, List.of("a", "--timeout=" + text)).why())
                .isEqualTo("a time is written like 30s, 1m30s or 250ms");
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void describesEveryFlagAndLeavesGlobalLettersAlone(Verb verb) {
        assertThat(CommandReader.spec(verb).options())
                .allSatisfy(option -> assertThat(option.description()).hasSize(1));
        assertThat(CommandReader.spec(verb).optionsMap()).containsKeys("-o", "-n", "-k", "-v", "-q", "-y", "-h", "-V");
    }

    private static RunOptions run(String... words) {
        return CommandReader.read(Verb.RUN, new RunOptions(), List.of(words), FlagSources.variables(Map.of()));
    }

    private static InvokeOptions invoke(String... words) {
        return CommandReader.read(Verb.INVOKE, new InvokeOptions(), List.of(words), FlagSources.variables(Map.of()));
    }

    private static ProcessorOptions processor(String... words) {
        return CommandReader.read(
                Verb.PROCESSOR, new ProcessorOptions(), List.of(words), FlagSources.variables(Map.of()));
    }

    private static ErrorMessage refused(Verb verb, List<String> words) {
        NucleonException error = catchThrowableOfType(
                NucleonException.class,
                () -> CommandReader.read(verb, verb.options(), words, FlagSources.variables(Map.of())));
        return error.error();
    }
}
