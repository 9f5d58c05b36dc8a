package io.nucleon.command;

import io.nucleon.command.FlagSources.Sourced;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NearestName;
import io.nucleon.error.NucleonException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reads the words behind a verb into its options. Order-free, {@code --flag value} or {@code --flag=value}, {@code --} ends flags. A
 * flag that is not given takes its value from {@link FlagSources}, then its default. Stateless.
 */
public final class CommandReader {
    /** They must be shown whatever a settings file holds: they say what is wrong with it. */
    private static final Set<Verb> PAGES = EnumSet.of(Verb.HELP, Verb.EXPLAIN, Verb.COMPLETION, Verb.VERSION);

    private CommandReader() {}

    /**
     * Fills the options.
     *
     * @throws NucleonException NUC-8001 for whatever is wrong with the words, NUC-8015 for settings files; nothing is guessed
     */
    public static <T extends VerbOptions> T read(Verb verb, T options, List<String> words, FlagSources sources) {
        CommandLine line = line(verb, options);
        CommandSpec spec = line.getCommandSpec();
        List<String> typed = whole(spec, words);
        ParseResult given = parse(verb, line, typed, List.of());
        boolean page = PAGES.contains(verb)
                || options.global().help()
                || options.global().version();
        FlagSources usable = page ? sources.usable(verb) : sources;
        usable.check(Set.of(verb));
        List<Sourced> sourced = usable.of(verb, spec, given::hasMatchedOption);
        if (!sourced.isEmpty()) {
            parse(verb, line, behind(sourced, typed), sourced);
        }
        if (!options.global().help() && !options.global().version()) {
            check(options, sourced);
        }
        return options;
    }

    private static List<String> behind(List<Sourced> sourced, List<String> typed) {
        List<String> words = new ArrayList<>();
        sourced.forEach(one -> words.addAll(one.words()));
        words.addAll(typed);
        return words;
    }

    /** Reads values that nobody typed, and nothing else. */
    static void checkValues(Verb verb, List<Sourced> sourced) {
        CommandLine line = line(verb, verb.options());
        // Words that the verb needs are not there; only flags count here.
        line.getCommandSpec().parser().collectErrors(true);
        ParseResult read = line.parseArgs(behind(sourced, List.of()).toArray(new String[0]));
        for (Exception error : read.errors()) {
            if (error instanceof ParameterException wrong && wrong.getArgSpec() instanceof OptionSpec) {
                throw usage(verb, line.getCommandSpec(), sourced, wrong);
            }
        }
    }

    private static ParseResult parse(Verb verb, CommandLine line, List<String> words, List<Sourced> sourced) {
        try {
            return line.parseArgs(words.toArray(new String[0]));
        } catch (ParameterException e) {
            throw usage(verb, line.getCommandSpec(), sourced, e);
        }
    }

    private static RuntimeException usage(Verb verb, CommandSpec spec, List<Sourced> sourced, ParameterException e) {
        NucleonException error = usage(verb, spec, e);
        return sourced.stream()
                .filter(one -> e.getArgSpec() instanceof OptionSpec option
                        && option.longestName().equals(one.option().longestName()))
                .findFirst()
                .map(one -> Sourced.from(one.origin(), error.error()))
                .orElse(error);
    }

    /** A message about a flag that was not typed says where its value comes from. */
    private static void check(VerbOptions options, List<Sourced> sourced) {
        try {
            options.check();
        } catch (NucleonException e) {
            List<String> words = List.of(e.error().what().split("[ ,]+"));
            List<Sourced> named = sourced.stream()
                    .filter(one -> words.contains(one.option().longestName()))
                    .toList();
            if (named.isEmpty()) {
                throw e;
            }
            if (words.getFirst().equals(named.getFirst().option().longestName())) {
                throw Sourced.from(named.getFirst().origin(), e.error());
            }
            // Two flags that don't go together, of which only one was typed, or none.
            String where = named.stream()
                    .map(one -> one.option().longestName() + " is set: "
                            + one.origin().text())
                    .collect(Collectors.joining(", "));
            throw new ErrorMessage(
                            e.code(),
                            e.error().what() + " (" + where + ")",
                            e.error().why(),
                            e.error().fix())
                    .toException();
        }
    }

    /** The flags and words of a verb, for help and completion. */
    public static CommandSpec spec(Verb verb) {
        return line(verb, verb.options()).getCommandSpec();
    }

    static CommandLine line(Verb verb, VerbOptions options) {
        return new CommandLine(options)
                .setCommandName(verb.word())
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .registerConverter(Duration.class, new Durations());
    }

    /** A flag whose number may be left out takes no word for it that is none: {@code --inspect orders}. */
    private static List<String> whole(CommandSpec spec, List<String> words) {
        List<String> whole = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            OptionSpec option = spec.findOption(words.get(i));
            boolean number = i + 1 < words.size() && words.get(i + 1).matches("\\d+");
            boolean left = option != null
                    && option.arity().min() == 0
                    && option.arity().max() == 1
                    && option.type() == Integer.class
                    && !number;
            whole.add(left ? words.get(i) + "=" + option.fallbackValue() : words.get(i));
        }
        return whole;
    }

    private static NucleonException usage(Verb verb, CommandSpec spec, ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().getFirst();
            if (!word.startsWith("-") || word.equals("-")) {
                return UsageError.tooMuch(verb, word);
            }
            return UsageError.noFlag(verb, word.replaceFirst("=.*", ""), flags(spec));
        }
        if (e instanceof MissingParameterException missing) {
            ArgSpec first = missing.getMissing().isEmpty()
                    ? e.getArgSpec()
                    : missing.getMissing().getFirst();
            return first instanceof OptionSpec option
                    ? UsageError.error(
                            option.longestName() + " needs a value: " + option.paramLabel(),
                            "",
                            "see its values: nucleon help " + verb.word())
                    : UsageError.missing(verb, "a word: " + first.paramLabel(), String.join(" ", first.description()));
        }
        return badValue(e);
    }

    private static NucleonException badValue(ParameterException e) {
        ArgSpec argument = e.getArgSpec();
        String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
        String value = e.getValue() == null ? "" : e.getValue();
        Class<?> type = argument.auxiliaryTypes().length > 0 ? argument.auxiliaryTypes()[0] : argument.type();
        if (type.isEnum()) {
            List<String> values =
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
            return UsageError.badValue(name, value, "", NearestName.advice(value, values, "values: "));
        }
        String why = type == Duration.class
                ? Durations.FORM
                : type == String.class ? "it is written " + argument.paramLabel() : "a whole number is needed";
        return UsageError.badValue(name, value, why, "");
    }

    private static List<String> flags(CommandSpec spec) {
        List<String> flags = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                flags.addAll(Arrays.asList(option.names()));
            }
        }
        return flags;
    }
}
