package io.nucleon.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The flags of the verbs, as their annotations declare them: for completion and for the reference. Stateless. */
public final class FlagTable {
    private static final Set<String> GLOBAL =
            CommandReader.spec(Verb.VERSION).optionsMap().keySet();

    private FlagTable() {}

    /** A verb's own flags. */
    public static List<OptionSpec> own(CommandSpec spec) {
        return spec.options().stream()
                .filter(option -> !option.hidden() && !isGlobal(option))
                .sorted(Comparator.comparingInt(OptionSpec::order))
                .toList();
    }

    /** The flags that every verb has. */
    public static List<OptionSpec> global(CommandSpec spec) {
        return spec.options().stream().filter(FlagTable::isGlobal).toList();
    }

    /** All flags of a verb that are shown, its own first. */
    public static List<OptionSpec> visible(Verb verb) {
        CommandSpec spec = CommandReader.spec(verb);
        List<OptionSpec> all = new ArrayList<>(own(spec));
        all.addAll(global(spec));
        return all;
    }

    /** The values that a flag can have, if they are few. */
    public static List<String> values(OptionSpec option) {
        return option.completionCandidates() == null || option.arity().max() == 0
                ? List.of()
                : StreamSupport.stream(option.completionCandidates().spliterator(), false)
                        .distinct()
                        .toList();
    }

    /** What a flag does, in a few words. */
    public static String description(OptionSpec option) {
        return String.join(" ", option.description())
                .replace("${COMPLETION-CANDIDATES}", String.join(", ", values(option)));
    }

    static boolean isGlobal(OptionSpec option) {
        return GLOBAL.contains(option.longestName());
    }
}
