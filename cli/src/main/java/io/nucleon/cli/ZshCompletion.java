package io.nucleon.cli;

import io.nucleon.cli.Completion.Flag;
import io.nucleon.command.Verb;

/** The script for zsh. Stateless. */
final class ZshCompletion {
    private static final String START = """
            #compdef nucleon
            # zsh completion for nucleon. Use: source <(nucleon completion zsh), or put it into a folder of $fpath as _nucleon
            _nucleon_functions() {
                local -a names
                names=({"${XDG_RUNTIME_DIR:-/nowhere}","${XDG_STATE_HOME:-$HOME/.local/state}"}/nucleon/run{,/deployed}/*.json(N:t:r))
                names=("${(@)names%@*}")
                _alternative 'functions:function:compadd -a names' 'files:file:_files'
            }

            _nucleon() {
                local curcontext="$curcontext" state state_descr line
                local -a verbs
                typeset -A opt_args
                verbs=(
            """;

    private ZshCompletion() {}

    static String script() {
        StringBuilder text = new StringBuilder(START);
        for (Verb verb : Verb.values()) {
            text.append("        ")
                    .append(Completion.quoted(verb.word() + ":" + verb.summary()))
                    .append('\n');
        }
        text.append("    )\n    _arguments -C '1:verb:->verb' '*::word:->words'\n    case $state in\n");
        text.append("        verb) _describe verb verbs ;;\n        words)\n            case $words[1] in\n");
        for (Verb verb : Verb.values()) {
            text.append("                ").append(verb.word()).append(")\n                    _arguments");
            for (Flag flag : Completion.flags(verb)) {
                flag.names()
                        .forEach(name ->
                                text.append(" \\\n                        ").append(flag(name, flag)));
            }
            text.append(word(verb)).append(" ;;\n");
        }
        text.append("            esac ;;\n    esac\n}\n\n");
        return text.append(
                        "if [[ $funcstack[1] == _nucleon ]]; then _nucleon \"$@\"; else compdef _nucleon nucleon; fi\n")
                .toString();
    }

    private static String flag(String name, Flag flag) {
        String description =
                flag.description().replace("[", "(").replace("]", ")").replace(":", "\\:");
        // Every flag may come again: those that can't simply take the later value.
        String spec = "*" + name + (flag.value() && name.startsWith("--") ? "=" : "") + "[" + description + "]";
        if (flag.value()) {
            spec += ":value:" + (flag.isFile() ? "_files" : "(" + String.join(" ", flag.choices()) + ")");
        }
        return Completion.quoted(spec);
    }

    private static String word(Verb verb) {
        String action = switch (Completion.word(verb)) {
            case NONE -> "";
            case FILE -> "'*:file:_files'";
            case FUNCTION -> "'*:function:_nucleon_functions'";
            case CHOICE -> Completion.quoted("1:page:(" + String.join(" ", Completion.choices(verb)) + ")");
        };
        return action.isEmpty() ? "" : " \\\n                        " + action;
    }
}
