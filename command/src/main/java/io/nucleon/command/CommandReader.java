package io.nucleon.command;

import io.nucleon.error.NearestName;
import io.nucleon.error.NucleonException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reads the words behind a verb into its options. Order-free, {@code --flag value} or {@code --flag=value}, {@code --} ends flags. A
 * flag that is not given takes its value from {@code NUCLEON_FLAG}, then from nuctl's variables, then its default. Stateless.
 */
public final class CommandReader {
    /** The variables of nuctl that are read too, with the flag they stand for. */
    private static final Map<String, String> NUCTL = Map.of(
            "--platform", "NUCTL_PLATFORM",
            "--namespace", "NUCTL_NAMESPACE");

    private CommandReader() {}

    /**
     * Fills the options.
     *
     * @throws NucleonException NUC-8001 for whatever is wrong with the words; nothing is guessed
     */
    public static <T extends VerbOptions> T read(Verb verb, T options, List<String> words, Map<String, String> env) {
        CommandLine line = line(verb, options);
        line.setDefaultValueProvider(fromEnvironment(env));
        try {
            line.parseArgs(whole(line.getCommandSpec(), words).toArray(new String[0]));
        } catch (ParameterException e) {
            throw usage(verb, line.getCommandSpec(), e);
        }
        if (!options.global().help() && !options.global().version()) {
            options.check();
        }
        return options;
    }

    /** The flags and words of a verb, for help and completion. */
    public static CommandSpec spec(Verb verb) {
        return line(verb, verb.options()).getCommandSpec();
    }

    private static CommandLine line(Verb verb, VerbOptions options) {
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

    private static IDefaultValueProvider fromEnvironment(Map<String, String> env) {
        return argument -> {
            if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
                return null;
            }
            String flag = option.longestName();
            String own = env.get(
                    "NUCLEON_" + flag.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT));
            String value = own == null && NUCTL.containsKey(flag) ? env.get(NUCTL.get(flag)) : own;
            return value == null || value.isEmpty() ? null : value;
        };
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
                    : UsageError.missing(verb, "a word: " + first.paramLabel());
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
