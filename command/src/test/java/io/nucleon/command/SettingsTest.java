package io.nucleon.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nucleon.command.GlobalOptions.Platform;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.spec.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of flags that come from settings files, on files of a real folder. */
class SettingsTest {
    @TempDir
    Path top;

    private final Map<String, String> env = new HashMap<>();
    private Path folder;
    private Path system;

    @BeforeEach
    void makeFolders() throws IOException {
        folder = Files.createDirectories(top.resolve("user/shop/deep"));
        system = top.resolve("etc/config.yaml");
        env.put("HOME", top.resolve("user").toString());
    }

    /** Each source hides those behind it, down to what is built in. */
    @Test
    void takesTheFirstThatHasTheFlag() throws IOException {
        env.put("NUCLEON_NAMESPACE", "own");
        env.put("NUCTL_NAMESPACE", "nuctls");
        Path project = write("user/shop/nucleon.yaml", "namespace: project\n");
        Path user = write("user/.config/nucleon/config.yaml", "namespace: user\n");
        write("etc/config.yaml", "namespace: system\n");

        List<String> seen = new ArrayList<>();
        seen.add(namespace("-n", "typed"));
        seen.add(namespace());
        env.remove("NUCLEON_NAMESPACE");
        seen.add(namespace());
        env.remove("NUCTL_NAMESPACE");
        seen.add(namespace());
        Files.delete(project);
        seen.add(namespace());
        Files.delete(user);
        seen.add(namespace());
        Files.delete(system);
        seen.add(namespace());

        assertThat(seen).containsExactly("typed", "own", "nuctls", "project", "user", "system", "nuclio");
    }

    @Test
    void takesTheProjectFileOfTheNearestFolder() throws IOException {
        write("user/nucleon.yaml", "namespace: far\n");
        Path near = write("user/shop/nucleon.yaml", "platform: local\n");

        assertThat(namespace()).isEqualTo("nuclio");
        Files.delete(near);
        assertThat(namespace()).isEqualTo("far");
    }

    @Test
    void findsTheUsersFileByTheRulesOfXdg() throws IOException {
        write("elsewhere/nucleon/config.yaml", "namespace: elsewhere\n");
        env.put("XDG_CONFIG_HOME", top.resolve("elsewhere").toString());

        assertThat(namespace()).isEqualTo("elsewhere");
        env.put("XDG_CONFIG_HOME", "not/absolute");
        assertThat(namespace()).isEqualTo("nuclio");
    }

    @Test
    void canBeSwitchedOff() throws IOException {
        write("user/shop/nucleon.yaml", "no such: thing\n");
        env.put("NUCLEON_SETTINGS", "off");

        assertThat(namespace()).isEqualTo("nuclio");
    }

    @Test
    void givesAVerbItsOwnFlags() throws IOException {
        write("user/shop/nucleon.yaml", """
                platform: docker
                quiet: true
                verbose: 2
                bench: {duration: 5s, fail-if: ['p99>5ms', 'error>0.1%']}
                run:
                  port: 9090
                  env: {A: 1, B: x=y}
                  watch-ignore: ['*.csv']
                  inspect: true
                  no-watch: false
                """);

        RunOptions run = read(Verb.RUN, new RunOptions(), "orders");
        BenchOptions bench = read(Verb.BENCH, new BenchOptions(), "orders");

        assertThat(run.global().platform()).isEqualTo(Platform.DOCKER);
        assertThat(run.global().quiet()).isTrue();
        assertThat(run.global().verbosity()).isEqualTo(2);
        assertThat(run.port()).isEqualTo(9090);
        assertThat(run.env()).containsExactly(Map.entry("A", "1"), Map.entry("B", "x=y"));
        assertThat(run.paths()).containsExactly("orders");
        assertThat(bench.duration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(bench.failIf()).containsExactly("p99>5ms", "error>0.1%");
    }

    /** What may be repeated is replaced as a whole, never added to. */
    @Test
    void replacesListsAsAWhole() throws IOException {
        write("user/shop/nucleon.yaml", "run: {env: {A: 1}}\n");
        write("user/.config/nucleon/config.yaml", "run: {env: {B: 2}, port: 1}\n");

        assertThat(read(Verb.RUN, new RunOptions(), "orders").env()).containsOnlyKeys("A");
        assertThat(read(Verb.RUN, new RunOptions(), "orders", "-e", "C=3").env())
                .containsOnlyKeys("C");
        assertThat(read(Verb.RUN, new RunOptions(), "orders").port()).isEqualTo(1);
    }

    @Test
    void letsTheNearerFileSwitchAFlagOff() throws IOException {
        write("user/shop/nucleon.yaml", "quiet: false\n");
        write("user/.config/nucleon/config.yaml", "quiet: true\n");

        assertThat(read(Verb.LIST, new LookOptions.ListFunctions()).global().quiet())
                .isFalse();
    }

    /** Those that nuctl has variables for are set for every verb that has them. */
    @Test
    void takesTheRegistryAtTheTopToo() throws IOException {
        write("user/shop/nucleon.yaml", "registry: a.example\ndeploy: {registry: b.example}\n");

        assertThat(read(Verb.BUILD, new BuildOptions(), "orders").code().registry())
                .isEqualTo("a.example");
        assertThat(read(Verb.DEPLOY, new DeployOptions(), "orders").code().registry())
                .isEqualTo("b.example");
        env.put("NUCTL_REGISTRY", "c.example");
        assertThat(read(Verb.BUILD, new BuildOptions(), "orders").code().registry())
                .isEqualTo("c.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "platfrom: docker           | nucleon.yaml:1 has an unknown key 'platfrom'         | did you mean 'platform'?",
                "port: 9000                 | nucleon.yaml:1 has an unknown key 'port'             | it is a flag of run: write 'run: {port: …}'",
                "bnech: {}                  | nucleon.yaml:1 has an unknown key 'bnech'            | did you mean 'bench'?",
                "list: {watsh: true}        | nucleon.yaml:1 sets 'watsh', which list has not      | did you mean 'watch'?",
                "list: {output: wide}       | nucleon.yaml:1 sets 'output', which list has not     | it is a flag of every verb: write it at the top, without indentation",
                "list: 5                    | nucleon.yaml:1 has no flags of 'list'                | write them like 'list: {FLAG: VALUE}'",
                "'yes: true'                | nucleon.yaml:1 sets --yes                            | remove the line",
                "help: true                 | nucleon.yaml:1 has no flags of 'help'                | write them like 'help: {FLAG: VALUE}'",
                "processor: {config: a}     | nucleon.yaml:1 sets flags of processor               | write them behind the command",
                "[a, b]                     | nucleon.yaml:1 holds no settings                     | write them like 'platform: docker'",
                "platform: dokcer           | --platform can't be 'dokcer' (nucleon.yaml:1)        | did you mean 'docker'?",
                "quiet: maybe               | --quiet can't be 'maybe' (nucleon.yaml:1)            | ''",
                "platform: [docker]         | --platform can't be a list (nucleon.yaml:1)          | ''",
                "namespace: {a: b}          | --namespace can't be a mapping (nucleon.yaml:1)      | ''",
                "list: {sort: sise}         | --sort can't be 'sise' (nucleon.yaml:1)              | values: name, state, runtime, rate, p99, errors, dead",
            })
    void namesLineAndNearestName(String text, String what, String fix) throws IOException {
        write("user/shop/deep/nucleon.yaml", text + "\n");

        ErrorMessage error = refused(Verb.LIST, new LookOptions.ListFunctions());

        assertThat(error.what()).isEqualTo(what);
        assertThat(error.code()).isEqualTo(ErrorCode.SETTINGS_WRONG);
        assertThat(error.code().exit()).isEqualTo(3);
        assertThat(error.place().file()).isEqualTo("nucleon.yaml");
        assertThat(error.place().line()).isEqualTo(1);
        assertThat(String.join("", error.fix())).isEqualTo(fix);
    }

    @Test
    void checksAsTheVerbItselfDoes() throws IOException {
        Path file = write("user/shop/nucleon.yaml", "run:\n  port: 65536\n");

        ErrorMessage error = refused(Verb.RUN, new RunOptions(), "orders");

        assertThat(error.what()).isEqualTo("--port can't be '65536' (" + file + ":2)");
        assertThat(error.why()).isEqualTo("a port is 0 to 65535");
        env.put("NUCLEON_PORT", "many");
        error = refused(Verb.RUN, new RunOptions(), "orders");
        assertThat(error.what()).isEqualTo("--port can't be 'many' (NUCLEON_PORT)");
        assertThat(error.code()).isEqualTo(ErrorCode.USAGE);
        assertThat(read(Verb.RUN, new RunOptions(), "orders", "--port", "1").port())
                .isEqualTo(1);
    }

    @Test
    void saysWhereAFlagThatIsInTheWayIsSet() throws IOException {
        write("user/shop/deep/nucleon.yaml", "bench: {save: main}\n");

        ErrorMessage error = refused(Verb.BENCH, new BenchOptions(), "orders", "--matrix", "runtimes");

        assertThat(error.what()).endsWith(" (--save is set: nucleon.yaml:1)");
    }

    @Test
    void namesThePlaceInAFileThatIsNoYaml() throws IOException {
        write("user/shop/deep/nucleon.yaml", "platform: docker\nquiet: [\n");

        ErrorMessage error = refused(Verb.LIST, new LookOptions.ListFunctions());

        assertThat(error.code()).isEqualTo(ErrorCode.YAML_INVALID);
        assertThat(error.what()).startsWith("nucleon.yaml:3:1 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quiet: [\n", "platfrom: docker\n", "color: blue\n"})
    void showsPagesWhateverAFileHolds(String text) throws IOException {
        write("user/shop/deep/nucleon.yaml", text);

        assertThat(read(Verb.EXPLAIN, new PageOptions.Explain(), "NUC-8015").subject())
                .isEqualTo("NUC-8015");
        assertThat(read(Verb.LIST, new LookOptions.ListFunctions(), "-h")
                        .global()
                        .help())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"rw-rw----,its group can write to it", "rw----rw-,everybody can write to it"})
    void passesOverAFileThatOthersCanWrite(String rights, String why) throws IOException {
        Path file = write("user/shop/nucleon.yaml", "namespace: evil\n");
        write("user/.config/nucleon/config.yaml", "namespace: mine\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));

        List<ErrorMessage> warnings = sources().warnings();

        assertThat(namespace()).isEqualTo("mine");
        assertThat(warnings).hasSize(1);
        assertThat(warnings.getFirst().reason()).isEqualTo(file + " is passed over: " + why);
    }

    @Test
    void passesOverAFileOfAnotherUser() throws IOException {
        assumeTrue(Files.getAttribute(top, "unix:uid").equals(0), "only root can give a file away");
        Path file = write("user/shop/nucleon.yaml", "namespace: evil\n");
        Files.setAttribute(file, "unix:uid", 65534);

        assertThat(namespace()).isEqualTo("nuclio");
        assertThat(sources().warnings().getFirst().why()).isEqualTo("it belongs to another user");
    }

    @Test
    void judgesTheFileThatALinkPointsTo() throws IOException {
        Path file = write("elsewhere.yaml", "namespace: evil\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.createSymbolicLink(folder.resolve("nucleon.yaml"), file);

        assertThat(namespace()).isEqualTo("nuclio");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(namespace()).isEqualTo("evil");
    }

    @Test
    void takesAnEmptyFileAndEmptyValuesForNone() throws IOException {
        write("user/shop/nucleon.yaml", "");
        write("user/.config/nucleon/config.yaml", "namespace:\nrun:\n");

        assertThat(namespace()).isEqualTo("nuclio");
    }

    @Test
    void leavesTheProcessorAlone() throws IOException {
        write("user/shop/nucleon.yaml", "namespace: other\nno: such\n");

        assertThat(read(Verb.PROCESSOR, new ProcessorOptions()).global().namespace())
                .isEqualTo("nuclio");
    }

    @Test
    void tellsWhereEachValueComesFrom() throws IOException {
        write("user/shop/deep/nucleon.yaml", "namespace: team\nbench: {duration: 5s}\nrun: {env: {TOKEN: x}}\n");
        env.put("NUCLEON_COLOR", "never");
        env.put("NUCLEON_PORT", "9000");

        List<FlagValue> all = FlagValue.all(List.of("config", "-o", "json"), sources(), Optional.of(Verb.DOCTOR));

        assertThat(all.stream()
                        .map(one -> one.key() + " " + one.values() + " "
                                + one.origin().text()))
                .contains(
                        "output [json] flag",
                        "namespace [team] nucleon.yaml:1",
                        "platform [auto] built in",
                        "color [never] NUCLEON_COLOR",
                        "run.port [9000] NUCLEON_PORT",
                        "run.env [TOKEN=****] nucleon.yaml:3",
                        "bench.duration [5s] nucleon.yaml:2",
                        "doctor.strict [false] built in")
                .noneMatch(line -> line.startsWith("help ") || line.startsWith("bench.runs"));
    }

    @Test
    void checksTheValuesOfAllVerbsWhenAsked() throws IOException {
        write("user/shop/deep/nucleon.yaml", "bench: {duration: soon}\n");

        NucleonException error = catchThrowableOfType(
                NucleonException.class, () -> FlagValue.all(List.of("config"), sources(), Optional.empty()));

        assertThat(error.error().what()).isEqualTo("--duration can't be 'soon' (nucleon.yaml:1)");
    }

    private String namespace(String... words) {
        return read(Verb.LIST, new LookOptions.ListFunctions(), words).global().namespace();
    }

    private <T extends VerbOptions> T read(Verb verb, T options, String... words) {
        return CommandReader.read(verb, options, List.of(words), sources());
    }

    private ErrorMessage refused(Verb verb, VerbOptions options, String... words) {
        return catchThrowableOfType(NucleonException.class, () -> read(verb, options, words))
                .error();
    }

    private FlagSources sources() {
        SettingsFiles.Found found = SettingsFiles.find(SettingsFiles.existing(env, folder, system), folder);
        assertThat(found.problems()).filteredOn(Problem::isError).hasSizeLessThanOrEqualTo(1);
        return FlagSources.of(env, found);
    }

    private Path write(String name, String text) throws IOException {
        Path file = top.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }
}
