package io.nucleon.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes {@code docs/cli.md} from the flags' annotations. */
final class CliReference {
    private static final int COLUMN = 28;

    private static final String HEAD = """
            # The command line

            What `nucleon help VERB` shows. Made from the declarations of the flags, by which the command line is read; a test fails if this
            page is not what they say. `nucleon VERB -h` shows the examples and the verb's own flags.
            """;

    private CliReference() {}

    static String markdown() {
        return HEAD
                + Stream.of(Verb.values())
                        .map(verb -> "\n## nucleon " + verb.word() + "\n\n```text\n" + page(verb) + "```\n")
                        .collect(Collectors.joining());
    }

    private static String page(Verb verb) {
        CommandSpec spec = CommandReader.spec(verb);
        StringBuilder text = new StringBuilder(synopsis(verb, spec)).append('\n');
        verb.examples().forEach(example -> text.append("  ").append(example).append('\n'));
        if (!spec.positionalParameters().isEmpty() || !FlagTable.own(spec).isEmpty()) {
            text.append('\n');
        }
        for (PositionalParamSpec word : spec.positionalParameters()) {
            line(word.paramLabel(), String.join(" ", word.description()), text);
        }
        FlagTable.own(spec).forEach(option -> flag(option, text));
        text.append("\nFlags of every verb\n");
        FlagTable.global(spec).forEach(option -> flag(option, text));
        text.append("\nExit codes\n  ").append(exits(verb)).append("    what they mean: nucleon help exit-codes\n");
        if (!verb.json().isEmpty()) {
            text.append("\nWith -o json\n  ").append(verb.json()).append('\n');
        }
        return text.toString();
    }

    private static String synopsis(Verb verb, CommandSpec spec) {
        String words = spec.positionalParameters().stream()
                .map(word -> word.arity().min() == 0
                        ? " [" + word.paramLabel() + "]"
                        : " " + word.paramLabel() + (word.arity().max() > 1 ? "…" : ""))
                .collect(Collectors.joining());
        return "nucleon " + verb.word() + words + " [flags]    " + verb.summary() + "\n";
    }

    private static String exits(Verb verb) {
        TreeSet<Integer> exits = Stream.of(
                        ("0 2 70 130 143 " + verb.exits()).strip().split(" +"))
                .map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
        return exits.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static void flag(OptionSpec option, StringBuilder text) {
        List<String> names = new ArrayList<>(List.of(option.names()));
        names.removeIf(name -> !name.startsWith("--") && name.length() > 2);
        String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        line(String.join(", ", names) + label, FlagTable.description(option) + standard(option), text);
    }

    private static String standard(OptionSpec option) {
        Object value = option.initialValue();
        boolean shown = option.arity().max() > 0
                && value != null
                && !option.isMultiValue()
                && !value.toString().isEmpty()
                && !FlagTable.description(option).contains("(default");
        return shown ? " (default: " + (value instanceof Duration time ? time.toSeconds() + "s" : value) + ")" : "";
    }

    private static void line(String left, String right, StringBuilder text) {
        text.append("  ").append(left);
        if (left.length() > COLUMN - 2) {
            text.append('\n').append(" ".repeat(COLUMN + 2));
        } else {
            text.append(" ".repeat(COLUMN - left.length()));
        }
        text.append(right).append('\n');
    }
}
