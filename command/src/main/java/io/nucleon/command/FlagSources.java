package io.nucleon.command;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.problem.SpecException;
import io.nucleon.spec.yaml.ListNode;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.MapNode.Entry;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where the values of flags come from that are not typed: {@code NUCLEON_FLAG}, nuctl's variables, then settings files, the nearest first.
 * A value is handed on as the words that would be typed, so that it is read and checked as these. Immutable.
 */
public final class FlagSources {
    /** The variable that, as {@code off}, keeps settings files from being read. */
    public static final String SETTINGS = "NUCLEON_SETTINGS";

    /** The variables of nuctl that are read too, by the flag they stand for. */
    static final Map<String, String> NUCTL = Map.of(
            "--platform", "NUCTL_PLATFORM",
            "--namespace", "NUCTL_NAMESPACE",
            "--registry", "NUCTL_REGISTRY",
            "--run-registry", "NUCTL_RUN_REGISTRY",
            "--external-ips", "NUCTL_EXTERNAL_IP_ADDRESSES");

    private final Map<String, String> env;
    private final List<SettingsFile> files;
    private final List<Problem> problems;

    private FlagSources(Map<String, String> env, List<SettingsFile> files, List<Problem> problems) {
        this.env = env;
        this.files = files;
        this.problems = problems;
    }

    /** The environment and the settings files of a command. Files that are wrong are told of when a verb is read. */
    public static FlagSources of(Terminal terminal) {
        SettingsFiles.Found found = SettingsFiles.find(terminal.env(), terminal.folder());
        return new FlagSources(terminal.env(), found.files(), found.problems());
    }

    /** The environment alone. */
    public static FlagSources variables(Map<String, String> env) {
        return of(env, SettingsFiles.Found.NONE);
    }

    static FlagSources of(Map<String, String> env, SettingsFiles.Found found) {
        return new FlagSources(env, found.files(), found.problems());
    }

    /** Whether a variable or file may set one of these flags, without their dashes. Loads no parser. */
    public static boolean mention(Terminal terminal, List<String> flags) {
        return flags.stream().anyMatch(flag -> terminal.env().containsKey(variable("--" + flag)))
                || SettingsFiles.mention(terminal.env(), terminal.folder(), flags);
    }

    /** What is worth a word though the command goes on. */
    public List<ErrorMessage> warnings() {
        return problems.stream()
                .filter(problem -> !problem.isError())
                .map(Problem::toMessage)
                .toList();
    }

    /** The value of a flag of every verb as it is written, wherever it comes from; for messages about what could not be read. */
    static Optional<String> written(Terminal terminal, String flag) {
        String value = terminal.env().get(variable("--" + flag));
        if (value != null || !SettingsFiles.mention(terminal.env(), terminal.folder(), List.of(flag))) {
            return Optional.ofNullable(value);
        }
        try {
            OptionSpec option = CommandReader.spec(Verb.VERSION).findOption("--" + flag);
            return of(terminal).find(Verb.VERSION, option).map(one -> String.join(",", one.values()));
        } catch (NucleonException e) {
            return Optional.empty(); // it is told of, if it was not the reason
        }
    }

    /** The same without files, if one of them is wrong for this verb. */
    FlagSources usable(Verb verb) {
        try {
            check(Set.of(verb));
            CommandReader.checkValues(verb, of(verb, CommandReader.spec(verb), option -> false));
            return this;
        } catch (NucleonException e) {
            return variables(env);
        }
    }

    /**
     * Checks what the files say about these verbs.
     *
     * @throws SpecException for all that is wrong
     */
    void check(Set<Verb> verbs) {
        List<Problem> errors = errors(verbs);
        if (!errors.isEmpty()) {
            throw new SpecException(errors);
        }
    }

    private List<Problem> errors(Set<Verb> verbs) {
        if (verbs.stream().noneMatch(SettingsKeys::mayBeSet)) {
            return List.of();
        }
        Problems all = new Problems();
        problems.stream().filter(Problem::isError).forEach(all::add);
        files.forEach(file -> SettingsKeys.check(file, verbs, all));
        return all.inOrder();
    }

    /** The values of a verb's flags, but for those that are typed. */
    List<Sourced> of(Verb verb, CommandSpec spec, Predicate<OptionSpec> isTyped) {
        List<Sourced> values = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            if (!option.usageHelp() && !option.versionHelp() && !isTyped.test(option)) {
                find(verb, option).ifPresent(values::add);
            }
        }
        return values;
    }

    private Optional<Sourced> find(Verb verb, OptionSpec option) {
        String flag = option.longestName();
        for (String variable : List.of(variable(flag), NUCTL.getOrDefault(flag, ""))) {
            String value = env.getOrDefault(variable, "");
            if (!value.isEmpty()) {
                return Optional.of(Sourced.of(option, ScalarNode.literal(value), Origin.variable(variable)));
            }
        }
        if (SettingsKeys.mayBeSet(verb)) {
            for (SettingsFile file : files) {
                Optional<Sourced> value = inFile(file, verb, option);
                if (value.isPresent()) {
                    return value;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Sourced> inFile(SettingsFile file, Verb verb, OptionSpec option) {
        boolean own = !FlagTable.isGlobal(option) && !option.hidden();
        Optional<Entry> entry = own ? SettingsKeys.entry(file.root().map(verb.word()), option) : Optional.empty();
        if (entry.isEmpty() && SettingsKeys.isAtTop(option)) {
            entry = SettingsKeys.entry(file.root(), option);
        }
        return entry.map(one ->
                Sourced.of(option, one.value(), Origin.line(one.position().place())));
    }

    private static String variable(String flag) {
        return "NUCLEON_" + flag.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * A flag with a value that was not typed. Immutable.
     *
     * @param words that would have been typed; none for a flag that is switched off
     * @param values as they are written, one for each time that the flag would be typed
     */
    record Sourced(OptionSpec option, List<String> words, List<String> values, Origin origin) {
        private static final int MOST_TIMES = 9;

        static Sourced of(OptionSpec option, Node node, Origin origin) {
            List<String> values = new ArrayList<>();
            switch (node) {
                case ScalarNode scalar -> values.add(scalar.text());
                case ListNode list
                when option.isMultiValue() && option.arity().max() > 0 ->
                    list.items().forEach(item -> values.add(text(option, item, origin)));
                case MapNode map
                when Map.class.isAssignableFrom(option.type()) ->
                    map.entries().forEach(one -> values.add(one.key() + "=" + text(option, one.value(), origin)));
                default -> throw misshapen(option, node, origin);
            }
            return new Sourced(option, words(option, values, origin), List.copyOf(values), origin);
        }

        private static String text(OptionSpec option, Node node, Origin origin) {
            if (node instanceof ScalarNode scalar && !scalar.isNull()) {
                return scalar.text();
            }
            throw misshapen(option, node, origin);
        }

        private static List<String> words(OptionSpec option, List<String> values, Origin origin) {
            String flag = option.longestName();
            List<String> words = new ArrayList<>();
            for (String value : values) {
                boolean on = value.equalsIgnoreCase("true");
                if (option.arity().max() == 0) {
                    words.addAll(Collections.nCopies(times(option, value, on, origin), flag));
                } else if (option.arity().min() == 0 && on) {
                    words.add(flag + "=" + option.fallbackValue());
                } else {
                    words.add(flag + "=" + value);
                }
            }
            return List.copyOf(words);
        }

        /** How often a flag without a value would be typed; {@code verbose} may be said several times. */
        private static int times(OptionSpec option, String value, boolean on, Origin origin) {
            if (on || value.equalsIgnoreCase("false")) {
                return on ? 1 : 0;
            }
            if (option.isMultiValue() && value.matches("\\d")) {
                return Math.min(MOST_TIMES, Integer.parseInt(value));
            }
            throw from(
                    origin,
                    UsageError.badValue(option.longestName(), value, "it is true or false", "")
                            .error());
        }

        private static RuntimeException misshapen(OptionSpec option, Node node, Origin origin) {
            return from(
                    origin,
                    ErrorMessage.of(
                            ErrorCode.USAGE,
                            option.longestName() + " can't be " + node.describe(),
                            "it is written " + option.paramLabel(),
                            ""));
        }

        /** The error about the flag's value, with where it comes from. */
        static RuntimeException from(Origin origin, ErrorMessage error) {
            return new ErrorMessage(
                            origin.isFile() ? ErrorCode.SETTINGS_WRONG : error.code(),
                            error.what() + " (" + origin.text() + ")",
                            error.why(),
                            error.fix())
                    .at(origin.place())
                    .toException();
        }
    }
}
