package io.nucleon.cli;

import io.nucleon.cli.Completion.Flag;
import io.nucleon.command.Verb;
import java.util.List;
import java.util.stream.Collectors;

/** The script for PowerShell. Stateless. */
final class PowershellCompletion {
    private static final String START = """
            # PowerShell completion for nucleon. Use: nucleon completion powershell | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName nucleon -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
            """;

    /** An empty answer makes PowerShell complete file names, which is what a path and a file's flag need. */
    private static final String END = """
                $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
                $verb = ''
                for ($i = 1; $i -lt $words.Count; $i++) {
                    if ($withValue -contains $words[$i]) { $i++ }
                    elseif (-not $words[$i].StartsWith('-')) { $verb = $words[$i]; break }
                }
                $previous = if ($words.Count -gt 0) { $words[-1] } else { '' }
                if ($verb -eq '' -and $withValue -contains $previous) { $candidates = $values["version:$previous"] }
                elseif ($verb -eq '') { $candidates = if ($wordToComplete -like '-*') { $flags['version'] } else { $verbs } }
                elseif ($values.ContainsKey("${verb}:$previous")) { $candidates = $values["${verb}:$previous"] }
                elseif ($wordToComplete -like '-*') { $candidates = $flags[$verb] }
                elseif ($verb -eq 'invoke') {
                    $state = if ($env:XDG_STATE_HOME) { $env:XDG_STATE_HOME } else { "$HOME/.local/state" }
                    $candidates = @("$env:XDG_RUNTIME_DIR", $state) | ForEach-Object { "$_/nucleon/run", "$_/nucleon/run/deployed" } | Where-Object { Test-Path $_ } |
                        ForEach-Object { Get-ChildItem $_ -Filter *.json } | ForEach-Object { $_.BaseName -replace '@.*$', '' }
                }
                else { $candidates = $choices[$verb] }
                $candidates | Where-Object { $_ -like "$wordToComplete*" } |
                    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """;

    private PowershellCompletion() {}

    static String script() {
        StringBuilder text = new StringBuilder(START);
        text.append("    $verbs = ").append(array(Verb.words())).append('\n');
        text.append("    $withValue = ").append(array(globalsWithValue())).append('\n');
        text.append("    $flags = @{\n");
        for (Verb verb : Verb.values()) {
            entry(
                    verb.word(),
                    Completion.flags(verb).stream()
                            .flatMap(f -> f.names().stream())
                            .toList(),
                    text);
        }
        text.append("    }\n    $values = @{\n");
        for (Verb verb : Verb.values()) {
            for (Flag flag : Completion.flags(verb)) {
                if (flag.value()) {
                    flag.names().forEach(name -> entry(verb.word() + ":" + name, flag.choices(), text));
                }
            }
        }
        text.append("    }\n    $choices = @{\n");
        for (Verb verb : Verb.values()) {
            if (!Completion.choices(verb).isEmpty()) {
                entry(verb.word(), Completion.choices(verb), text);
            }
        }
        return text.append("    }\n").append(END).toString();
    }

    private static void entry(String key, List<String> words, StringBuilder text) {
        text.append("        '").append(key).append("' = ").append(array(words)).append('\n');
    }

    private static String array(List<String> words) {
        return words.stream()
                .map(word -> "'" + word.replace("'", "''") + "'")
                .collect(Collectors.joining(", ", "@(", ")"));
    }

    private static List<String> globalsWithValue() {
        return Completion.flags(Verb.VERSION).stream()
                .filter(Flag::value)
                .flatMap(flag -> flag.names().stream())
                .toList();
    }
}
