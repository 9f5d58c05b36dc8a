package io.nucleon.cli;

import io.nucleon.cli.Completion.Flag;
import io.nucleon.command.Verb;

/** The script for fish. Stateless. */
final class FishCompletion {
    private static final String START = """
            # fish completion for nucleon. Use: nucleon completion fish | source
            function __nucleon_functions
                set -l state $XDG_STATE_HOME
                test -n "$state"; or set state $HOME/.local/state
                for file in $XDG_RUNTIME_DIR/nucleon/run/*.json $XDG_RUNTIME_DIR/nucleon/run/deployed/*.json $state/nucleon/run/*.json $state/nucleon/run/deployed/*.json
                    string replace -r '.*/([^@/]*)(@[^/]*)?\\.json$' '$1' -- $file
                end
            end

            complete -c nucleon -f
            """;

    private FishCompletion() {}

    static String script() {
        StringBuilder text = new StringBuilder(START);
        for (Verb verb : Verb.values()) {
            text.append("complete -c nucleon -n __fish_use_subcommand -a ")
                    .append(verb.word())
                    .append(" -d ")
                    .append(quoted(verb.summary()))
                    .append('\n');
        }
        for (Verb verb : Verb.values()) {
            String condition = "complete -c nucleon -n '__fish_seen_subcommand_from " + verb.word() + "'";
            Completion.flags(verb).forEach(flag -> flag(condition, flag, text));
            word(condition, verb, text);
        }
        return text.toString();
    }

    private static void flag(String condition, Flag flag, StringBuilder text) {
        text.append(condition);
        for (String name : flag.names()) {
            text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (flag.isFile()) {
            text.append(" -r -F");
        } else if (flag.value()) {
            text.append(" -x");
            if (!flag.choices().isEmpty()) {
                text.append(" -a ").append(quoted(String.join(" ", flag.choices())));
            }
        }
        text.append(" -d ").append(quoted(flag.description())).append('\n');
    }

    private static void word(String condition, Verb verb, StringBuilder text) {
        switch (Completion.word(verb)) {
            case NONE -> {
                return;
            }
            case FILE -> text.append(condition).append(" -F\n");
            case FUNCTION -> text.append(condition).append(" -F -a '(__nucleon_functions)'\n");
            case CHOICE ->
                text.append(condition)
                        .append(" -a ")
                        .append(quoted(String.join(" ", Completion.choices(verb))))
                        .append('\n');
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
