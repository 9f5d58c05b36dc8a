package io.nucleon.command;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NearestName;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.problem.Report;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.MapNode.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Which keys a settings file may have: at its top the flags of every verb, and those that nuctl has variables for; below the name of a verb
 * its own flags. Stateless.
 */
final class SettingsKeys {
    /** They agree to what one command is about to do, or ask for something else than its work. */
    private static final Set<String> TYPED_ONLY = Set.of("--yes", "--force", "--help", "--version", "--rollback");

    private SettingsKeys() {}

    /** Whether verbs take anything from settings files; what runs in an image takes all from its own file. */
    static boolean mayBeSet(Verb verb) {
        return verb != Verb.PROCESSOR;
    }

    /** Whether a flag may be set at the top of a file. */
    static boolean isAtTop(OptionSpec option) {
        return FlagTable.isGlobal(option) || FlagSources.NUCTL.containsKey(option.longestName());
    }

    /** The entry of a mapping that sets a flag. */
    static Optional<Entry> entry(MapNode map, OptionSpec option) {
        return map.entries().stream()
                .filter(entry -> !entry.value().isNull() && isKeyOf(entry.key(), option))
                .findFirst();
    }

    private static boolean isKeyOf(String key, OptionSpec option) {
        return Arrays.asList(option.names()).contains("--" + key);
    }

    /** Checks the keys of a file, below the names of verbs only those of the given ones. */
    static void check(SettingsFile file, Set<Verb> verbs, Problems problems) {
        for (Entry entry : file.root().entries()) {
            Optional<Verb> verb = Verb.of(entry.key());
            if (verb.isPresent()) {
                checkVerb(entry, verb.get(), verbs, problems);
            } else {
                checkFlag(entry, topFlags(), problems, "");
            }
        }
    }

    private static void checkVerb(Entry entry, Verb verb, Set<Verb> verbs, Problems problems) {
        if (!mayBeSet(verb)) {
            report(entry, problems)
                    .here("sets flags of " + verb.word())
                    .why("it takes none from settings files, so that it runs alike everywhere")
                    .fix("write them behind the command")
                    .add();
        } else if (entry.value() instanceof MapNode map) {
            if (verbs.contains(verb)) {
                List<OptionSpec> own = FlagTable.own(CommandReader.spec(verb));
                map.entries().forEach(one -> checkFlag(one, own, problems, verb.word()));
            }
        } else if (!entry.value().isNull()) {
            report(entry, problems)
                    .here("has no flags of '" + verb.word() + "'")
                    .why("it is " + entry.value().describe() + ", not a mapping")
                    .fix("write them like '" + verb.word() + ": {FLAG: VALUE}'")
                    .add();
        }
    }

    private static void checkFlag(Entry entry, List<OptionSpec> flags, Problems problems, String verb) {
        Optional<OptionSpec> option =
                flags.stream().filter(one -> isKeyOf(entry.key(), one)).findFirst();
        if (option.isEmpty()) {
            report(entry, problems)
                    .here(
                            verb.isEmpty()
                                    ? "has an unknown key '" + entry.key() + "'"
                                    : "sets '" + entry.key() + "', which " + verb + " has not")
                    .fix(advice(entry.key(), flags, verb))
                    .add();
        } else if (TYPED_ONLY.contains(option.get().longestName())) {
            report(entry, problems)
                    .here("sets " + option.get().longestName())
                    .why("that is said for one command at a time")
                    .fix("remove the line")
                    .add();
        }
    }

    private static String advice(String key, List<OptionSpec> flags, String verb) {
        Set<String> keys = new LinkedHashSet<>();
        for (OptionSpec flag : flags) {
            if (!flag.hidden() && !TYPED_ONLY.contains(flag.longestName())) {
                Arrays.stream(flag.names())
                        .filter(name -> name.startsWith("--"))
                        .forEach(name -> keys.add(name.substring(2)));
            }
        }
        if (verb.isEmpty()) {
            List<String> verbs = verbsWith(key);
            if (!verbs.isEmpty()) {
                return "it is a flag of " + NearestName.list(verbs) + ": write '" + verbs.getFirst() + ": {" + key
                        + ": …}'";
            }
            keys.addAll(Verb.words());
        } else if (topFlags().stream().anyMatch(one -> isKeyOf(key, one))) {
            return "it is a flag of every verb: write it at the top, without indentation";
        }
        return NearestName.advice(key, keys, "keys: ");
    }

    private static List<String> verbsWith(String key) {
        return Arrays.stream(Verb.values())
                .filter(SettingsKeys::mayBeSet)
                .filter(verb -> FlagTable.own(CommandReader.spec(verb)).stream().anyMatch(one -> isKeyOf(key, one)))
                .map(Verb::word)
                .toList();
    }

    private static List<OptionSpec> topFlags() {
        List<OptionSpec> flags = new ArrayList<>(FlagTable.global(CommandReader.spec(Verb.VERSION)));
        for (Verb verb : List.of(Verb.DEPLOY, Verb.INVOKE)) {
            CommandSpec spec = CommandReader.spec(verb);
            FlagSources.NUCTL.keySet().stream()
                    .map(spec::findOption)
                    .filter(option -> option != null && !FlagTable.isGlobal(option))
                    .forEach(flags::add);
        }
        return flags;
    }

    private static Report report(Entry entry, Problems problems) {
        return new Report(problems, ErrorCode.SETTINGS_WRONG, entry.position().place(), "");
    }
}
