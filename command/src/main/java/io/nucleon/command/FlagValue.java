package io.nucleon.command;

import io.nucleon.command.FlagSources.Sourced;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What a flag is set to. Immutable.
 *
 * @param verb whose flag it is; empty for a flag of every verb
 * @param flag as a settings file names it: {@code duration}
 * @param values as they are written, secrets masked; empty for a flag that is not set or switched off
 * @param origin who says so
 */
public record FlagValue(Optional<Verb> verb, String flag, List<String> values, Origin origin) {
    /** Their values may hold secrets, which nobody wants on a screen. */
    private static final Set<String> SECRET =
            Set.of("env", "header", "headers", "triggers", "data-bindings", "runtime-attrs", "platform-config");

    private static final String MASK = "****";

    /**
     * All flags of every verb as these words of {@code get} set them, then the flags of other verbs that a variable or file sets.
     *
     * @param whole a verb whose flags are all wanted
     * @throws io.nucleon.error.NucleonException for anything that is wrong with any verb's settings
     */
    public static List<FlagValue> all(List<String> words, FlagSources sources, Optional<Verb> whole) {
        sources.check(EnumSet.allOf(Verb.class));
        List<FlagValue> all = new ArrayList<>();
        add(Verb.GET, words, sources, FlagTable::global, true, all);
        for (Verb verb : Verb.values()) {
            boolean wanted = whole.filter(verb::equals).isPresent();
            add(verb, List.of(), sources, FlagTable::own, wanted, all);
        }
        return all;
    }

    private static void add(
            Verb verb,
            List<String> words,
            FlagSources sources,
            Function<CommandSpec, List<OptionSpec>> flags,
            boolean whole,
            List<FlagValue> all) {
        CommandLine line = CommandReader.line(verb, verb.options());
        CommandSpec spec = line.getCommandSpec();
        // Words that the verb needs are not there; only flags count here.
        spec.parser().collectErrors(true);
        ParseResult given = line.parseArgs(words.toArray(new String[0]));
        List<Sourced> sourced = sources.of(verb, spec, given::hasMatchedOption);
        CommandReader.checkValues(verb, sourced);
        for (OptionSpec option : flags.apply(spec)) {
            if (!option.usageHelp() && !option.versionHelp()) {
                value(verb, option, given, sourced, whole).ifPresent(all::add);
            }
        }
    }

    private static Optional<FlagValue> value(
            Verb verb, OptionSpec option, ParseResult given, List<Sourced> sourced, boolean whole) {
        Optional<Verb> owner = FlagTable.isGlobal(option) ? Optional.empty() : Optional.of(verb);
        String flag = option.longestName().replaceFirst("^-+", "");
        if (given.hasMatchedOption(option)) {
            List<String> typed = given.matchedOption(option.longestName()).originalStringValues();
            return Optional.of(new FlagValue(owner, flag, masked(flag, typed), Origin.FLAG));
        }
        Optional<Sourced> found =
                sourced.stream().filter(one -> one.option().equals(option)).findFirst();
        if (found.isPresent()) {
            return found.map(one -> new FlagValue(owner, flag, masked(flag, one.values()), one.origin()));
        }
        return whole ? Optional.of(new FlagValue(owner, flag, builtIn(option), Origin.BUILT_IN)) : Optional.empty();
    }

    private static List<String> builtIn(OptionSpec option) {
        Object value = option.initialValue();
        if (value == null || option.isMultiValue() || value.equals("")) {
            return List.of();
        }
        return List.of(value instanceof Duration time ? time.toSeconds() + "s" : value.toString());
    }

    private static List<String> masked(String flag, List<String> values) {
        return SECRET.contains(flag)
                ? values.stream()
                        .map(value -> value.matches("(?s)[^{=:]+[=:].*")
                                ? value.replaceFirst("(?s)([=:] ?).*", "$1" + MASK)
                                : MASK)
                        .toList()
                : values;
    }

    /** {@code platform}, {@code bench.duration}. */
    public String key() {
        return verb.map(one -> one.word() + ".").orElse("") + flag;
    }
}
