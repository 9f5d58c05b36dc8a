package io.nucleon.cli;

import io.nucleon.command.FlagTable;
import io.nucleon.command.LookOptions;
import io.nucleon.command.TemplatesOptions;
import io.nucleon.command.Verb;
import io.nucleon.error.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/** What can be completed, the same for every shell. Stateless. */
final class Completion {
    private Completion() {}

    /**
     * A flag.
     *
     * @param names as typed, with their dashes
     * @param value whether it takes one
     * @param choices its values, if they are few
     * @param isFile whether its value is a file
     */
    record Flag(List<String> names, boolean value, List<String> choices, boolean isFile, String description) {}

    /** What the words of a verb are. */
    enum Word {
        NONE,
        FILE,
        FUNCTION,
        CHOICE
    }

    static List<Flag> flags(Verb verb) {
        return FlagTable.visible(verb).stream().map(Completion::flag).toList();
    }

    static Word word(Verb verb) {
        return switch (verb) {
            case RUN, TEST, BUILD, DEPLOY, CONFORMANCE -> Word.FILE;
            case INVOKE, REPLAY, BENCH, GET, LOGS, DELETE -> Word.FUNCTION;
            case EXPLAIN, HELP, COMPLETION, EVENTS, LIST, TEMPLATES -> Word.CHOICE;
            case NEW, DOCTOR, PROCESSOR, VERSION -> Word.NONE;
        };
    }

    static List<String> choices(Verb verb) {
        return switch (verb) {
            case EXPLAIN -> {
                List<String> pages = new ArrayList<>(List.of("last"));
                Arrays.stream(ErrorCode.values()).map(ErrorCode::code).forEach(pages::add);
                yield pages;
            }
            case HELP -> {
                List<String> pages = new ArrayList<>(Verb.words());
                pages.addAll(HelpVerb.topics());
                yield pages;
            }
            case COMPLETION -> CompletionVerb.SHELLS;
            case LIST ->
                Arrays.stream(LookOptions.What.values())
                        .map(LookOptions.What::toString)
                        .toList();
            case EVENTS -> {
                List<String> words = new ArrayList<>(EventsVerb.WORDS);
                words.add("discard");
                SampleEvent.all().stream().map(SampleEvent::name).forEach(words::add);
                yield words;
            }
            case TEMPLATES -> {
                List<String> words = new ArrayList<>(TemplatesOptions.WORDS);
                words.addAll(BuiltInTemplate.NAMES);
                yield words;
            }
            case NEW,
                    RUN,
                    INVOKE,
                    REPLAY,
                    TEST,
                    BENCH,
                    BUILD,
                    DEPLOY,
                    DELETE,
                    CONFORMANCE,
                    PROCESSOR,
                    GET,
                    LOGS,
                    DOCTOR,
                    VERSION -> List.of();
        };
    }

    /** Names of all flags of a verb, with a blank between. */
    static String names(Verb verb) {
        return flags(verb).stream().flatMap(flag -> flag.names().stream()).collect(Collectors.joining(" "));
    }

    /** A text in single quotes, for shells whose quotes work as in sh. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static Flag flag(OptionSpec option) {
        List<String> names = new ArrayList<>(List.of(option.names()));
        names.removeIf(name -> !name.startsWith("--") && name.length() > 2);
        boolean value = option.arity().max() > 0;
        return new Flag(
                List.copyOf(names),
                value,
                FlagTable.values(option),
                value && option.paramLabel().equals("FILE"),
                FlagTable.description(option));
    }
}
