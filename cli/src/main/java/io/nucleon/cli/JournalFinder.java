package io.nucleon.cli;

import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NearestName;
import io.nucleon.host.JournalFolder;
import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.host.UserFolders;
import io.nucleon.journal.JournalReader;
import io.nucleon.journal.JournalSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the journal that a name or a path means. A function that somebody runs has the one of its folder, another function of that name the
 * one of the name. Confined to one command.
 */
final class JournalFinder {

    private final Path here;
    private final UserFolders folders;
    private final boolean deployed;
    private final Clock clock;

    /** @param deployed whether a name means a deployed function alone */
    JournalFinder(Terminal terminal, UserFolders folders, boolean deployed, Clock clock) {
        this.here = terminal.folder();
        this.folders = folders;
        this.deployed = deployed;
        this.clock = clock;
    }

    /** All journals that keep something, or did; two of one name are told apart by a path. */
    static List<FunctionEvents> all(UserFolders folders, Clock clock) {
        List<JournalFolder> all = kept(folders, one -> true);
        return all.stream()
                .map(one -> {
                    boolean alone = all.stream()
                                    .filter(other -> other.function().equals(one.function()))
                                    .count()
                            == 1;
                    return events(one, alone ? one.function() : word(one), folders, clock);
                })
                .toList();
    }

    /** By name, and of one name that of a folder last. */
    private static List<JournalFolder> kept(UserFolders folders, Predicate<JournalFolder> chosen) {
        return folders.journals().stream()
                .filter(chosen)
                .filter(one -> JournalReader.isIn(one.path()))
                .sorted(Comparator.comparing(JournalFolder::function)
                        .thenComparing(JournalFolder::isRun)
                        .thenComparing(JournalFinder::word))
                .toList();
    }

    private static FunctionEvents events(JournalFolder one, String word, UserFolders folders, Clock clock) {
        return FunctionEvents.of(one, source(one).orElse(null), word, folders, clock);
    }

    private static Optional<Path> source(JournalFolder one) {
        return one.isRun() ? JournalSource.of(one.path()) : Optional.empty();
    }

    /** What names it in a command. */
    private static String word(JournalFolder one) {
        return source(one).map(Path::toString).orElse(one.function());
    }

    /** The function that events are sent to: of a name whichever runs, whatever any of them keeps. */
    FunctionEvents receiver(String word) {
        boolean isHere =
                !deployed && new RunStates(folders).bySource(here.resolve(word)).isPresent();
        return isPath(word) || isHere
                ? inFolder(word, SameName.Command.of("events send KIND"))
                : FunctionEvents.of(word, folders, null, clock);
    }

    /**
     * The function whose journal is meant.
     *
     * @param command how the command is written with a word that names it
     * @throws io.nucleon.error.NucleonException NUC-8001 if several are
     */
    FunctionEvents keeper(String word, SameName.Command command) {
        if (isPath(word)) {
            return inFolder(word, command);
        }
        if (!deployed
                && Files.isDirectory(here.resolve(word))
                && !keptIn(here.resolve(word)).isEmpty()) {
            return inFolder(word, command);
        }
        List<JournalFolder> found = kept(folders, one -> one.function().equals(word) && !(deployed && one.isRun()));
        if (found.size() > 1) {
            throw SameName.refused(
                    word,
                    "have a journal",
                    found.stream().map(JournalFinder::told).toList(),
                    command);
        }
        return found.isEmpty()
                ? FunctionEvents.of(word, folders, null, clock)
                : events(found.getFirst(), word, folders, clock);
    }

    private static boolean isPath(String word) {
        return word.indexOf('/') >= 0 || word.equals(".") || word.equals("..");
    }

    private List<JournalFolder> keptIn(Path source) {
        return kept(folders, one -> one.isRun() && one.path().equals(folders.journal(one.function(), source)));
    }

    /** What is run from a path, or was; NUC-8002 if nothing is there. */
    private FunctionEvents inFolder(String word, SameName.Command command) {
        Path source = here.resolve(word);
        List<JournalFolder> found = keptIn(source);
        Optional<String> running = new RunStates(folders).bySource(source).map(RunState::name);
        if (running.isEmpty() && found.size() > 1) {
            throw severalIn(word, found, command);
        }
        if (running.isEmpty() && found.isEmpty() && !Files.exists(source)) {
            throw TargetFinder.notRunning(word, List.of(), TargetFinder.noPath(here));
        }
        String name = running.orElseGet(() -> found.isEmpty()
                ? String.valueOf(RunStates.real(source).getFileName())
                : found.getFirst().function());
        return FunctionEvents.of(
                new JournalFolder(name, folders.journal(name, source), true),
                RunStates.folder(source),
                word,
                folders,
                clock);
    }

    private static SameName.One told(JournalFolder one) {
        return one.isRun()
                ? new SameName.One("run from " + source(one).orElse(one.path()), word(one), false)
                : new SameName.One("deployed, or of nucleon processor", one.function(), true);
    }

    private static RuntimeException severalIn(String path, List<JournalFolder> found, SameName.Command command) {
        List<String> names = found.stream().map(JournalFolder::function).toList();
        return ErrorMessage.of(
                        ErrorCode.USAGE,
                        found.size() + " functions run from " + path + " have a journal",
                        NearestName.list(names),
                        command.with(CurlLine.quoted(names.getFirst()), false))
                .toException();
    }
}
