package io.nucleon.cli;

import io.nucleon.command.ReplayOptions;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NearestName;
import io.nucleon.host.JsonReader;
import io.nucleon.host.UserFolders;
import io.nucleon.journal.Entry;
import io.nucleon.journal.EventJson;
import io.nucleon.journal.RecordedEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The events that the words of {@code replay} mean. Confined to one command. */
final class ReplaySource {

    private final ReplayOptions options;
    private final Clock clock;
    /** Null if a journal is meant. */
    private final Path file;

    private final List<Map<String, Object>> lines;
    private final FunctionEvents function;
    private int count;

    ReplaySource(Terminal terminal, UserFolders folders, ReplayOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
        this.file = options.ofJournal()
                ? null
                : terminal.folder().resolve(options.words().getFirst());
        if (file != null && !Files.exists(file) && options.words().size() == 1) {
            throw UsageError.badValue(
                    "replay",
                    options.words().getFirst(),
                    "there is no such file, and none of --dead, --recorded and --event was given",
                    "nucleon replay NAME --dead");
        }
        this.lines = file == null ? List.of() : EventInput.read(file);
        this.function = (options.words().isEmpty() ? owner(folders) : named(terminal, folders)).at(options.to());
    }

    private FunctionEvents named(Terminal terminal, UserFolders folders) {
        if (!options.journal().isEmpty()) {
            return FunctionEvents.of(name(), folders, terminal.folder().resolve(options.journal()), clock);
        }
        boolean deadOfPlatform = options.dead() && options.to() == ReplayOptions.To.PLATFORM;
        boolean deployed = deadOfPlatform || TargetFinder.deployedFirst(options.global());
        JournalFinder journals = new JournalFinder(terminal, folders, deployed, clock);
        return file == null ? journals.keeper(name(), this::command) : journals.receiver(name());
    }

    private String command(String word, boolean isDeployed) {
        String what = options.dead()
                ? " --dead"
                : options.recorded()
                        ? " --recorded"
                        : options.events().stream().map(id -> " --event " + id).collect(Collectors.joining());
        return "nucleon replay " + word + what
                + (isDeployed ? options.dead() ? " --to platform" : " --platform local" : "");
    }

    /** The one function whose journal has what is asked for. */
    private FunctionEvents owner(UserFolders folders) {
        List<FunctionEvents> owners =
                JournalFinder.all(folders, clock).stream().filter(this::isOwner).toList();
        if (owners.size() == 1) {
            return owners.getFirst();
        }
        String wanted = options.dead() ? "dead letters" : options.recorded() ? "recorded events" : "such an event";
        if (owners.isEmpty()) {
            throw ErrorMessage.of(
                            ErrorCode.EVENT_NOT_RECORDED,
                            "no function has " + wanted,
                            "the journals of this user were looked through",
                            "see what one keeps: nucleon events list NAME")
                    .toException();
        }
        throw UsageError.error(
                "a function has to be named",
                "these have " + wanted + ": "
                        + NearestName.list(
                                owners.stream().map(FunctionEvents::word).toList()),
                "nucleon replay NAME …");
    }

    private boolean isOwner(FunctionEvents events) {
        if (options.dead()) {
            return !events.dead().isEmpty();
        }
        if (options.recorded()) {
            return RecordedRows.of(events.journal()).stream().anyMatch(RecordedRows.Row::isCaptured);
        }
        return options.events().stream().allMatch(events::has);
    }

    private String name() {
        if (file == null) {
            return options.words().getFirst();
        }
        if (options.words().size() == 2) {
            return options.words().getLast();
        }
        List<String> names = lines.stream()
                .map(line -> JsonReader.text(line, "function"))
                .distinct()
                .toList();
        if (names.size() != 1 || names.getFirst().isEmpty()) {
            throw UsageError.badValue(
                    "replay",
                    options.words().getFirst(),
                    names.size() > 1 ? "it holds events of several functions" : "it does not say whose events it holds",
                    "nucleon replay FILE NAME");
        }
        return names.getFirst();
    }

    /** The function that they go to. */
    FunctionEvents function() {
        return function;
    }

    /** Oldest first, or as in the file. */
    List<ReplayItem> items() {
        List<ReplayItem> all = file == null ? ofJournal() : ofFile();
        Instant oldest =
                options.since().map(since -> clock.instant().minus(since)).orElse(Instant.MIN);
        List<String> kinds = options.kind().isEmpty()
                ? List.of()
                : SampleEvent.named(options.kind()).kinds();
        return all.stream()
                .filter(item -> !item.time().isBefore(oldest))
                .filter(item -> kinds.isEmpty() || kinds.contains(item.kind()))
                .filter(item -> isChosen(item.number()))
                .toList();
    }

    private boolean isChosen(int number) {
        if (options.only().isEmpty()) {
            return true;
        }
        for (String part : options.only().split(",", -1)) {
            String[] ends = part.split("-", -1);
            if (number >= Integer.parseInt(ends[0]) && number <= Integer.parseInt(ends[ends.length - 1])) {
                return true;
            }
        }
        return false;
    }

    private List<ReplayItem> ofFile() {
        List<ReplayItem> items = new ArrayList<>();
        lines.forEach(line -> items.add(item(items.size() + 1, line)));
        return items;
    }

    /** An event as a line of a file has it. */
    static ReplayItem item(int number, Map<String, Object> line) {
        String kind = JsonReader.text(line, "triggerKind");
        return new ReplayItem(
                number,
                JsonReader.text(line, "id"),
                ReplayItem.Dead.NO,
                source(line),
                kind.isEmpty() ? "http" : kind,
                time(line),
                () -> line);
    }

    /** The command that sends one of them once more. */
    String again(ReplayItem item) {
        String words = options.words().stream().map(CurlLine::quoted).collect(Collectors.joining(" "));
        return "nucleon replay "
                + (file == null ? function.word() + " --event " + item.name() : words + " --only " + item.number());
    }

    /** A line that a person has written may lack it. */
    private static String source(Map<String, Object> line) {
        String source = JsonReader.text(line, "source");
        try {
            return source.isEmpty()
                    ? EventJson.event(EventInput.recorded(line).sendable()).origin()
                    : source;
        } catch (IllegalArgumentException e) {
            return ""; // what is wrong with it is said when it is sent
        }
    }

    private static Instant time(Map<String, Object> line) {
        try {
            return Instant.parse(JsonReader.text(line, "time"));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private List<ReplayItem> ofJournal() {
        List<Entry> dead = function.dead();
        if (options.dead()) {
            return dead.stream().map(entry -> item(entry, true)).toList();
        }
        if (!options.recorded()) {
            return options.events().stream().map(id -> named(id, dead)).toList();
        }
        return RecordedRows.of(function.journal()).stream()
                .filter(RecordedRows.Row::isCaptured)
                .map(row -> new ReplayItem(
                        ++count,
                        row.id,
                        ReplayItem.Dead.NO,
                        row.source,
                        row.kind,
                        Instant.EPOCH.plusNanos(row.timeNanos),
                        () -> line(function.recorded(row.id))))
                .toList();
    }

    /** A dead letter if it still is one: it must not stay one when it is done. */
    private ReplayItem named(String id, List<Entry> dead) {
        Entry entry = function.recorded(id);
        return item(entry, dead.stream().anyMatch(one -> one.id().equals(entry.id())));
    }

    private ReplayItem item(Entry entry, boolean isDead) {
        RecordedEvent event = entry.event().orElseThrow();
        Instant time = Instant.EPOCH.plusNanos(event.timeNanos());
        ReplayItem.Dead dead = isDead ? ReplayItem.Dead.AS_IT_IS : ReplayItem.Dead.NO;
        return new ReplayItem(++count, entry.id(), dead, event.origin(), event.kind(), time, () -> line(entry));
    }

    private static Map<String, Object> line(Entry entry) {
        return JsonReader.object(EventJson.line(entry)).orElseThrow();
    }
}
