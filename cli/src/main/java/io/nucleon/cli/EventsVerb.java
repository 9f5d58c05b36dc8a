package io.nucleon.cli;

import io.nucleon.command.EventsOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.NearestName;
import io.nucleon.host.UserFolders;
import io.nucleon.platform.WallClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code nucleon events list|show|send|save|saved|dead}: finds out which of them the words mean. Confined to one command. */
final class EventsVerb {

    /** What can be typed first. */
    static final List<String> WORDS = List.of("list", "show", "send", "save", "saved", "dead");

    private final Terminal terminal;
    private final UserFolders folders;
    private final EventsOptions options;
    private final Clock clock = new WallClock();

    EventsVerb(Terminal terminal, UserFolders folders, EventsOptions options) {
        this.terminal = terminal;
        this.folders = folders;
        this.options = options;
    }

    int run() {
        String word = options.words().getFirst();
        List<String> rest = options.words().subList(1, options.words().size());
        Recordings recordings = new Recordings(terminal, options, clock);
        return switch (word) {
            case "list" -> {
                expect(rest, 0, 1, "list, or list NAME");
                yield rest.isEmpty() ? kinds() : recordings.list(function(rest.getFirst()));
            }
            case "show" -> {
                expect(rest, 1, 2, "show KIND, show SAVED, or show NAME EVENT");
                yield rest.size() == 1
                        ? sample(rest.getFirst())
                        : recordings.show(function(rest.getFirst()).recorded(rest.getLast()));
            }
            case "send" -> {
                expect(rest, 1, 2, "send KIND NAME, send SAVED NAME, or send FILE NAME");
                EventInput event = event(rest.getFirst());
                boolean deployedFirst = TargetFinder.deployedFirst(options.global());
                TargetFinder finder = new TargetFinder(terminal, folders, options.global(), "events send KIND", clock);
                String name = rest.size() == 2 ? rest.getLast() : finder.onlyName("nucleon events send KIND NAME");
                FunctionEvents receiver = journals().receiver(name).preferring(deployedFirst);
                yield new SendVerb(terminal, options, receiver, finder.sent(name)).run(event);
            }
            case "save" -> save(recordings, rest);
            case "saved" -> {
                expect(rest, 0, 0, "saved");
                yield new SavedEvents(terminal).list(options);
            }
            case "dead" -> {
                expect(rest, 2, Integer.MAX_VALUE, "dead list NAME");
                yield new DeadLetters(terminal, options, clock)
                        .run(rest.getFirst(), function(rest.get(1)), rest.subList(2, rest.size()));
            }
            default ->
                throw UsageError.badValue(
                        "events", word, "", NearestName.advice(word, WORDS, "what follows is one of: "));
        };
    }

    private int save(Recordings recordings, List<String> rest) {
        expect(rest, 2, Integer.MAX_VALUE, "save NAME KIND, or save FUNCTION EVENT FILE");
        if (rest.size() == 2 && !options.all()) {
            return recordings.saveAs(rest.getFirst(), event(rest.getLast()), rest.getLast());
        }
        return recordings.save(function(rest.getFirst()), rest.subList(1, rest.size() - 1), rest.getLast());
    }

    /** The sample of a kind, an event that was saved by that name, or the one of a file, with what the flags change. */
    private EventInput event(String word) {
        Optional<SampleEvent> sample = SampleEvent.find(word);
        if (sample.isPresent()) {
            return EventInput.of(sample.get(), options, terminal);
        }
        SavedEvents saved = new SavedEvents(terminal);
        Path file = terminal.folder().resolve(word);
        boolean isFile = word.indexOf('/') >= 0 || Files.exists(file);
        return EventInput.of(
                saved.find(word)
                        .or(() -> Optional.of(file).filter(path -> isFile))
                        .orElseThrow(() -> saved.unknown(word)),
                options,
                terminal);
    }

    private void expect(List<String> words, int least, int most, String form) {
        if (words.size() < least || words.size() > most) {
            throw UsageError.badValue(
                    "events", String.join(" ", options.words()), "it is written: " + form, "nucleon help events");
        }
    }

    private FunctionEvents function(String word) {
        if (!options.journal().isEmpty()) {
            return FunctionEvents.of(word, folders, terminal.folder().resolve(options.journal()), clock);
        }
        return journals()
                .keeper(
                        word,
                        (name, isDeployed) -> "nucleon events "
                                + options.words().stream()
                                        .map(one -> one.equals(word) ? name : CurlLine.quoted(one))
                                        .collect(Collectors.joining(" "))
                                + (isDeployed ? " --platform local" : ""));
    }

    private JournalFinder journals() {
        return new JournalFinder(terminal, folders, TargetFinder.deployedFirst(options.global()), clock);
    }

    private int kinds() {
        OtherTables.events().print(terminal, options.global());
        return 0;
    }

    private int sample(String word) {
        Output output = options.global().output() == Output.YAML ? Output.YAML : Output.JSON;
        Documents.print(terminal, output, Recordings.sample(event(word)));
        return 0;
    }
}
