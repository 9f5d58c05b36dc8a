package io.nucleon.runtime.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import io.nucleon.os.ProgramStarter.Program;
import io.nucleon.runtime.shell.ShellSetting.ThroughShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {

    @TempDir
    Path folder;

    @Test
    void aScriptIsReadByWhatItsFirstLineNames() throws IOException {
        write("main.sh", "#!/bin/sh -e\necho\n");

        Command command = find("main.sh", Map.of());

        assertThat(command.program()).isEqualTo(Path.of("/bin/sh"));
        assertThat(arguments(command, "a b")).containsExactly("/bin/sh", "-e", folder + "/main.sh", "a", "b");
    }

    @Test
    void envIsSkippedWhereItOnlyLooksForAName() throws IOException {
        write("main.sh", "#!/usr/bin/env sh\r\n");
        write("words.awk", "#!/usr/bin/env -S awk -f\n");

        assertThat(find("main.sh", Map.of()).program())
                .isEqualTo(Programs.of(null).find("sh"));
        assertThat(find("words.awk", Map.of()).first()).startsWith("/usr/bin/env", "-S awk -f");
    }

    @Test
    void aProgramIsStartedAsItIs() throws IOException {
        Files.copy(Path.of("/bin/cat"), folder.resolve("mine"));

        assertThat(find("mine", Map.of()).program()).isEqualTo(folder.resolve("mine"));
    }

    @Test
    void aFileIsPreferredToAProgramOnPath() throws IOException {
        write("cat", "#!/bin/sh\n");

        assertThat(find("cat", Map.of()).program()).isEqualTo(Path.of("/bin/sh"));
        assertThat(find("head", Map.of()).program()).isEqualTo(Programs.of(null).find("head"));
    }

    @Test
    void nucliosVariableNamesTheFolder() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("run.sh"), "#!/bin/sh\n");

        Command command = find("run.sh", Map.of("NUCLIO_SHELL_HANDLER_DIR", other.toString()));

        assertThat(command.first()).contains(other + "/run.sh");
    }

    @Test
    void theFunctionsOwnPathIsSearched() throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path tool = Files.copy(Path.of("/bin/cat"), bin.resolve("tool"));

        assertThat(find("tool", Map.of("PATH", bin.toString())).program()).isEqualTo(tool);
    }

    @Test
    void whatIsNotThereIsSaid() {
        NucleonException thrown =
                catchThrowableOfType(NucleonException.class, () -> find("not-there-at-all.sh", Map.of()));

        assertThat(thrown.code()).isEqualTo(ErrorCode.HANDLER_MISSING);
        assertThat(thrown.error().why()).isEqualTo("File doesn't exist neither in working dir nor in PATH");
    }

    @Test
    void anInterpreterThatIsNotThereIsSaid() throws IOException {
        write("main.sh", "#!/usr/bin/env no-such-shell\n");

        NucleonException thrown = catchThrowableOfType(NucleonException.class, () -> find("main.sh", Map.of()));

        assertThat(thrown.code()).isEqualTo(ErrorCode.INTERPRETER_MISSING);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Command find(String handler, Map<String, String> environment) {
        var setting =
                new TestShell.Setting(folder, handler).environment(environment).build();
        return Command.find(setting, ShellSetting.of(setting));
    }

    private static List<String> arguments(Command command, String text) {
        Program program = command.with(text, false, ThroughShell.NEVER, List.of());
        return program.arguments();
    }
}
