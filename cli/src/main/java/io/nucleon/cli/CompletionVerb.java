package io.nucleon.cli;

import io.nucleon.command.PageOptions;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.NearestName;
import java.util.List;

/** {@code nucleon completion}: a script that completes without ever starting a JVM. Stateless. */
final class CompletionVerb {
    static final List<String> SHELLS = List.of("bash", "zsh", "fish", "powershell");

    private CompletionVerb() {}

    static int run(Terminal terminal, PageOptions.Completion options) {
        terminal.out().print(script(options.shell()));
        return 0;
    }

    private static String script(String shell) {
        return switch (shell) {
            case "bash" -> BashCompletion.script();
            case "zsh" -> ZshCompletion.script();
            case "fish" -> FishCompletion.script();
            case "powershell" -> PowershellCompletion.script();
            default ->
                throw UsageError.badValue(
                        "SHELL", shell, "", NearestName.advice(shell, SHELLS, "there is completion for: "));
        };
    }
}
