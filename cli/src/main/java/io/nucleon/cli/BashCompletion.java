package io.nucleon.cli;

import io.nucleon.cli.Completion.Flag;
import io.nucleon.command.Verb;
import java.util.List;

/** The script for bash. Stateless. */
final class BashCompletion {
    private static final String START = """
            # bash completion for nucleon. Use: source <(nucleon completion bash)
            _nucleon_functions() {
                local folder file
                for folder in "${XDG_RUNTIME_DIR:-/nowhere}/nucleon/run" "${XDG_STATE_HOME:-$HOME/.local/state}/nucleon/run"; do
                    for file in "$folder"/*.json "$folder"/deployed/*.json; do
                        [[ -e $file ]] || continue
                        file=${file##*/}
                        file=${file%.json}
                        printf '%s\\n' "${file%@*}"
                    done
                done
            }

            _nucleon_files() {
                compopt -o filenames 2>/dev/null
                mapfile -t COMPREPLY < <(compgen -f -- "$1")
            }

            _nucleon_words() {
                mapfile -t COMPREPLY < <(compgen -W "$2" -- "$1")
            }

            _nucleon() {
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} verb='' i
                COMPREPLY=()
                # --flag=value comes as three words.
                if [[ $cur == = ]]; then
                    cur=''
                elif [[ $prev == = ]]; then
                    prev=${COMP_WORDS[COMP_CWORD - 2]}
                fi
                for ((i = 1; i < COMP_CWORD; i++)); do
                    case ${COMP_WORDS[i]} in
            """;

    private BashCompletion() {}

    static String script() {
        StringBuilder text = new StringBuilder(START);
        line(text, 3, String.join(" | ", globalsWithValue()) + ") ((i++)) ;;");
        line(text, 3, "-* | =) ;;");
        line(text, 3, "*) verb=${COMP_WORDS[i]}; break ;;");
        line(text, 2, "esac");
        line(text, 1, "done");
        line(text, 1, "case $verb:$prev in");
        for (Verb verb : Verb.values()) {
            Completion.flags(verb).forEach(flag -> value(verb.word(), flag, text));
        }
        Completion.flags(Verb.VERSION).forEach(flag -> value("", flag, text));
        line(text, 1, "esac");
        line(text, 1, "if [[ $cur == -* ]]; then");
        line(text, 2, "case $verb in");
        for (Verb verb : Verb.values()) {
            line(
                    text,
                    3,
                    verb.word() + ") _nucleon_words \"$cur\" " + Completion.quoted(Completion.names(verb)) + " ;;");
        }
        line(text, 3, "'') _nucleon_words \"$cur\" " + Completion.quoted(Completion.names(Verb.VERSION)) + " ;;");
        line(text, 2, "esac");
        line(text, 2, "return");
        line(text, 1, "fi");
        line(text, 1, "case $verb in");
        line(text, 2, "'') _nucleon_words \"$cur\" " + Completion.quoted(String.join(" ", Verb.words())) + " ;;");
        for (Verb verb : Verb.values()) {
            word(verb, text);
        }
        line(text, 1, "esac");
        return text.append("}\n\ncomplete -F _nucleon nucleon\n").toString();
    }

    private static void value(String verb, Flag flag, StringBuilder text) {
        if (!flag.value()) {
            return;
        }
        StringBuilder pattern = new StringBuilder();
        flag.names()
                .forEach(name -> pattern.append(pattern.isEmpty() ? "" : " | ").append(verb + ":" + name));
        String action = flag.isFile()
                ? "_nucleon_files \"$cur\"; "
                : flag.choices().isEmpty()
                        ? ""
                        : "_nucleon_words \"$cur\" " + Completion.quoted(String.join(" ", flag.choices())) + "; ";
        line(text, 2, pattern + ") " + action + "return ;;");
    }

    private static void word(Verb verb, StringBuilder text) {
        String action = switch (Completion.word(verb)) {
            case NONE -> "";
            case FILE -> "_nucleon_files \"$cur\"";
            case FUNCTION ->
                "_nucleon_files \"$cur\"; "
                        + "mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen -W \"$(_nucleon_functions)\" -- \"$cur\")";
            case CHOICE -> "_nucleon_words \"$cur\" " + Completion.quoted(String.join(" ", Completion.choices(verb)));
        };
        if (!action.isEmpty()) {
            line(text, 2, verb.word() + ") " + action + " ;;");
        }
    }

    private static List<String> globalsWithValue() {
        return Completion.flags(Verb.VERSION).stream()
                .filter(Flag::value)
                .flatMap(flag -> flag.names().stream())
                .toList();
    }

    private static void line(StringBuilder text, int depth, String line) {
        text.append("    ".repeat(depth)).append(line).append('\n');
    }
}
