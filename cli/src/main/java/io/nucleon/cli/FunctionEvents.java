package io.nucleon.cli;

import io.nucleon.command.ReplayOptions;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.JournalFolder;
import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.host.UserFolders;
import io.nucleon.journal.Entry;
import io.nucleon.journal.EntryKind;
import io.nucleon.journal.InvocationId;
import io.nucleon.journal.Journal;
import io.nucleon.journal.JournalReader;
import io.nucleon.journal.JournalSetting;
import io.nucleon.journal.Secrets;
import io.nucleon.journal.Stored;
import io.nucleon.spec.platform.JournalConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The journal of one function and the process that runs it, as a command of the same user sees them. Confined to one command. */
final class FunctionEvents {

    private static final String CONTROL = "control";

    private final String function;
    /** What names it in a command. */
    private final String word;

    private final Path folder;
    /** Where what is meant runs from; null for whatever has the name. */
    private final Path source;

    private final RunStates states;
    private final Clock clock;
    /** Null for wherever it runs. */
    private final ReplayOptions.To place;
    /** Which of two processes is asked first where either may be. */
    private final boolean deployedFirst;

    private FunctionEvents(
            JournalFolder journal,
            Path source,
            String word,
            RunStates states,
            Clock clock,
            ReplayOptions.To place,
            boolean deployedFirst) {
        this.deployedFirst = deployedFirst;
        this.function = journal.function();
        this.word = word;
        this.folder = journal.path();
        this.source = source;
        this.states = states;
        this.clock = clock;
        this.place = place;
    }

    /**
     * That of a journal which was found.
     *
     * @param source the folder that its function runs from; null for one that is known by its name
     * @param word what names it in a command
     */
    static FunctionEvents of(JournalFolder journal, Path source, String word, UserFolders folders, Clock clock) {
        return new FunctionEvents(journal, source, word, new RunStates(folders), clock, null, false);
    }

    /** @param journal folder of the journal; empty for where the function had it when it last ran */
    static FunctionEvents of(String function, UserFolders folders, Path journal, Clock clock) {
        if (!RunState.isName(function)) {
            throw ErrorMessage.of(
                            ErrorCode.USAGE,
                            "'" + function + "' can't be the name of a function",
                            "names have letters, digits and - _ . only",
                            "nucleon events list NAME")
                    .toException();
        }
        Path folder = journal == null ? folders.lastJournal(function) : journal;
        return of(new JournalFolder(function, folder, false), null, function, folders, clock);
    }

    /** That of a function whose calls go somewhere already. */
    static FunctionEvents of(Target target, UserFolders folders, Clock clock) {
        return of(target.name(), folders, null, clock).preferring(target.deployed());
    }

    /** The same, but its process is asked only if it is there. */
    FunctionEvents at(ReplayOptions.To only) {
        return asked(only, only == ReplayOptions.To.PLATFORM);
    }

    /** The same, where of two processes of that name one is asked first. */
    FunctionEvents preferring(boolean deployed) {
        return asked(place, deployed);
    }

    private FunctionEvents asked(ReplayOptions.To only, boolean deployed) {
        JournalFolder journal = new JournalFolder(function, folder, source != null);
        return new FunctionEvents(journal, source, word, states, clock, only, deployed);
    }

    String function() {
        return function;
    }

    /** What names it in a command, quoted. */
    String word() {
        return CurlLine.quoted(word);
    }

    /** Everything that is kept. */
    JournalReader journal() {
        return JournalReader.of(folder);
    }

    /** Oldest first. */
    List<Entry> dead() {
        return journal().living().stream()
                .map(Stored::entry)
                .filter(entry -> entry.kind() == EntryKind.DEAD_LETTER)
                .toList();
    }

    /** The dead letter of that id, which may be shortened. */
    Entry dead(String id) {
        List<Entry> found =
                dead().stream().filter(entry -> entry.id().startsWith(id)).toList();
        return found.size() == 1 && InvocationId.isBeginning(id) ? found.getFirst() : only(id, found.size());
    }

    /** What is kept of an event, secrets masked: the last entry with the event itself, with its answer if that is kept. */
    Entry recorded(String id) {
        return whole(id).shown(Secrets.of(folder));
    }

    /** Whether anything is kept of an event. */
    boolean has(String id) {
        return !journal().find(id).isEmpty();
    }

    private Entry whole(String id) {
        List<Entry> all = journal().find(id).stream().map(Stored::entry).toList();
        List<Entry> found =
                all.stream().filter(entry -> entry.event().isPresent()).toList();
        long events = found.stream().map(Entry::id).distinct().count();
        if (events != 1) {
            return only(id, (int) events);
        }
        Entry last = found.getLast();
        return all.stream()
                .filter(entry -> entry.answer().isPresent())
                .reduce((first, second) -> second)
                .map(answered -> new Entry(
                        last.kind(),
                        last.id(),
                        last.timeNanos(),
                        last.function(),
                        last.event(),
                        answered.answer(),
                        last.tries()))
                .orElse(last);
    }

    private Entry only(String id, int found) {
        if (found > 1) {
            throw ErrorMessage.of(
                            ErrorCode.USAGE,
                            "'" + id + "' is the beginning of " + found + " events",
                            "an event is named by all that tells it from others",
                            "give more of its id: nucleon events list " + word() + " --output wide")
                    .toException();
        }
        throw ErrorMessage.of(
                        ErrorCode.EVENT_NOT_RECORDED,
                        "no recorded event " + id,
                        "function '" + function + "' keeps its journal in " + folder,
                        "nucleon events list " + word())
                .toException();
    }

    /** Whether the process that runs the function can be asked. */
    boolean isRunning() {
        List<Path> sockets = sockets();
        if (sockets.isEmpty()) {
            return false;
        }
        try (SocketChannel channel = connect(sockets.getFirst())) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Those of the processes that run the function, the one that is meant first, else that in its journal; none if it runs where it is not
     * meant to be asked.
     */
    private List<Path> sockets() {
        List<RunState> all = states.named(function, deployedFirst).stream()
                .filter(this::isMeant)
                .toList();
        List<RunState> there = place == null
                ? all
                : all.stream()
                        .filter(state -> state.deployed() == (place == ReplayOptions.To.PLATFORM))
                        .toList();
        List<Path> sockets = there.stream()
                .map(RunState::control)
                .filter(control -> !control.isEmpty())
                .map(Path::of)
                .toList();
        boolean isElsewhere = there.isEmpty() && (!all.isEmpty() || place == ReplayOptions.To.PLATFORM);
        return sockets.isEmpty() && !isElsewhere ? List.of(folder.resolve(CONTROL)) : sockets;
    }

    /** A platform has one of a name, wherever its events were kept. */
    private boolean isMeant(RunState state) {
        return source == null
                || place == ReplayOptions.To.PLATFORM
                || (!state.deployed() && RunStates.folder(state.source()).equals(source));
    }

    private static SocketChannel connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Asks the process that writes the journal; its one line, empty if there is none that could be asked. Of two that run the function only
     * one writes it: the other knows no such event.
     */
    Optional<String> ask(String what, String id) {
        Optional<String> told = Optional.empty();
        for (Path socket : sockets()) {
            try (SocketChannel channel = connect(socket)) {
                String line = asked(channel, what + " " + id).readLine();
                told = Optional.of(line == null ? "error its process has ended" : line);
            } catch (IOException e) {
                continue; // nobody listens there
            }
            if (!told.get().startsWith("error ")) {
                return told;
            }
        }
        return told;
    }

    private static BufferedReader asked(SocketChannel channel, String line) throws IOException {
        Channels.newOutputStream(channel).write((line + "\n").getBytes(StandardCharsets.UTF_8));
        return new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
    }

    /** Asks the process to {@code send} or to {@code check} events, and gives what it tells line by line; returns when it has told all. */
    void send(String word, String request, Consumer<String> lines) {
        Path socket = sockets().stream().findFirst().orElseThrow(() -> notRunning("", null));
        try (SocketChannel channel = connect(socket)) {
            BufferedReader answer = asked(channel, word + " " + request);
            for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                lines.accept(line);
            }
        } catch (IOException e) {
            throw notRunning("an event needs its process", e);
        }
    }

    RuntimeException notRunning(String why, Exception cause) {
        List<RunState> named = states.named(function, false);
        if (place == ReplayOptions.To.LOCAL && named.stream().anyMatch(RunState::deployed)) {
            return ErrorMessage.of(
                            ErrorCode.FUNCTION_NOT_RUNNING,
                            "function '" + function + "' does not run here but as a deployed one",
                            "nothing is sent there again unless that is asked for",
                            "start it: nucleon run PATH    or send to the deployed one: --to platform")
                    .toException(cause);
        }
        if (place == ReplayOptions.To.PLATFORM) {
            return ErrorMessage.of(
                            ErrorCode.FUNCTION_NOT_RUNNING,
                            "no deployed function '" + function + "' runs here",
                            named.isEmpty() ? why : "what runs here under that name is what nucleon run serves",
                            "deploy it: nucleon deploy PATH")
                    .toException(cause);
        }
        return ErrorMessage.of(
                        ErrorCode.FUNCTION_NOT_RUNNING,
                        "function '" + function + "' does not run here",
                        why,
                        "start it: nucleon run " + (source == null ? "PATH" : word()))
                .toException(cause);
    }

    /** Discards a dead letter, by the process that writes the journal or, if none does, here. */
    void discard(String id) {
        Optional<String> told = ask("discard", id);
        if (told.isPresent()) {
            if (!told.get().equals("discarded")) {
                throw refused(id, told.get());
            }
            return;
        }
        JournalSetting setting = JournalSetting.of(JournalConfig.DEFAULT, folder);
        try (Journal journal = Journal.open(setting, this::nanos)) {
            CompletableFuture<RuntimeException> kept = new CompletableFuture<>();
            journal.append(Entry.resolved(id, nanos(), function, "discarded"), kept::complete);
            RuntimeException failure = kept.join();
            if (failure != null) {
                throw failure;
            }
        }
    }

    static RuntimeException refused(String id, String line) {
        return ErrorMessage.of(
                        ErrorCode.JOURNAL_UNUSABLE,
                        "event " + id + " stays a dead letter",
                        line.startsWith("error ") ? line.substring("error ".length()) : line,
                        "")
                .toException();
    }

    private long nanos() {
        return clock.millis() * 1_000_000L;
    }
}
