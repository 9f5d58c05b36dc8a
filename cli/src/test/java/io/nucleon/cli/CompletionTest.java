package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.nucleon.command.Verb;
import io.nucleon.host.HostUrls;
import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.host.UserFolders;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
    /** Sources the script, completes a line and prints the candidates; 'nucleon' itself is a trap. */
    private static final String BASH = """
            nucleon() { touch started; }
            source ./nucleon.bash
            COMP_LINE=$1 COMP_POINT=${#1}
            read -ra COMP_WORDS <<<"${1//=/ = }"
            [[ $1 != *' ' ]] || COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _nucleon
            printf '%s\\n' "${COMPREPLY[@]}"
            """;

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'nucleon in'                        | invoke",
                "'nucleon -o json ver'               | version",
                "'nucleon -o y'                      | yaml",
                "'nucleon completion p'              | powershell",
                "'nucleon run --transport s'         | shm",
                "'nucleon run --transport=u'         | unix",
                "'nucleon invoke --rep'              | --repeat",
                "'nucleon help exit'                 | exit-codes",
                "'nucleon explain NUC-402'           | NUC-4020 NUC-4021 NUC-4022 NUC-4023 NUC-4024",
                "'nucleon invoke or'                 | orders",
                "'nucleon invoke fi'                 | 'file with blanks'",
                "'nucleon run fi'                    | 'file with blanks'",
                "'nucleon run x --env-file fi'       | 'file with blanks'",
                "'nucleon invoke x -b fi'            | ''",
                "'nucleon --co'                      | '--context --color'",
            })
    void completesInBashWithoutStartingAnything(String line, String expected) throws Exception {
        Files.writeString(home.resolve("nucleon.bash"), script("bash"));
        Files.writeString(home.resolve("file with blanks"), "");
        new RunStates(UserFolders.of(Map.of("HOME", home.toString())))
                .publish(RunState.ofThisProcess("orders", URI.create("http://127.0.0.1:8080"), HostUrls.NONE, home));

        List<String> candidates = bash(line);

        assertThat(String.join(" ", candidates)).isEqualTo(expected);
        assertThat(home.resolve("started")).doesNotExist();
    }

    @Test
    void offersEveryVerbAndFlagInEveryShell() {
        for (String shell : CompletionVerb.SHELLS) {
            String script = script(shell);
            for (Verb verb : Verb.values()) {
                assertThat(script).as(shell).contains(verb.word());
                Stream<String> names = Completion.flags(verb).stream().flatMap(flag -> flag.names().stream());
                assertThat(names)
                        .as(shell)
                        .allMatch(name -> script.contains(
                                shell.equals("fish")
                                        ? name.replaceFirst("^--", "-l ").replaceFirst("^-(\\w)$", "-s $1")
                                        : name));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void isASoundScript(String shell) throws Exception {
        assumeThat(isInstalled(shell)).as(shell + " is installed").isTrue();
        Path file = Files.writeString(home.resolve("script"), script(shell));

        Process check = new ProcessBuilder(shell, "-n", file.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(check.waitFor()).isZero();
    }

    @Test
    void knowsFourShells() {
        assertThat(Transcript.in(home).run("completion", "tcsh")).hasToString("""
                        error[NUC-8001]: SHELL can't be 'tcsh'
                          do    did you mean 'bash'?
                                nucleon explain NUC-8001
                        exit 2
                        """);
    }

    private String script(String shell) {
        return Transcript.in(home).run("completion", shell).out();
    }

    private List<String> bash(String line) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", "--norc", "-c", BASH, "bash", line).directory(home.toFile());
        builder.environment().putAll(Map.of("HOME", home.toString()));
        builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        return out.lines().toList();
    }

    private static boolean isInstalled(String command) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }
}
